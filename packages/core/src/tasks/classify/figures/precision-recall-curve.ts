/** Precision against recall over all thresholds. */
import type { ClassNumbers } from "./check-samples.ts";
import { rankedCounts } from "./ranked-counts.ts";
import type { RankedCounts } from "./ranked-counts.ts";

/** A point for each score, the lowest first, and then recall 0 with precision 1, which has no threshold. */
export interface PrecisionRecallCurve {
  readonly precision: Float64Array;
  readonly recall: Float64Array;
  /** Samples whose score is the threshold or more count as positive; one less than points. */
  readonly thresholds: Float64Array;
}

/**
 * The curve as scikit-learn's `precision_recall_curve` gives it.
 *
 * @param labels 1 for positives, 0 for negatives.
 * @param scores the higher, the more likely positive.
 * @throws RangeError when no sample is positive: recall then does not exist.
 */
export function precisionRecallCurve(labels: ClassNumbers, scores: ArrayLike<number>): PrecisionRecallCurve {
  const counts = rankedCounts(labels, scores);
  requirePositives("the precision-recall curve", counts);
  const { truePositives, thresholds, positives } = counts;
  return {
    precision: Float64Array.from([...precisions(counts).toReversed(), 1]),
    recall: Float64Array.from([...truePositives.toReversed().map((hits) => hits / positives), 0]),
    thresholds: thresholds.toReversed(),
  };
}

/**
 * Average precision: the precisions at all thresholds, each weighted by how much recall it adds, Σ (Rₙ − Rₙ₋₁) Pₙ. By chance, it is the share
 * of positives.
 *
 * @throws RangeError when no sample is positive.
 */
export function averagePrecision(labels: ClassNumbers, scores: ArrayLike<number>): number {
  const counts = rankedCounts(labels, scores);
  requirePositives("average precision", counts);
  const { truePositives, positives } = counts;
  return precisions(counts).reduce((sum, precision, index) => {
    const added = (truePositives[index] as number) - (truePositives[index - 1] ?? 0);
    return sum + (precision * added) / positives;
  }, 0);
}

function precisions({ truePositives, falsePositives }: RankedCounts): Float64Array {
  return truePositives.map((hits, index) => hits / (hits + (falsePositives[index] as number)));
}

function requirePositives(what: string, { positives, negatives }: RankedCounts): void {
  if (positives > 0) return;
  throw new RangeError(`${what} needs positive samples; none and ${negatives} negative ones came`);
}
