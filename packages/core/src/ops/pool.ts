/** Pooling: one number for each window of an image. */
export { averagePool2d } from "./pool/average-pool.ts";
export type { Pool2dOptions } from "./pool/geometry.ts";
export { maxPool2d } from "./pool/max-pool.ts";
