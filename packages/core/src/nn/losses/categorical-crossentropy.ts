/**
 * The crossentropy of targets that are one of several classes.
 *
 * Keras 3 on TensorFlow divides probabilities by their sum and clips them to [1e-7, 1 − 1e-7], except where they are the
 * softmax of logits that it can still reach: then it takes the logarithm of the softmax in one step. So does this.
 */
import { GraphError } from "../../graph/error.ts";
import type { Node } from "../../graph/node.ts";
import { div, log, mul, neg } from "../../ops/elementwise.ts";
import { sum } from "../../ops/reduce.ts";
import { logitsOf } from "../activations/logits.ts";
import { logSoftmax } from "../activations/softmax.ts";
import { checkSameShape } from "./loss.ts";
import type { Loss } from "./loss.ts";
import { checkSmoothing, clipProbabilities, smoothLabels } from "./probability.ts";
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
  reduction = "sumOverBatchSize",
  name = "categorical_crossentropy",
}: CrossentropyOptions = {}): Loss {
  checkSmoothing(name, labelSmoothing);
  return {
    name,
    className: "CategoricalCrossentropy",
    config: { from_logits: fromLogits, label_smoothing: labelSmoothing, axis: -1 },
    reduction,
    values(target, prediction) {
      checkSameShape(name, target, prediction);
      const numClasses = target.type.shape.at(-1);
      if (numClasses === undefined) {
        throw new GraphError(`${name} needs an axis of classes; targets and predictions of shape [] came`);
      }
      const smoothed = smoothLabels(target, labelSmoothing, numClasses);
      const logits = logitsOf("softmax", prediction) ?? (fromLogits ? prediction : undefined);
      return neg(sum(mul(smoothed, logits === undefined ? logProbabilities(prediction) : logSoftmax(logits)), [-1]));
    },
  };
}

function logProbabilities(prediction: Node): Node {
  return log(clipProbabilities(div(prediction, sum(prediction, [-1], { keepDims: true }))));
}
