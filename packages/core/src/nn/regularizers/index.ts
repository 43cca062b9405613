export { l1, l1l2, l2 } from "./l1-l2.ts";
export { orthogonalRegularizer } from "./orthogonal.ts";
export type { Regularizer } from "./regularizer.ts";
