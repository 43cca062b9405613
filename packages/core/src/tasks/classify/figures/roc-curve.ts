/** The receiver operating characteristic: what share of the positives is found at what share of false alarms. */
import type { ClassNumbers } from "./check-samples.ts";
import { rankedCounts } from "./ranked-counts.ts";
import type { RankedCounts } from "./ranked-counts.ts";

/** A point for each threshold, from none positive (Infinity) to all positive; samples whose score is the threshold count as positive. */
export interface RocCurve {
  /** 1 − specificity. */
  readonly falsePositiveRate: Float64Array;
  /** Sensitivity. */
  readonly truePositiveRate: Float64Array;
  readonly thresholds: Float64Array;
}

export interface RocCurveOptions {
  /** Leaves out points within straight pieces, which change nothing of the drawing; true unless given. */
  readonly dropIntermediate?: boolean;
}

/**
 * The ROC curve as scikit-learn's `roc_curve` gives it.
 *
 * @param labels 1 for positives, 0 for negatives.
 * @param scores the higher, the more likely positive.
 * @throws RangeError when one of the two classes has no sample: its rate then does not exist.
 */
export function rocCurve(
  labels: ClassNumbers,
  scores: ArrayLike<number>,
  { dropIntermediate = true }: RocCurveOptions = {},
): RocCurve {
  const counts = rankedCounts(labels, scores);
  requireBoth("the ROC curve", counts);
  const { truePositives, falsePositives, thresholds, positives, negatives } = counts;
  const kept = dropIntermediate ? corners(truePositives, falsePositives) : [...thresholds.keys()];
  const at = (values: Float64Array, first: number, scale: number): Float64Array =>
    Float64Array.from([first, ...kept.map((index) => (values[index] as number) / scale)]);
  return {
    falsePositiveRate: at(falsePositives, 0, negatives),
    truePositiveRate: at(truePositives, 0, positives),
    thresholds: at(thresholds, Number.POSITIVE_INFINITY, 1),
  };
}

/**
 * The area under the ROC curve: the chance that a positive has a higher score than a negative, equal scores counting half
 * (J. Hanley, B. McNeil: The meaning and use of the area under a ROC curve, 1982).
 *
 * @throws RangeError when one of the two classes has no sample.
 */
export function areaUnderRoc(labels: ClassNumbers, scores: ArrayLike<number>): number {
  const counts = rankedCounts(labels, scores);
  requireBoth("the area under the ROC curve", counts);
  const { truePositives, falsePositives, positives, negatives } = counts;
  let area = 0;
  let [found, alarms] = [0, 0];
  for (const [index, hits] of truePositives.entries()) {
    const wrong = falsePositives[index] as number;
    area += ((wrong - alarms) * (hits + found)) / 2;
    [found, alarms] = [hits, wrong];
  }
  return area / (positives * negatives);
}

/** @throws RangeError when one of the two classes has no sample. */
export function requireBoth(
  what: string,
  { positives, negatives }: Pick<RankedCounts, "positives" | "negatives">,
): void {
  if (positives > 0 && negatives > 0) return;
  throw new RangeError(
    `${what} needs samples of both classes; ${positives} positive and ${negatives} negative ones came`,
  );
}

/** The thresholds at which the curve turns, and the last. */
function corners(truePositives: Float64Array, falsePositives: Float64Array): number[] {
  const last = truePositives.length - 1;
  const slope = (values: Float64Array, index: number): number => (values[index] as number) - (values[index - 1] ?? 0);
  // The first point is (0, 0), whose slope is that to the first threshold; scikit-learn keeps that threshold always.
  return [...truePositives.keys()].filter(
    (index) =>
      index === 0 ||
      index === last ||
      slope(truePositives, index) !== slope(truePositives, index + 1) ||
      slope(falsePositives, index) !== slope(falsePositives, index + 1),
  );
}
