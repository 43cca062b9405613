/** Element-wise operators that are activations of Keras. */
import { activation, elu, leakyReLU, prelu, relu, softmax } from "../../../../nn/layers/index.ts";
import type { Layer } from "../../../../nn/layers/layer.ts";
import type { OperatorContext, OperatorImport } from "../operator-context.ts";
import { onnxShape } from "../values.ts";
import type { FlowValue, Value } from "../values.ts";
import { transposed } from "../weights.ts";

/** An operator that is an activation by name. */
export function importActivation(name: string): OperatorImport {
  return (context) => elementwise(context, activation(name, context.options()));
}

/** A layer that computes every number by itself leaves the order of axes as it is. */
function elementwise(context: OperatorContext, layer: Layer, weights?: readonly Float32Array[]): FlowValue {
  const value = context.flow(0);
  return { ...value, tensor: context.call(layer, value.tensor, weights) };
}

export function importLeakyRelu(context: OperatorContext): Value {
  return elementwise(context, leakyReLU({ ...context.options(), negativeSlope: context.float("alpha", 0.01) }));
}

export function importElu(context: OperatorContext): Value {
  return elementwise(context, elu({ ...context.options(), alpha: context.float("alpha", 1) }));
}

/** Slopes that are the same along the axes in which they have the size 1: for each channel, for each number, for all. */
export function importPRelu(context: OperatorContext): Value {
  const { dims, data } = context.floats(1);
  const value = context.flow(0);
  const shape = onnxShape(value);
  // Aligned at the end; the first one is the batch.
  const missing = shape.length + 1 - dims.length;
  const aligned = missing < 0 ? dims : [...Array.from({ length: missing }, () => 1), ...dims];
  const fits = aligned.every((size, axis) => size === 1 || (axis > 0 && size === shape[axis - 1]));
  if (missing < 0 || !fits) {
    return context.refuse(
      `has slopes [${dims.join(", ")}] for [${["batch", ...shape].join(", ")}]; each size must be the same, or 1`,
    );
  }
  const sharedAxes = value.axes.flatMap((axis, index) => (aligned[axis] === 1 ? [index + 1] : []));
  const slopes = transposed(
    { dims: aligned.slice(1), data },
    value.axes.map((axis) => axis - 1),
  );
  return elementwise(context, prelu({ ...context.weightedOptions(), sharedAxes }), [slopes]);
}

const SELU_ALPHA = 1.6732632423543772;
const SELU_SCALE = 1.0507009873554805;

export function importSelu(context: OperatorContext): Value {
  checkNumbers(context, { alpha: [SELU_ALPHA, SELU_ALPHA], gamma: [SELU_SCALE, SELU_SCALE] });
  return elementwise(context, activation("selu", context.options()));
}

export function importHardSigmoid(context: OperatorContext): Value {
  checkNumbers(context, { alpha: [1 / 6, 0.2], beta: [0.5, 0.5] });
  return elementwise(context, activation("hard_sigmoid", context.options()));
}

export function importCelu(context: OperatorContext): Value {
  checkNumbers(context, { alpha: [1, 1] });
  return elementwise(context, activation("celu", context.options()));
}

/** @param numbers of each attribute, the only value that Keras has and the one that ONNX takes where none is given. */
function checkNumbers(context: OperatorContext, numbers: Readonly<Record<string, readonly [number, number]>>): void {
  for (const [name, [only, absent]] of Object.entries(numbers)) {
    const came = context.float(name, absent);
    if (Math.abs(came - only) > 1e-5) context.refuse(`has the ${name} ${came}; Keras's activation has ${only}`);
  }
}

export function importGelu(context: OperatorContext): Value {
  const approximate = context.text("approximate", "none");
  if (approximate === "none") return elementwise(context, activation("gelu", context.options()));
  return context.refuse(
    `approximates ("${approximate}"), which Keras's activation by name does not; export without it`,
  );
}

/** min(max(x, low), high): Keras has those from 0 on, and the one from −1 to 1. */
export function importClip(context: OperatorContext): Value {
  const low = context.optionalNumber(1) ?? context.float("min", -Infinity);
  const high = context.optionalNumber(2) ?? context.float("max", Infinity);
  // The largest floats stand for no limit.
  const isOpen = high > 3e38;
  if (low === 0) return elementwise(context, relu({ ...context.options(), ...(isOpen ? {} : { maxValue: high }) }));
  if (low === -1 && high === 1) return elementwise(context, activation("hard_tanh", context.options()));
  return context.refuse(`keeps numbers between ${low} and ${high}; from 0 to any number, and from -1 to 1 can be read`);
}

/** Along one axis; before version 13 along that and all behind it. */
export function importSoftmax(context: OperatorContext): Value {
  return alongAxis(context, (axis) => softmax({ ...context.options(), axis }));
}

export function importLogSoftmax(context: OperatorContext): Value {
  return alongAxis(context, (axis, rank) =>
    axis === rank ? activation("log_softmax", context.options()) : context.refuse("does not work along the last axis"),
  );
}

function alongAxis(context: OperatorContext, make: (axis: number, rank: number) => Layer): Value {
  const value = context.flow(0);
  const rank = value.axes.length;
  const given = context.int("axis", context.opset < 13 ? 1 : -1);
  const axis = given < 0 ? given + rank + 1 : given;
  if (context.opset < 13 && axis !== rank) {
    return context.refuse(
      `works along axis ${given} and all behind it; convert the model to version 13 of the operators`,
    );
  }
  const own = value.axes.indexOf(axis) + 1;
  if (own === 0) return context.refuse(`works along axis ${given}, the batch or none of its operand's`);
  return { ...value, tensor: context.call(make(own, rank), value.tensor) };
}
