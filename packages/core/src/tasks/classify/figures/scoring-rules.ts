/** How good probabilities are, being sure and being right in one figure; both are smallest for the true probabilities. */
import { checkProbabilities } from "./check-samples.ts";
import type { ClassNumbers } from "./check-samples.ts";

/**
 * The Brier score: the mean squared distance of the probabilities from what came true. Of two classes, it is that of class 1, from 0 to 1; of
 * more, the sum over classes, from 0 to 2, as in scikit-learn.
 *
 * Source: G. W. Brier: Verification of forecasts expressed in terms of probability, 1950.
 *
 * @param probabilities `numClasses` for each sample, or one, that of class 1, where there are two classes.
 */
export function brierScore(labels: ClassNumbers, probabilities: ArrayLike<number>, numClasses: number): number {
  const width = checkProbabilities(labels, probabilities, numClasses);
  let sum = 0;
  for (let sample = 0; sample < labels.length; sample++) {
    const label = labels[sample] as number;
    if (numClasses === 2) sum += (probabilityAt(probabilities, width, sample, 1) - label) ** 2;
    else
      for (let index = 0; index < numClasses; index++) {
        sum += (probabilityAt(probabilities, width, sample, index) - (index === label ? 1 : 0)) ** 2;
      }
  }
  return sum / labels.length;
}

/** What float32 tells from 0. */
const LEAST = 2 ** -23;

/**
 * The log loss: the mean of −log of the probabilities of what came true. Probabilities of 0 count as 2⁻²³, as they do in scikit-learn for
 * float32: what is rounded to 0 costs 16, not everything.
 *
 * @param probabilities `numClasses` for each sample, or one, that of class 1, where there are two classes.
 */
export function logLoss(labels: ClassNumbers, probabilities: ArrayLike<number>, numClasses: number): number {
  const width = checkProbabilities(labels, probabilities, numClasses);
  let sum = 0;
  for (let sample = 0; sample < labels.length; sample++) {
    const probability = probabilityAt(probabilities, width, sample, labels[sample] as number);
    sum -= Math.log(Math.min(1 - LEAST, Math.max(LEAST, probability)));
  }
  return sum / labels.length;
}

/** That of a class of a sample; where there is one probability a sample, it is that of class 1. */
function probabilityAt(probabilities: ArrayLike<number>, width: number, sample: number, index: number): number {
  if (width > 1) return probabilities[sample * width + index] as number;
  const positive = probabilities[sample] as number;
  return index === 1 ? positive : 1 - positive;
}
