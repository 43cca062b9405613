export { balancedBatches, type BalancedBatchesOptions } from "./balanced-batches.ts";
export { balancedOrder, type BalancedOrderOptions } from "./balanced-order.ts";
export { balancedClassWeights } from "./class-weights.ts";
