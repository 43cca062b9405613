/** Reductions along axes of the sample, beside the sums of `sum.ts`. */
import { apply } from "../graph/node.ts";
import type { Node } from "../graph/node.ts";
import type { LoopContext, Op } from "../graph/op.ts";
import { sizeOf } from "../graph/tensor-type.ts";
import { value } from "../kernel/builder.ts";
import { float } from "../kernel/vec.ts";
import { onnxAxes, reducedShape, resolveAxes, resultCoordinates } from "./axes.ts";
import type { ReductionAttributes, ReductionOptions } from "./axes.ts";
import { div, maximumOfLanes, mul } from "./binary.ts";
import { broadcastPositions } from "./broadcast.ts";
import { equal } from "./compare.ts";
import { forEachFewVectors } from "./lane-vectors.ts";
import { forEachOffset, forEachTile, splitAxes } from "./reduction-loops.ts";
import { reshape } from "./shape.ts";
import { sharedReduction } from "./shared-reduction.ts";
import { broadcastTo, sum } from "./sum.ts";

export { broadcastTo, sum, sumSamples } from "./sum.ts";

const maxOp: Op<ReductionAttributes> = {
  name: "max",
  infer: ([x], { axes, keepDims }) => ({ shape: reducedShape(x!.shape, axes, keepDims), scope: x!.scope }),
  // y = max x: dx = dy where x = y, in equal shares where several are largest (as TensorFlow does), else 0
  grad: ({ node, inputs: [x], gradient, attributes: { axes } }) => {
    const withAxes = reducedShape(x!.type.shape, axes, true);
    const isLargest = equal(x!, reshape(node, withAxes));
    const share = div(reshape(gradient, withAxes), sum(isLargest, axes, { keepDims: true }));
    return [mul(isLargest, broadcastTo(share, x!.type.shape))];
  },
  kernel: {
    kind: "loops",
    build: buildMax,
    shared: sharedReduction({ initial: -Infinity, combine: maximumOfLanes }),
  },
  reference: ({ inputs: [x], types: [from], attributes: { axes }, type }) => {
    const y = new Float64Array(sizeOf(type.shape)).fill(-Infinity);
    const positions = broadcastPositions(reducedShape(from!.shape, axes, true), from!.shape);
    for (const [i, position] of positions.entries()) y[position] = Math.max(y[position]!, x![i]!);
    return y;
  },
  onnx: (context) =>
    context.node("ReduceMax", [context.inputs[0]!, onnxAxes(context)], {
      keepdims: context.attributes.keepDims ? 1 : 0,
    }),
  print: ({ axes }) => `axes [${axes.join(", ")}]`,
};

function buildMax({ k, inputs: [x], attributes, vectors, put }: LoopContext<ReductionAttributes>): void {
  const { kept, reduced } = splitAxes(x!.type.shape, (axis) => attributes.axes.includes(axis));
  forEachTile(k, kept, 1, ([element]) => {
    forEachFewVectors(k, vectors, (few) => {
      const maxima = few.map(() => k.accumulator(float(-Infinity)));
      forEachOffset(k, reduced, (offset) => {
        for (const [i, maximum] of maxima.entries()) {
          const next = k.let(x!.at(element!.offset.plus(offset), few[i]));
          k.assign(maximum, maximumOfLanes(value(maximum), next));
        }
      });
      const result = resultCoordinates(element!.coordinates, attributes);
      for (const [i, maximum] of maxima.entries()) put(result, few[i]!, value(maximum));
    });
  });
}

/** The largest element along axes of the sample; along all of them by default. NaN if one of them is NaN. */
export function max(x: Node, axes?: readonly number[], { keepDims = false }: ReductionOptions = {}): Node {
  const resolved = resolveAxes("max", x.type.shape, axes);
  return resolved.length === 0 ? x : apply(maxOp, [x], { axes: resolved, keepDims });
}

/** The mean along axes of the sample; along all of them by default. */
export function mean(x: Node, axes?: readonly number[], options: ReductionOptions = {}): Node {
  const resolved = resolveAxes("mean", x.type.shape, axes);
  const count = sizeOf(resolved.map((axis) => x.type.shape[axis]!));
  return count === 1 ? sum(x, axes, options) : div(sum(x, axes, options), count);
}
