/** What a training of classes makes smaller, and what it reports. */
import type { Node } from "../../graph/node.ts";
import { constantTensor } from "../../nn/constant-tensor.ts";
import { binaryCrossentropy, categoricalCrossentropy } from "../../nn/losses/index.ts";
import { accuracy } from "../../nn/metrics/index.ts";
import type { StepTerms } from "../../nn/model/custom-trainer.ts";
import { mul } from "../../ops/elementwise.ts";
import { sum } from "../../ops/reduce.ts";

export interface ClassTerms {
  readonly numClasses: number;
  /** How much of a sample's certainty goes to all classes alike, from 0 on, below 1. */
  readonly labelSmoothing?: number | undefined;
  /** What the samples of each class count; 1 unless given. */
  readonly classWeight?: Readonly<Record<number, number>> | undefined;
}

/**
 * The crossentropy of the classes, and the share of right answers.
 *
 * @param probabilities per sample: [classes] of a softmax, or [1] of a sigmoid.
 * @param classes per sample: one-hot, [classes].
 */
export function classTerms(
  probabilities: Node,
  classes: Node,
  { numClasses, labelSmoothing = 0, classWeight }: ClassTerms,
): StepTerms {
  const isSigmoid = probabilities.type.shape[0] === 1;
  const target = isSigmoid ? ofClasses("class 1", classes, [0, 1]) : classes;
  const crossentropy = (isSigmoid ? binaryCrossentropy : categoricalCrossentropy)({ labelSmoothing });
  const values = crossentropy.values(target, probabilities);
  const weights = classWeight && Array.from({ length: numClasses }, (_, index) => classWeight[index] ?? 1);
  const loss = weights === undefined ? values : mul(values, sum(ofClasses("weights", classes, weights)));
  const right = accuracy().contributions(target, probabilities);
  return { loss, figures: { accuracy: Object.values(right)[0] as Node } };
}

/** A number for each sample, by its class: [classes] → [1]. */
function ofClasses(name: string, classes: Node, numbers: readonly number[]): Node {
  const constants = constantTensor(name, [numbers.length], Float32Array.from(numbers));
  return sum(mul(classes, constants), [0], { keepDims: true });
}
