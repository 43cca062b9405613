export { glu } from "./glu.ts";
export {
  celu,
  elu,
  hardShrink,
  leakyRelu,
  mish,
  relu,
  relu6,
  selu,
  softShrink,
  sparsePlus,
  squareplus,
} from "./rectifiers.ts";
export { tanhShrink, threshold } from "./rectifiers.ts";
export {
  gelu,
  hardSigmoid,
  hardSilu,
  hardTanh,
  logSigmoid,
  sigmoid,
  silu,
  softsign,
  sparseSigmoid,
} from "./sigmoids.ts";
export { logSoftmax, softmax } from "./softmax.ts";
export { sparsemax } from "./sparsemax.ts";
