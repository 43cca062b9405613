/**
 * Slices and padding. A slice takes every so-many-th element along each axis, and padding puts elements around and between
 * those that are there: each is the gradient of the other.
 */
import { GraphError } from "../graph/error.ts";
import { apply } from "../graph/node.ts";
import type { Node } from "../graph/node.ts";
import type { LoopContext, Op } from "../graph/op.ts";
import { formatShape, formatType, sameShape, sizeOf } from "../graph/tensor-type.ts";
import type { Shape, TensorType } from "../graph/tensor-type.ts";
import { flatten } from "../kernel/index-expr.ts";
import type { IndexLike } from "../kernel/index-expr.ts";
import { float } from "../kernel/vec.ts";
import { onnxIntegers } from "./axes.ts";
import { forEachPosition } from "./loops.ts";

interface SliceAttributes {
  readonly begin: readonly number[];
  readonly size: Shape;
  readonly steps: readonly number[];
}

const sliceOp: Op<SliceAttributes> = {
  name: "slice",
  infer: ([x], attributes) => {
    checkSlice(x!, attributes);
    return { shape: attributes.size, scope: x!.scope };
  },
  // y[i] = x[begin + i · step], so dx is dy at those positions and 0 elsewhere
  grad: ({ inputs: [x], gradient, attributes: { begin, size, steps } }) => [
    pad(gradient, {
      before: begin,
      after: begin.map((first, axis) => x!.type.shape[axis]! - 1 - (first + (size[axis]! - 1) * steps[axis]!)),
      interior: steps.map((step) => step - 1),
    }),
  ],
  kernel: {
    kind: "loops",
    build: ({ k, inputs: [x], attributes: { begin, steps }, type, vectors, put }) => {
      forEachPosition(k, type.shape, (coordinates) => {
        const source = coordinates.map((coordinate, axis) => coordinate.times(steps[axis]!).plus(begin[axis]!));
        const position = flatten(source, x!.type.shape);
        k.for(0, vectors, (v) => put(coordinates, v, x!.at(position, v)), { unroll: 4 });
      });
    },
  },
  reference: ({ inputs: [x], types: [from], attributes: { begin, size, steps } }) =>
    Float64Array.from(gridPositions(from!.shape, size, begin, steps), (position) => x![position]!),
  onnx: (context) => {
    const { begin, size, steps } = context.attributes;
    const ends = begin.map((first, axis) => first + (size[axis]! - 1) * steps[axis]! + 1);
    const axes = begin.map((_, axis) => axis + (context.type.scope === "sample" ? 1 : 0));
    return context.node("Slice", [
      context.inputs[0]!,
      ...[begin, ends, axes, steps].map((n) => onnxIntegers(context, n)),
    ]);
  },
  print: ({ begin, size, steps }) =>
    `${formatShape(size)} from ${formatShape(begin)}${steps.every((step) => step === 1) ? "" : ` by ${formatShape(steps)}`}`,
};

function checkSlice(x: TensorType, { begin, size, steps }: SliceAttributes): void {
  const rank = x.shape.length;
  const fits = x.shape.every((length, axis) => {
    const [first, count, step] = [begin[axis]!, size[axis]!, steps[axis]!];
    return areWhole([first], 0) && areWhole([count, step], 1) && first + (count - 1) * step < length;
  });
  if ([begin, size, steps].every(({ length }) => length === rank) && fits) return;
  throw new GraphError(
    `slice: ${formatShape(size)} elements from ${formatShape(begin)} in steps of ${formatShape(steps)} are not all inside ` +
      `${formatType(x)}. Give for each of its ${rank} axes the first position, counted from 0, how many elements to take, ` +
      "and a step of at least 1.",
  );
}

export interface PadAttributes {
  readonly before: readonly number[];
  readonly after: readonly number[];
  readonly interior: readonly number[];
  readonly value: number;
}

export const padOp: Op<PadAttributes> = {
  name: "pad",
  infer: ([x], attributes) => {
    checkPad(x!, attributes);
    const { before, after, interior } = attributes;
    const padded = (length: number, axis: number): number =>
      before[axis]! + length + (length - 1) * interior[axis]! + after[axis]!;
    return { shape: x!.shape.map(padded), scope: x!.scope };
  },
  // y[before + i · (interior + 1)] = x[i], so dx is dy at those positions
  grad: ({ inputs: [x], gradient, attributes: { before, interior } }) => [
    slice(gradient, { begin: before, size: x!.type.shape, steps: interior.map((count) => count + 1) }),
  ],
  kernel: { kind: "loops", build: buildPad },
  reference: ({ inputs: [x], types: [from], attributes: { before, interior, value }, type }) => {
    const y = new Float64Array(sizeOf(type.shape)).fill(value);
    const steps = interior.map((count) => count + 1);
    for (const [i, position] of gridPositions(type.shape, from!.shape, before, steps).entries()) y[position] = x![i]!;
    return y;
  },
  onnx: (context) => {
    const { before, after, interior, value } = context.attributes;
    if (interior.some((count) => count > 0)) {
      throw new GraphError("pad: ONNX pads around a tensor, not between its elements as the gradients of slices do.");
    }
    const batch = context.type.scope === "sample" ? [0] : [];
    const pads = onnxIntegers(context, [...batch, ...before, ...batch, ...after]);
    return context.node("Pad", [context.inputs[0]!, pads, context.constant(Float32Array.of(value), [])]);
  },
  print: ({ before, after, interior, value }) =>
    `${formatShape(before)} before, ${formatShape(after)} after` +
    `${interior.some((count) => count > 0) ? `, ${formatShape(interior)} between` : ""}${value === 0 ? "" : `, value ${value}`}`,
};

