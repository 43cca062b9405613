/** How many positives and negatives reach each score: what all curves over thresholds are drawn from. */
import { checkClasses, checkCount } from "./check-samples.ts";
import type { ClassNumbers } from "./check-samples.ts";

export interface RankedCounts {
  /** The different scores, the highest first. */
  readonly thresholds: Float64Array;
  /** Positives whose score is a threshold or more. */
  readonly truePositives: Float64Array;
  /** Negatives whose score is a threshold or more. */
  readonly falsePositives: Float64Array;
  readonly positives: number;
  readonly negatives: number;
}

/**
 * Ranks samples by their scores; those with the same score come together.
 *
 * @param labels 1 for positives, 0 for negatives.
 * @param scores the higher, the more likely positive.
 * @throws RangeError when labels are others, there are not as many of both, or a score is NaN.
 */
export function rankedCounts(labels: ClassNumbers, scores: ArrayLike<number>): RankedCounts {
  checkCount(labels, scores.length, "scores");
  checkClasses("labels", labels, 2);
  const order = descendingOrder(scores);
  const thresholds: number[] = [];
  const truePositives: number[] = [];
  let positives = 0;
  const falsePositives: number[] = [];
  for (const [rank, sample] of order.entries()) {
    positives += labels[sample] as number;
    const score = scores[sample] as number;
    const next = order[rank + 1];
    if (next !== undefined && scores[next] === score) continue;
    thresholds.push(score);
    truePositives.push(positives);
    falsePositives.push(rank + 1 - positives);
  }
  return {
    thresholds: Float64Array.from(thresholds),
    truePositives: Float64Array.from(truePositives),
    falsePositives: Float64Array.from(falsePositives),
    positives,
    negatives: labels.length - positives,
  };
}

function descendingOrder(scores: ArrayLike<number>): Uint32Array {
  const order = Uint32Array.from({ length: scores.length }, (_, sample) => sample);
  for (const sample of order) {
    if (!Number.isNaN(scores[sample])) continue;
    throw new RangeError(`the score of sample ${sample} is NaN; expected numbers`);
  }
  return order.toSorted((a, b) => {
    const [first, second] = [scores[a] as number, scores[b] as number];
    return first > second ? -1 : first < second ? 1 : 0;
  });
}
