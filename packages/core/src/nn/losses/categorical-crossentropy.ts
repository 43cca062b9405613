/**
 * The crossentropy of targets that are one of several classes.
 *
 * Keras 3 on TensorFlow divides probabilities by their sum and clips them to [1e-7, 1 − 1e-7], except where they are the
 * softmax of logits that it can still reach: then it takes the logarithm of the softmax in one step. So does this.
 */
import { log, mul, neg } from "../../ops/elementwise.ts";
import { sum } from "../../ops/reduce.ts";
import { logitsOf } from "../activations/logits.ts";
import { logSoftmax } from "../activations/softmax.ts";
import { defineLoss } from "./define-loss.ts";
import type { Loss } from "./loss.ts";
import { checkSmoothing, classShares, crossentropyConfig, numClassesOf, smoothLabels } from "./probability.ts";
import type { CrossentropyOptions } from "./probability.ts";

/**
 * −Σ t·log p over the last axis, which are the classes; t are the probabilities
 * of the classes, such as one 1 among zeros.
 *
 * @throws RangeError when the label smoothing is not between 0 and 1.
 */
export function categoricalCrossentropy({
  fromLogits = false,
  labelSmoothing = 0,
  ...options
}: CrossentropyOptions = {}): Loss {
  const description = {
    className: "CategoricalCrossentropy",
    defaultName: "categorical_crossentropy",
    config: crossentropyConfig({ fromLogits, labelSmoothing }),
  };
  checkSmoothing(description.defaultName, labelSmoothing);
  return defineLoss(description, options, (target, prediction) => {
    const smoothed = smoothLabels(target, labelSmoothing, numClassesOf(description.defaultName, prediction));
    const logits = logitsOf("softmax", prediction) ?? (fromLogits ? prediction : undefined);
    return neg(sum(mul(smoothed, logits === undefined ? log(classShares(prediction)) : logSoftmax(logits)), [-1]));
  });
}
