/** The categorical crossentropy, counted less where the prediction is sure and right already (Lin et al. 2017, arXiv:1708.02002). */
import { GraphError } from "../../graph/error.ts";
import type { Node } from "../../graph/node.ts";
import { log, mul, neg, sub } from "../../ops/elementwise.ts";
import { sum } from "../../ops/reduce.ts";
import { softmax } from "../activations/softmax.ts";
import { constantTensor } from "../constant-tensor.ts";
import { defineLoss } from "./define-loss.ts";
import type { Loss } from "./loss.ts";
import {
  checkGamma,
  checkSmoothing,
  classShares,
  crossentropyConfig,
  focalFactor,
  numClassesOf,
  smoothLabels,
} from "./probability.ts";
import type { CrossentropyOptions } from "./probability.ts";

export interface CategoricalFocalCrossentropyOptions extends CrossentropyOptions {
  /** What the classes count, one number for all or one for each; 0.25 unless given. */
  readonly alpha?: number | readonly number[];
  /** How much less sure predictions count; 2 unless given. */
  readonly gamma?: number;
}

/**
 * −Σ α·(1 − p)ᵞ·t·log p over the last axis, which are the classes. Of logits, p is the softmax; as in Keras, probabilities are
 * divided by their sum and clipped in any case.
 *
 * @throws RangeError when the label smoothing is not between 0 and 1, or gamma below 0.
 */
export function categoricalFocalCrossentropy({
  alpha = 0.25,
  gamma = 2,
  fromLogits = false,
  labelSmoothing = 0,
  ...options
}: CategoricalFocalCrossentropyOptions = {}): Loss {
  const description = {
    className: "CategoricalFocalCrossentropy",
    defaultName: "categorical_focal_crossentropy",
    config: { ...crossentropyConfig({ fromLogits, labelSmoothing }), alpha, gamma },
  };
  checkSmoothing(description.defaultName, labelSmoothing);
  checkGamma(description.defaultName, gamma);
  return defineLoss(description, options, (target, prediction) => {
    const numClasses = numClassesOf(description.defaultName, prediction);
    const expected = smoothLabels(target, labelSmoothing, numClasses);
    const p = classShares(fromLogits ? softmax(prediction) : prediction);
    const weight = mul(focalFactor(sub(1, p), gamma), weightOfClasses(alpha, numClasses));
    return neg(sum(mul(weight, mul(expected, log(p))), [-1]));
  });
}

function weightOfClasses(alpha: number | readonly number[], numClasses: number): Node | number {
  if (typeof alpha === "number") return alpha;
  if (alpha.length === numClasses) return constantTensor("alpha", [numClasses], Float32Array.from(alpha));
  throw new GraphError(
    `categorical_focal_crossentropy has ${alpha.length} numbers as alpha and ${numClasses} classes; give one for each class`,
  );
}
