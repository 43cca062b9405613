/**
 * Sums, and their opposite, broadcasting: each is the gradient of the other.
 *
 *   sum          over axes of the sample          broadcastTo          copies along axes
 *   sumSamples   over the samples of the batch    broadcastToSamples   the same shared values for every sample
 *   sumTo        whatever of the two undoes a broadcast
 */
import { GraphError } from "../graph/error.ts";
import { apply } from "../graph/node.ts";
import type { Node } from "../graph/node.ts";
import type { LoopContext, Op, SumContext } from "../graph/op.ts";
import {
  broadcastShapes,
  formatShape,
  formatType,
  perSample,
  sameShape,
  shared,
  sizeOf,
} from "../graph/tensor-type.ts";
import type { Shape, TensorType } from "../graph/tensor-type.ts";
import { value } from "../kernel/builder.ts";
import { Index } from "../kernel/index-expr.ts";
import { add, float } from "../kernel/vec.ts";
import type { Vec } from "../kernel/vec.ts";
import { alignedOnnxInput, broadcastPositions } from "./broadcast.ts";
import { onnxAxes, reducedShape, resolveAxes, resultCoordinates } from "./axes.ts";
import type { ReductionAttributes, ReductionOptions } from "./axes.ts";
import { forEachFewVectors } from "./lane-vectors.ts";
import { forEachOffset, forEachTile, splitAxes } from "./reduction-loops.ts";
import { reshape } from "./shape.ts";
import { sharedReduction } from "./shared-reduction.ts";

const sumOp: Op<ReductionAttributes> = {
  name: "sum",
  infer: ([x], { axes, keepDims }) => ({ shape: reducedShape(x!.shape, axes, keepDims), scope: x!.scope }),
  // y = Σ x, so dx = dy for every term
  grad: ({ inputs: [x], gradient, attributes: { axes } }) => {
    const withAxes = reshape(gradient, reducedShape(x!.type.shape, axes, true));
    return [broadcastTo(withAxes, x!.type.shape)];
  },
  kernel: { kind: "loops", build: buildSum, shared: sharedReduction({ initial: 0, combine: add }) },
  reference: ({ inputs: [x], types: [from], attributes: { axes }, type }) => {
    const y = new Float64Array(sizeOf(type.shape));
    const positions = broadcastPositions(reducedShape(from!.shape, axes, true), from!.shape);
    for (const [i, position] of positions.entries()) y[position]! += x![i]!;
    return y;
  },
  onnx: (context) =>
    context.node("ReduceSum", [context.inputs[0]!, onnxAxes(context)], {
      keepdims: context.attributes.keepDims ? 1 : 0,
    }),
  print: ({ axes }) => `axes [${axes.join(", ")}]`,
};

function buildSum({ k, inputs: [x], attributes, vectors, put }: LoopContext<ReductionAttributes>): void {
  const { kept, reduced } = splitAxes(x!.type.shape, (axis) => attributes.axes.includes(axis));
  const tile = Math.max(1, Math.floor(8 / Math.min(vectors, 4)));
  forEachTile(k, kept, tile, (elements) => {
    forEachFewVectors(k, vectors, (few) => {
      const sums = elements.map(() => few.map(() => k.accumulator(float(0))));
      forEachOffset(k, reduced, (offset) => {
        for (const [i, element] of elements.entries()) {
          for (const [j, sum] of sums[i]!.entries()) {
            k.assign(sum, add(value(sum), x!.at(element.offset.plus(offset), few[j])));
          }
        }
      });
      for (const [i, { coordinates }] of elements.entries()) {
        const result = resultCoordinates(coordinates, attributes);
        for (const [j, sum] of sums[i]!.entries()) put(result, few[j]!, value(sum));
      }
    });
  });
}

interface SumSamplesAttributes {
  readonly shape: Shape;
}

const sumSamplesOp: Op<SumSamplesAttributes> = {
  name: "sumSamples",
  infer: ([x], { shape }) => {
    const common = broadcastShapes(shape, x!.shape);
    if (x!.scope !== "sample" || common === undefined || !sameShape(common, x!.shape)) {
      throw new GraphError(
        `sumSamples: cannot sum ${formatType(x!)} to ${formatShape(shape)} shared. ` +
          "The operand must be per sample, and the result's shape one that broadcasts to the operand's.",
      );
    }
    return shared(shape);
  },
  // y = Σ over samples of x, so dx = dy for every sample
  grad: ({ inputs: [x], gradient }) => [broadcastToSamples(gradient, x!.type.shape)],
  kernel: { kind: "sum", running: "lanes", build: buildSumSamples },
  reference: ({ inputs: [x], types: [from], type }) => {
    const y = new Float64Array(sizeOf(type.shape));
    for (const [i, position] of broadcastPositions(type.shape, from!.shape).entries()) y[position]! += x![i]!;
    return y;
  },
  onnx: { unsupported: "sums over the samples of a batch belong to training" },
};