/** Axis by axis: where the operand's elements go, the loops go on to the next axis; the rest of the axis is filled. */
function buildPad({ k, inputs: [x], attributes, type, vectors, put }: LoopContext<PadAttributes>): void {
  const { before, after, interior, value } = attributes;
  const from = x!.type.shape;
  const rank = from.length;
  visit([], []);

  function visit(target: readonly IndexLike[], source: readonly IndexLike[]): void {
    const axis = target.length;
    if (axis === rank) {
      const position = flatten(source, from);
      k.for(0, vectors, (v) => put(target, v, x!.at(position, v)), { unroll: 4 });
      return;
    }
    const [first, length, gap] = [before[axis]!, from[axis]!, interior[axis]!];
    k.for(0, first, (i) => fill([...target, i]));
    k.for(0, length, (i) => visit([...target, i.times(gap + 1).plus(first)], [...source, i]));
    k.for(0, gap === 0 ? 0 : length - 1, (i) =>
      k.for(1, gap + 1, (j) =>
        fill([
          ...target,
          i
            .times(gap + 1)
            .plus(first)
            .plus(j),
        ]),
      ),
    );
    k.for(type.shape[axis]! - after[axis]!, type.shape[axis]!, (i) => fill([...target, i]));
  }

  function fill(target: readonly IndexLike[]): void {
    forEachPosition(k, type.shape.slice(target.length), (rest) =>
      k.for(0, vectors, (v) => put([...target, ...rest], v, float(value)), { unroll: 4 }),
    );
  }
}

function checkPad(x: TensorType, { before, after, interior, value }: PadAttributes): void {
  const counts = [before, after, interior];
  if (!counts.every((list) => list.length === x.shape.length && areWhole(list, 0))) {
    throw new GraphError(
      `pad: ${formatShape(before)} elements before, ${formatShape(after)} after and ${formatShape(interior)} between ` +
        `those of ${formatType(x)}. Give for each of its ${x.shape.length} axes whole numbers of at least 0.`,
    );
  }
  if (!Number.isFinite(value)) throw new GraphError(`pad: the value is ${value}, and must be a finite number.`);
}

function areWhole(numbers: readonly number[], least: number): boolean {
  return numbers.every((number) => Number.isInteger(number) && number >= least);
}

/** The flat positions in an array of shape `large` of a grid of `size` points, each row-major. */
function gridPositions(large: Shape, size: Shape, begin: readonly number[], steps: readonly number[]): number[] {
  let positions = [0];
  for (const [axis, length] of large.entries()) {
    const along = Array.from({ length: size[axis]! }, (_, i) => begin[axis]! + i * steps[axis]!);
    positions = positions.flatMap((position) => along.map((i) => position * length + i));
  }
  return positions;
}

export interface SliceOptions {
  /** The first position along each axis, counted from 0. */
  readonly begin: readonly number[];
  /** How many elements to take along each axis: the shape of the result. */
  readonly size: Shape;
  /** From one element to the next; at least 1. Default: 1 along each axis. */
  readonly steps?: readonly number[];
}

/** A part of `x`: along each axis `size` elements from `begin` on, every `steps`-th one. */
export function slice(x: Node, { begin, size, steps = begin.map(() => 1) }: SliceOptions): Node {
  const part = apply(sliceOp, [x], { begin, size, steps });
  return sameShape(size, x.type.shape) ? x : part;
}

export interface PadOptions {
  /** How many elements to put before the first along each axis. */
  readonly before: readonly number[];
  /** How many elements to put after the last along each axis. */
  readonly after: readonly number[];
  /** How many elements to put between neighbours along each axis. Default: none. */
  readonly interior?: readonly number[];
  /** What to put there. Default: 0. */
  readonly value?: number;
}

/** `x` with `value` around its elements and between them. */
export function pad(x: Node, { before, after, interior = before.map(() => 0), value = 0 }: PadOptions): Node {
  const padded = apply(padOp, [x], { before, after, interior, value });
  return sameShape(padded.type.shape, x.type.shape) ? x : padded;
}
