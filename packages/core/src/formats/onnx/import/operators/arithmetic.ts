/** Sums, products and the like: of two values that depend on the input, or of one and constants. */
import { add, concatenate, maximum, minimum, multiply, rescaling, subtract } from "../../../../nn/layers/index.ts";
import type { Layer, LayerOptions } from "../../../../nn/layers/layer.ts";
import type { OnnxTensor } from "../../onnx-graph.ts";
import type { OperatorContext, OperatorImport } from "../operator-context.ts";
import { onnxShape } from "../values.ts";
import type { FlowValue, Value } from "../values.ts";

/** x · scale + offset for each number of a constant, which is the first operand or the second. */
type Affine = (number: number, isFirst: boolean) => { readonly scale: number; readonly offset: number } | undefined;

interface Arithmetic {
  /** The layer for two values that depend on the input. */
  readonly layer?: (options: LayerOptions) => Layer;
  readonly affine?: Affine;
}

const ARITHMETIC = {
  Add: { layer: add, affine: (number) => ({ scale: 1, offset: number }) },
  Sub: {
    layer: subtract,
    affine: (number, isFirst) => (isFirst ? { scale: -1, offset: number } : { scale: 1, offset: -number }),
  },
  Mul: { layer: multiply, affine: (number) => ({ scale: number, offset: 0 }) },
  Div: { affine: (number, isFirst) => (isFirst ? undefined : { scale: 1 / number, offset: 0 }) },
  Max: { layer: maximum },
  Min: { layer: minimum },
} satisfies Readonly<Record<string, Arithmetic>>;

export function importArithmetic(opType: keyof typeof ARITHMETIC): OperatorImport {
  const arithmetic: Arithmetic = ARITHMETIC[opType];
  return (context) => {
    const values = context.node.inputs.map((_, position) => context.value(position));
    const fixed = values.findIndex(({ kind }) => kind === "fixed");
    if (fixed === -1) return merged(context, arithmetic);
    if (values.length !== 2) return context.refuse("joins constants and other values; two operands can be read");
    return rescaled(context, arithmetic, fixed);
  };
}

function merged(context: OperatorContext, { layer }: Arithmetic): Value {
  if (layer === undefined) return context.refuse("divides by what depends on the input, which no layer does");
  if (context.numInputs === 1) return context.flow(0);
  const [first, tensors] = aligned(context);
  return { ...first, tensor: context.call(layer(context.options()), tensors) };
}

/** All operands with their axes in the first one's order. */
function aligned(context: OperatorContext): [first: FlowValue, tensors: FlowValue["tensor"][]] {
  const values = context.node.inputs.map((_, position) => context.flow(position));
  const first = values[0] as FlowValue;
  const other = values.find(({ axes }) => axes.length !== first.axes.length);
  if (other !== undefined) {
    return context.refuse(
      `joins [${onnxShape(first).join(", ")}] and [${onnxShape(other).join(", ")}], of other numbers of axes`,
    );
  }
  return [first, values.map((value) => context.state.arranged(value, first.axes))];
}

function rescaled(context: OperatorContext, { affine }: Arithmetic, fixed: number): Value {
  const value = context.flow(1 - fixed);
  const numbers = numbersPerFeature(context, value, context.fixed(fixed));
  const pairs = numbers.map((number) => affine?.(number, fixed === 0));
  const scales = pairs.map((pair) => pair?.scale ?? Number.NaN);
  const offsets = pairs.map((pair) => pair?.offset ?? Number.NaN);
  if (scales.some(Number.isNaN)) return context.refuse("joins a constant in a way that no layer does");
  const layer = rescaling(single(scales), { ...context.options(), offset: single(offsets) });
  return { ...value, tensor: context.call(layer, value.tensor) };
}

/** The constant's one number, or one for each element of the tensor's last axis. */
function numbersPerFeature(context: OperatorContext, value: FlowValue, { dims, data }: OnnxTensor): number[] {
  if (data.length === 1) return [Number(data[0])];
  const rank = value.axes.length;
  // Constants are aligned at the end; position 0 is the batch.
  const onnxAxis = dims.findIndex((size) => size !== 1) + rank + 1 - dims.length;
  const features = value.tensor.shape.at(-1);
  if (data.length === features && value.axes.at(-1) === onnxAxis && dims.filter((size) => size !== 1).length === 1) {
    return Array.from(data, Number);
  }
  return context.refuse(
    `has a constant [${dims.join(", ")}] for [${["batch", ...onnxShape(value)].join(", ")}]; ` +
      "one number, or one for each channel can be read",
  );
}

function single(numbers: readonly number[]): number | readonly number[] {
  return numbers.length === 1 ? (numbers[0] as number) : numbers;
}

export function importConcat(context: OperatorContext): Value {
  const [first, tensors] = aligned(context);
  const given = context.int("axis", 1);
  const axis = first.axes.indexOf(given < 0 ? given + first.axes.length + 1 : given);
  if (axis === -1) return context.refuse(`joins along axis ${given}, the batch or none of its operand's`);
  if (tensors.length === 1) return first;
  return { ...first, tensor: context.call(concatenate({ ...context.options(), axis: axis + 1 }), tensors) };
}
