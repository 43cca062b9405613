export { adam } from "./adam.ts";
export { nadam } from "./nadam.ts";
export type { Optimizer } from "./optimizer.ts";
export { rmsprop } from "./rmsprop.ts";
export { sgd } from "./sgd.ts";
