/**
 * The crossentropy of targets that are the numbers of classes.
 *
 * As in Keras 3 on TensorFlow, probabilities are clipped to [1e-7, 1 − 1e-7] first and divided by their sum then, except where
 * they are the softmax of logits that can still be reached: then the logarithm of the softmax is taken in one step.
 */
import type { Node } from "../../graph/node.ts";
import { equal, log, neg, sub, where } from "../../ops/elementwise.ts";
import { sum } from "../../ops/reduce.ts";
import { reshape } from "../../ops/shape.ts";
import { logitsOf } from "../activations/logits.ts";
import { logSoftmax } from "../activations/softmax.ts";
import { checkClassNumbers, classNumbers, isClass, isClassNumber } from "./class-numbers.ts";
import type { Loss, LossOptions } from "./loss.ts";
import { rememberMask } from "./mask.ts";
import { clipProbabilities } from "./probability.ts";

export interface SparseCategoricalCrossentropyOptions extends LossOptions {
  /** Whether the predictions are logits instead of probabilities; false unless given. */
  readonly fromLogits?: boolean;
  /** Targets with this number do not count, neither in the sum nor in the mean; none unless given. */
  readonly ignoreClass?: number | undefined;
}

/**
 * −log p of the class that the target numbers, from 0 on. Predictions [..., classes] take targets [...] or [..., 1]. A target that
 * numbers no class makes the loss NaN; training refuses it.
 */
export function sparseCategoricalCrossentropy({
  fromLogits = false,
  ignoreClass,
  reduction = "sumOverBatchSize",
  name = "sparse_categorical_crossentropy",
}: SparseCategoricalCrossentropyOptions = {}): Loss {
  return {
    name,
    className: "SparseCategoricalCrossentropy",
    config: { from_logits: fromLogits, ignore_class: ignoreClass ?? null },
    reduction,
    takesClassNumbers: true,
    values(target, prediction) {
      const given = classNumbers(name, target, prediction);
      const ignored = ignoreClass === undefined ? undefined : equal(given, ignoreClass);
      const numbers = ignored === undefined ? given : where(ignored, 0, given);
      const logits = logitsOf("softmax", prediction) ?? (fromLogits ? prediction : undefined);
      const logProbabilities = logits === undefined ? logShares(prediction) : logSoftmax(logits);
      const ofTarget = neg(sum(where(isClass(numbers, prediction), logProbabilities, 0), [-1]));
      const positions = ofTarget.type.shape;
      const values = where(reshape(isClassNumber(numbers, prediction), positions), ofTarget, Number.NaN);
      if (ignored === undefined) return values;
      const isIgnored = reshape(ignored, positions);
      return rememberMask(where(isIgnored, 0, values), sub(1, isIgnored));
    },
    checkTargets: (what, targets, predicted) => checkClassNumbers(what, targets, predicted.at(-1) ?? 1, ignoreClass),
  };
}

function logShares(prediction: Node): Node {
  const p = clipProbabilities(prediction);
  return sub(log(p), log(sum(p, [-1], { keepDims: true })));
}
