/** What a test for one thing is worth: the figures that physicians and engineers ask for. */
import { checkClasses, checkCount } from "./check-samples.ts";
import type { ClassNumbers } from "./check-samples.ts";
import { proportion } from "./proportion.ts";
import type { IntervalOptions, Proportion } from "./proportion.ts";

/** Shares are undefined where there are no samples to take them of. */
export interface BinaryFigures {
  readonly truePositives: number;
  readonly falsePositives: number;
  readonly trueNegatives: number;
  readonly falseNegatives: number;
  readonly accuracy: Proportion;
  /** The share of the positives that are found: recall. */
  readonly sensitivity: Proportion | undefined;
  /** The share of the negatives that are left alone. */
  readonly specificity: Proportion | undefined;
  /** The share of the found ones that are positive: precision. It holds for data with as large a share of positives as these. */
  readonly positivePredictiveValue: Proportion | undefined;
  /** The share of those left alone that are negative; likewise. */
  readonly negativePredictiveValue: Proportion | undefined;
}

/**
 * Counts decisions and says what they are worth, with confidence intervals.
 *
 * @param labels 1 for positives, 0 for negatives.
 * @param decisions likewise; `decideByThreshold` makes them of scores.
 * @throws RangeError when these are others, or not as many of both.
 */
export function binaryFigures(
  labels: ClassNumbers,
  decisions: ClassNumbers,
  options: IntervalOptions = {},
): BinaryFigures {
  checkCount(labels, decisions.length, "decisions");
  checkClasses("labels", labels, 2);
  checkClasses("decisions", decisions, 2);
  const count = (label: number, decision: number): number => {
    let found = 0;
    for (let sample = 0; sample < labels.length; sample++) {
      if (labels[sample] === label && decisions[sample] === decision) found++;
    }
    return found;
  };
  const [truePositives, falsePositives] = [count(1, 1), count(0, 1)];
  const [trueNegatives, falseNegatives] = [count(0, 0), count(1, 0)];
  const share = (hits: number, others: number): Proportion | undefined => proportion(hits, hits + others, options);
  return {
    truePositives,
    falsePositives,
    trueNegatives,
    falseNegatives,
    // There is at least one sample.
    accuracy: share(truePositives + trueNegatives, falsePositives + falseNegatives) as Proportion,
    sensitivity: share(truePositives, falseNegatives),
    specificity: share(trueNegatives, falsePositives),
    positivePredictiveValue: share(truePositives, falsePositives),
    negativePredictiveValue: share(trueNegatives, falseNegatives),
  };
}
