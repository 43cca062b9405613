/**
 * The crossentropy of independent yes-or-no targets.
 *
 * Keras 3 on TensorFlow clips probabilities to [1e-7, 1 − 1e-7], except where they are the sigmoid of logits x that it
 * can still reach: then it computes softplus(x) − t·x from those, which nothing has rounded. So does this.
 */
import type { Node } from "../../graph/node.ts";
import { add, log, mul, neg, softplus, sub } from "../../ops/elementwise.ts";
import { logitsOf } from "../activations/logits.ts";
import { elementwiseLoss } from "./define-loss.ts";
import type { Loss } from "./loss.ts";
import { checkSmoothing, clipProbabilities, crossentropyConfig, smoothLabels } from "./probability.ts";
import type { CrossentropyOptions } from "./probability.ts";

/**
 * The mean of −t·log p − (1 − t)·log(1 − p) over the last axis, t being targets from 0 to 1.
 *
 * @throws RangeError when the label smoothing is not between 0 and 1.
 */
export function binaryCrossentropy({
  fromLogits = false,
  labelSmoothing = 0,
  ...options
}: CrossentropyOptions = {}): Loss {
  const description = {
    className: "BinaryCrossentropy",
    defaultName: "binary_crossentropy",
    config: crossentropyConfig({ fromLogits, labelSmoothing }),
  };
  checkSmoothing(description.defaultName, labelSmoothing);
  return elementwiseLoss(description, options, (target, prediction) =>
    crossentropyOfEach(smoothLabels(target, labelSmoothing, 2), prediction, fromLogits),
  );
}

/** −t·log p − (1 − t)·log(1 − p) for each element. */
export function crossentropyOfEach(target: Node, prediction: Node, fromLogits: boolean): Node {
  const logits = logitsOf("sigmoid", prediction) ?? (fromLogits ? prediction : undefined);
  return logits === undefined ? fromProbabilities(target, prediction) : ofLogits(target, logits);
}

function ofLogits(target: Node, logits: Node): Node {
  return sub(softplus(logits), mul(target, logits));
}

function fromProbabilities(target: Node, prediction: Node): Node {
  const p = clipProbabilities(prediction);
  return neg(add(mul(target, log(p)), mul(sub(1, target), log(sub(1, p)))));
}
