/** What becomes of each operator. To read another one, write its function and put it into this list. */
import { describeUnknown } from "../../../nn/nearest-name.ts";
import type { OperatorContext, OperatorImport } from "./operator-context.ts";
import {
  importActivation,
  importCelu,
  importClip,
  importElu,
  importGelu,
  importHardSigmoid,
  importLeakyRelu,
  importLogSoftmax,
  importPRelu,
  importSelu,
  importSoftmax,
} from "./operators/activation.ts";
import { importArithmetic, importConcat } from "./operators/arithmetic.ts";
import { CONSTANT_OPERATORS, importConstant, importShape } from "./operators/constants.ts";
import { importConv, importConvTranspose } from "./operators/convolution.ts";
import { importGemm, importMatMul } from "./operators/dense.ts";
import { orGelu } from "./operators/gelu.ts";
import {
  importBatchNormalization,
  importInstanceNormalization,
  importLayerNormalization,
} from "./operators/normalization.ts";
import { importAveragePool, importGlobalAveragePool, importGlobalMaxPool, importMaxPool } from "./operators/pooling.ts";
import { importReduction } from "./operators/reduction.ts";
import { importPad, importResize, importSlice } from "./operators/resampling.ts";
import {
  importFlatten,
  importIdentity,
  importReshape,
  importSqueeze,
  importTranspose,
  importUnsqueeze,
} from "./operators/shape.ts";
import type { Value } from "./values.ts";

const OPERATORS: ReadonlyMap<string, OperatorImport> = new Map<string, OperatorImport>([
  ["Add", importArithmetic("Add")],
  ["AveragePool", importAveragePool],
  ["BatchNormalization", importBatchNormalization],
  ["Celu", importCelu],
  ["Clip", importClip],
  ["Concat", importConcat],
  ["Constant", importConstant],
  ["Conv", importConv],
  ["ConvTranspose", importConvTranspose],
  ["Div", orGelu(importArithmetic("Div"))],
  ["Dropout", importIdentity],
  ["Elu", importElu],
  ["Exp", importActivation("exponential")],
  ["Flatten", importFlatten],
  ["Gelu", importGelu],
  ["Gemm", importGemm],
  ["GlobalAveragePool", importGlobalAveragePool],
  ["GlobalMaxPool", importGlobalMaxPool],
  ["HardSigmoid", importHardSigmoid],
  ["HardSwish", importActivation("hard_silu")],
  ["Identity", importIdentity],
  ["InstanceNormalization", importInstanceNormalization],
  ["LayerNormalization", importLayerNormalization],
  ["LeakyRelu", importLeakyRelu],
  ["LogSoftmax", importLogSoftmax],
  ["MatMul", importMatMul],
  ["Max", importArithmetic("Max")],
  ["MaxPool", importMaxPool],
  ["Min", importArithmetic("Min")],
  ["Mish", importActivation("mish")],
  ["Mul", orGelu(importArithmetic("Mul"))],
  ["PRelu", importPRelu],
  ["Pad", importPad],
  ["ReduceMax", importReduction("ReduceMax")],
  ["ReduceMean", importReduction("ReduceMean")],
  ["Relu", importActivation("relu")],
  ["Reshape", importReshape],
  ["Resize", importResize],
  ["Selu", importSelu],
  ["Shape", importShape],
  ["Sigmoid", importActivation("sigmoid")],
  ["Slice", importSlice],
  ["Softmax", importSoftmax],
  ["Softplus", importActivation("softplus")],
  ["Softsign", importActivation("softsign")],
  ["Squeeze", importSqueeze],
  ["Sub", importArithmetic("Sub")],
  ["Tanh", importActivation("tanh")],
  ["Transpose", importTranspose],
  ["Unsqueeze", importUnsqueeze],
  ["Upsample", importResize],
]);

/**
 * The value of a node's output.
 *
 * @throws OnnxFileError when the operator is not known, or has a form that no layer has.
 */
export function importNode(context: OperatorContext): Value {
  const { opType, inputs } = context.node;
  const isConstant =
    inputs.length > 0 && inputs.every((name) => name === "" || context.state.value(name)?.kind === "fixed");
  const operator = (isConstant ? CONSTANT_OPERATORS.get(opType) : undefined) ?? OPERATORS.get(opType);
  if (operator !== undefined) return operator(context);
  return context.refuse(`is an operator that cannot be read: ${describeUnknown(opType, [...OPERATORS.keys()])}`);
}
