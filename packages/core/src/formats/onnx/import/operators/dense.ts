/** Gemm and MatMul with a constant matrix as dense. */
import { dense } from "../../../../nn/layers/index.ts";
import type { SymbolicTensor } from "../../../../nn/layers/layer.ts";
import type { OperatorContext } from "../operator-context.ts";
import { inOrder, onnxShape } from "../values.ts";
import type { FlowValue, Value } from "../values.ts";
import { rowsReordered, transposed } from "../weights.ts";

interface Matrix {
  readonly dims: readonly number[];
  readonly data: Float32Array;
}

/** alpha · x · B + beta · C */
export function importGemm(context: OperatorContext): Value {
  if (context.int("transA", 0) !== 0)
    return context.refuse("transposes its operand A, the batch; only B can be transposed");
  const given = matrixOf(context);
  const [rows, columns] = given.dims as [number, number];
  const kernel = context.int("transB", 0) === 0 ? given : { dims: [columns, rows], data: transposed(given, [1, 0]) };
  const alpha = context.float("alpha", 1);
  const beta = context.float("beta", 1);
  const bias =
    context.optionalFixed(2) === undefined ? undefined : biasOf(context, context.floats(2), kernel.dims[1] as number);
  return denseOf(
    context,
    { dims: kernel.dims, data: alpha === 1 ? kernel.data : kernel.data.map((weight) => weight * alpha) },
    beta === 1 ? bias : bias?.map((number) => number * beta),
  );
}

/** x · kernel, and what is added to that alone becomes the bias. */
export function importMatMul(context: OperatorContext): Value {
  const kernel = matrixOf(context);
  const product = context.node.outputs[0] ?? "";
  const next = context.state.onlyUser(product);
  const biasName = next?.opType === "Add" ? next.inputs.find((name) => name !== product) : undefined;
  const bias = context.state.value(biasName ?? "");
  const units = kernel.dims[1] as number;
  const isBias =
    bias?.kind === "fixed" && bias.tensor.data instanceof Float32Array && bias.tensor.data.length === units;
  if (next === undefined || !isBias || bias.tensor.dims.at(-1) !== units) return denseOf(context, kernel, undefined);
  const value = denseOf(context, kernel, bias.tensor.data);
  // The sum is made already, and no layer is made of it.
  context.state.define(next.outputs[0] as string, value);
  return value;
}

function denseOf(context: OperatorContext, kernel: Matrix, bias: Float32Array | undefined): Value {
  const [rows, units] = kernel.dims as [number, number];
  const { tensor, data } = operandOf(context, kernel);
  if (tensor.shape.at(-1) !== rows) {
    return context.refuse(
      `has a matrix [${kernel.dims.join(", ")}] for ${tensor.shape.at(-1) ?? 0} numbers; they do not fit`,
    );
  }
  const layer = dense(units, { ...context.weightedOptions(), useBias: bias !== undefined });
  return inOrder(context.call(layer, tensor, bias === undefined ? [data] : [data, bias]));
}

/** The operand as it lies, and the rows of the matrix in the same order: an image need not be turned round before it. */
function operandOf(context: OperatorContext, kernel: Matrix): { tensor: SymbolicTensor; data: Float32Array } {
  const value = context.value(0);
  if (value.kind === "flattened") {
    const shape = onnxShape(value.of);
    const fits = shape.reduce((product, size) => product * size, 1) === kernel.dims[0];
    const data = fits ? rowsReordered(kernel, shape, value.of.axes) : kernel.data;
    return { tensor: context.state.flatten(value.of.tensor), data };
  }
  const flow: FlowValue = context.flow(0);
  const ordered = flow.axes.map((_, axis) => axis + 1);
  return { tensor: context.state.arranged(flow, ordered), data: kernel.data };
}

function matrixOf(context: OperatorContext): Matrix {
  const matrix = context.floats(1);
  return matrix.dims.length === 2
    ? matrix
    : context.refuse(`has [${matrix.dims.join(", ")}] as operand B; a matrix can be read`);
}

/** A bias may be one number for all. */
function biasOf(context: OperatorContext, { data }: Matrix, units: number): Float32Array {
  if (data.length === 1) return new Float32Array(units).fill(data[0] as number);
  return data.length === units ? data : context.refuse(`has ${data.length} numbers as operand C for ${units} columns`);
}
