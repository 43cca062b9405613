import type { Node } from "../../graph/node.ts";
import { div, maximum, mul, neg, sqrt, square } from "../../ops/elementwise.ts";
import { sum } from "../../ops/reduce.ts";
import { sampleAxis } from "../layers/keras-axis.ts";
import { defineLoss } from "./define-loss.ts";
import { EPSILON } from "./epsilon.ts";
import type { Loss, LossOptions } from "./loss.ts";

export interface CosineSimilarityOptions extends LossOptions {
  /** The axis of the vectors, counted as Keras counts: 0 is the batch, 1 the first of a sample. −1, the last, unless given. */
  readonly axis?: number;
}

/** −cos of the angle between targets and predictions, as vectors along an axis: −1 where they point the same way. */
export function cosineSimilarity({ axis = -1, ...options }: CosineSimilarityOptions = {}): Loss {
  const description = { className: "CosineSimilarity", defaultName: "cosine_similarity", config: { axis } };
  return defineLoss(description, options, (target, prediction) => neg(cosineOfAngle(target, prediction, axis)));
}

/**
 * The cosine of the angle between vectors along an axis of the batch.
 *
 * @throws GraphError when a sample has no such axis.
 */
export function cosineOfAngle(target: Node, prediction: Node, axis: number): Node {
  const ofSample = sampleAxis(axis, prediction.type.shape);
  return sum(mul(unitVectors(target, ofSample), unitVectors(prediction, ofSample)), [ofSample]);
}

/** Vectors of length 1; shorter ones than 1e-7 are divided by that. */
function unitVectors(x: Node, axis: number): Node {
  return div(x, sqrt(maximum(sum(square(x), [axis], { keepDims: true }), EPSILON * EPSILON)));
}