function buildSumSamples({ k, inputs: [x], type, vectors, sum, setSum }: SumContext<SumSamplesAttributes>): void {
  const from = x!.type.shape;
  const ownAxis = (axis: number): number => axis - from.length + type.shape.length;
  const { kept, reduced } = splitAxes(from, (axis) => (type.shape[ownAxis(axis)] ?? 1) === 1);
  const strides = splitAxes(type.shape, (axis) => type.shape[axis] === 1).kept.map((axis) => axis.stride);
  forEachTile(k, kept, 8, (elements) => {
    const sums = elements.map(() => k.accumulator(float(0)));
    forEachOffset(k, reduced, (offset) => {
      forEachFewVectors(k, vectors, (few) => {
        for (const [i, element] of elements.entries()) {
          const values = few.map((v) => x!.at(element.offset.plus(offset), v));
          k.assign(sums[i]!, add(value(sums[i]!), addPairs(values)));
        }
      });
    });
    for (const [i, { coordinates }] of elements.entries()) {
      let position = Index.constant(0);
      for (const [axis, coordinate] of coordinates.entries())
        position = position.plus(coordinate.times(strides[axis]!));
      setSum(position, add(sum(position), value(sums[i]!)));
    }
  });
}

/** The sum of a list, added in pairs, pairs of pairs and so on. */
function addPairs(values: readonly Vec[]): Vec {
  if (values.length === 1) return values[0]!;
  const half = Math.ceil(values.length / 2);
  return add(addPairs(values.slice(0, half)), addPairs(values.slice(half)));
}

interface BroadcastAttributes {
  readonly shape: Shape;
}

function checkBroadcast(opName: string, from: TensorType, shape: Shape): void {
  const common = broadcastShapes(from.shape, shape);
  if (common !== undefined && sameShape(common, shape)) return;
  throw new GraphError(
    `${opName}: ${formatShape(from.shape)} does not broadcast to ${formatShape(shape)}. ` +
      "Aligned at the end, each axis must have the size asked for, or 1.",
  );
}

const broadcastToOp: Op<BroadcastAttributes> = {
  name: "broadcastTo",
  infer: ([x], { shape }) => {
    checkBroadcast("broadcastTo", x!, shape);
    return { shape, scope: x!.scope };
  },
  // y = copies of x, so dx = the sum over the copies of dy
  grad: ({ inputs: [x], gradient }) => [sumTo(gradient, x!.type)],
  kernel: { kind: "map", map: (_, [x]) => x! },
  reference: copyToAll,
  onnx: (context) => {
    const { shape, scope } = context.type;
    const target = scope === "sample" ? [1, ...shape] : shape;
    const tensor = context.constant(BigInt64Array.from(target, BigInt), [target.length]);
    return context.node("Expand", [alignedOnnxInput(context, 0), tensor]);
  },
  print: ({ shape }) => formatShape(shape),
};

const broadcastToSamplesOp: Op<BroadcastAttributes> = {
  name: "broadcastToSamples",
  infer: ([x], { shape }) => {
    checkBroadcast("broadcastToSamples", x!, shape);
    return perSample(shape);
  },
  // y = copies of x for every sample, so dx = the sum over samples and copies of dy
  grad: ({ inputs: [x], gradient }) => [sumTo(gradient, x!.type)],
  kernel: { kind: "map", map: (_, [x]) => x! },
  reference: copyToAll,
  onnx: { unsupported: "copies for every sample of a batch belong to training" },
  print: ({ shape }) => formatShape(shape),
};

function copyToAll({ inputs: [x], types: [from], type }: Parameters<Op["reference"]>[0]): Float64Array {
  return Float64Array.from(broadcastPositions(from!.shape, type.shape), (position) => x![position]!);
}

/** The sum over axes of the sample; over all of them by default. */
export function sum(x: Node, axes?: readonly number[], { keepDims = false }: ReductionOptions = {}): Node {
  const resolved = resolveAxes("sum", x.type.shape, axes);
  // Where there is but one number to add, nothing needs computing.
  if (resolved.every((axis) => x.type.shape[axis] === 1))
    return reshape(x, reducedShape(x.type.shape, resolved, keepDims));
  return apply(sumOp, [x], { axes: resolved, keepDims });
}

/** Per sample to shared: the sum over the samples of the batch, element by element. */
export function sumSamples(x: Node): Node {
  return apply(sumSamplesOp, [x], { shape: x.type.shape });
}

/** Undoes a broadcast from `type`: sums over the axes that were stretched, and over the samples if `type` is shared. */
export function sumTo(x: Node, type: TensorType): Node {
  const from = x.type;
  if (from.scope === "sample" && type.scope === "shared") return apply(sumSamplesOp, [x], { shape: type.shape });
  if (from.scope !== type.scope) {
    throw new GraphError(`sumTo: ${formatType(from)} cannot become ${formatType(type)}. Ask for a shared result.`);
  }
  checkBroadcast("sumTo", type, from.shape);
  const added = from.shape.length - type.shape.length;
  const stretched = from.shape.flatMap((size, axis) => (size === (type.shape[axis - added] ?? 0) ? [] : [axis]));
  return reshape(sum(x, stretched), type.shape);
}

/** Copies along axes that are missing or of size 1, until `x` has the given shape. */
export function broadcastTo(x: Node, shape: Shape): Node {
  return sameShape(x.type.shape, shape) ? x : apply(broadcastToOp, [x], { shape });
}

/** Shared to per sample: the same values for every sample, broadcast to the given shape. */
export function broadcastToSamples(x: Node, shape: Shape): Node {
  return apply(broadcastToSamplesOp, [x], { shape });
}
