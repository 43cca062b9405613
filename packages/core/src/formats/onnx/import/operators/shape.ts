/** Operators that give a value another shape or order of axes. Most of them only change what is known of it. */
import { sizeOf } from "../../../../graph/tensor-type.ts";
import { MAX_RANK } from "../../onnx-graph.ts";
import type { OperatorContext } from "../operator-context.ts";
import { inOrder, onnxShape } from "../values.ts";
import type { Value } from "../values.ts";

/** Copies, and what does nothing outside of training. */
export function importIdentity(context: OperatorContext): Value {
  return context.value(0);
}

/** Another order of axes, which costs nothing here. */
export function importTranspose(context: OperatorContext): Value {
  const value = context.flow(0);
  const rank = value.axes.length;
  const perm = context.ints(
    "perm",
    Array.from({ length: rank + 1 }, (_, axis) => rank - axis),
  );
  if (perm.length !== rank + 1 || new Set(perm).size !== rank + 1 || perm.some((axis) => axis < 0 || axis > rank)) {
    return context.refuse(`has the order [${perm.join(", ")}] for ${rank + 1} axes; the file is damaged`);
  }
  if (perm[0] !== 0) return context.refuse("moves the batch to another axis, which no layer does");
  return { ...value, axes: value.axes.map((axis) => perm.indexOf(axis)) };
}

export function importFlatten(context: OperatorContext): Value {
  const { axes } = context.flow(0);
  const given = context.int("axis", 1);
  const axis = given < 0 ? given + axes.length + 1 : given;
  if (axis !== 1)
    return context.refuse(`begins to flatten at axis ${given}; samples are flattened whole, from axis 1 on`);
  return flattened(context);
}

export function importReshape(context: OperatorContext): Value {
  const value = context.flow(0);
  const shape = onnxShape(value);
  const sizes = Array.from(context.fixed(1).data, Number);
  const keepsZeros = context.int("allowzero", 0) === 1;
  const [batch, ...rest] = sizes.map((size, axis) =>
    size === 0 && !keepsZeros ? (axis === 0 ? 0 : (shape[axis - 1] ?? 0)) : size,
  );
  const target = resolved(context, rest, sizeOf(shape));
  if (batch === undefined || target === undefined) {
    return context.refuse(
      `cannot make [${sizes.join(", ")}] of samples [${shape.join(", ")}]; the batch must stay the first axis`,
    );
  }
  if (target.length === 1) return flattened(context);
  const inFileOrder = shape.map((_, axis) => axis + 1);
  return inOrder(context.state.reshaped(context.state.arranged(value, inFileOrder), target));
}

/** The sizes with −1 filled in; undefined if they do not hold as many numbers. */
function resolved(context: OperatorContext, sizes: readonly number[], count: number): readonly number[] | undefined {
  const known = sizeOf(sizes.filter((size) => size !== -1));
  const shape = sizes.map((size) => (size === -1 ? count / known : size));
  const isWhole = shape.every((size) => Number.isSafeInteger(size) && size >= 1);
  if (sizes.filter((size) => size === -1).length > 1) return context.refuse("leaves several sizes open");
  return isWhole && sizeOf(shape) === count ? shape : undefined;
}

function flattened(context: OperatorContext): Value {
  const value = context.value(0);
  if (value.kind !== "flow") return value;
  return value.axes.length === 1 ? value : { kind: "flattened", of: value };
}

/** Takes away axes of size 1. */
export function importSqueeze(context: OperatorContext): Value {
  const value = context.flow(0);
  const shape = onnxShape(value);
  const all = shape.flatMap((size, index) => (size === 1 ? [index + 1] : []));
  const dropped = axesOf(context, shape.length + 1) ?? all;
  const wrong = dropped.find((axis) => shape[axis - 1] !== 1);
  if (wrong !== undefined) return context.refuse(`takes away axis ${wrong}, whose size is not 1`);
  const kept = value.axes.flatMap((axis, index) => (dropped.includes(axis) ? [] : [{ axis, index }]));
  return {
    kind: "flow",
    tensor: context.state.reshaped(
      value.tensor,
      kept.map(({ index }) => value.tensor.shape[index] as number),
    ),
    axes: kept.map(({ axis }) => axis - dropped.filter((other) => other < axis).length),
  };
}

/** Adds axes of size 1, behind all others in the tensor. */
export function importUnsqueeze(context: OperatorContext): Value {
  const value = context.flow(0);
  const added = axesOf(context, value.axes.length + 1 + (addedCount(context) ?? 0)) ?? [];
  if (added.length === 0 || added.includes(0)) return context.refuse("adds no axis, or one in front of the batch");
  const rank = value.axes.length + added.length;
  const others = Array.from({ length: rank }, (_, index) => index + 1).filter((axis) => !added.includes(axis));
  return {
    kind: "flow",
    tensor: context.state.reshaped(value.tensor, [...value.tensor.shape, ...added.map(() => 1)]),
    axes: [...value.axes.map((axis) => others[axis - 1] as number), ...added],
  };
}

function addedCount(context: OperatorContext): number | undefined {
  return (context.optionalInts("axes") ?? context.optionalFixed(1)?.data)?.length;
}

/** Axes, since version 13 an operand and an attribute before, counted from the front. */
export function axesOf(context: OperatorContext, rank: number): readonly number[] | undefined {
  const given = context.optionalInts("axes") ?? context.optionalFixed(1)?.data;
  if (given === undefined || given.length === 0) return undefined;
  return countedAxes(context, given, rank);
}

/** A list of axes, of which each may stand once, counted from the front. */
export function countedAxes(
  context: OperatorContext,
  given: Iterable<number | bigint>,
  rank: number,
): readonly number[] {
  if (rank > MAX_RANK) return context.refuse(`works on ${rank} axes; up to ${MAX_RANK} are read`);
  const axes = Array.from(given, Number).map((axis) => (axis < 0 ? axis + rank : axis));
  if (new Set(axes).size === axes.length && axes.every((axis) => axis >= 0 && axis < rank)) return axes;
  return context.refuse(`has the axes [${axes.join(", ")}] of ${rank}; the file is damaged`);
}
