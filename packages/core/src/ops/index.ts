// What losses, metrics and regularizers of one's own are written with: Keras's `ops` in camelCase. Tensors have no batch axis.
export { add, clip, div as divide, maximum, minimum, mul as multiply, sub as subtract } from "./binary.ts";
export { equal, greater, greaterEqual, where } from "./compare.ts";
export { concatenate } from "./concatenate.ts";
export { matmul } from "./matmul.ts";
export { max, mean, sum } from "./reduce.ts";
export { reshape, reverse, transpose } from "./shape.ts";
export { pad, slice } from "./slice.ts";
export { stopGradient } from "./stop-gradient.ts";
export {
  abs,
  erf,
  exp,
  floor,
  log,
  neg as negative,
  pow as power,
  reciprocal,
  relu,
  sigmoid,
  sign,
  softplus,
  sqrt,
  square,
  tanh,
} from "./unary.ts";
