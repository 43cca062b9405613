/** How sure the area under a ROC curve is. */
import type { ClassNumbers } from "./check-samples.ts";
import { normalQuantile } from "./distributions.ts";
import { checkConfidence } from "./proportion.ts";
import type { Interval, IntervalOptions } from "./proportion.ts";
import { rankedCounts } from "./ranked-counts.ts";
import { requireBoth } from "./roc-curve.ts";

export interface AreaInterval extends Interval {
  /** The area under the ROC curve. */
  readonly value: number;
  /** The standard error of the area, by DeLong. */
  readonly standardError: number;
  /** How the interval came about. */
  readonly method: "DeLong" | "disjoint pairs";
}

/**
 * The area under the ROC curve with the confidence interval of DeLong: the variances of how often each positive beats the negatives
 * and each negative loses to the positives, and the normal distribution, cut off at 0 and 1.
 *
 * Where all positives score higher than all negatives, or lower, these variances are 0, and [1, 1] would say nothing, however few samples there
 * are. Instead, the samples make k disjoint pairs of a positive and a negative, k being the size of the smaller class. The pairs are
 * independent, each is in the right order with the probability A, the area, and all are, so that the exact interval of a proportion
 * holds, which is wider than need be, because other pairs go unused:
 *
 *     (α / 2)^(1/k) ≤ A ≤ 1
 *
 * Sources: E. DeLong, D. DeLong, D. Clarke-Pearson: Comparing the areas under two or more correlated receiver operating characteristic
 * curves: a nonparametric approach, 1988, eq. 2 to 5; C. Clopper, E. Pearson: The use of confidence or fiducial limits illustrated in the
 * case of the binomial, 1934; on areas of 1: N. Obuchowski, M. Lieber: Confidence bounds when the estimated ROC area is 1.0, 2002.
 *
 * @param labels 1 for positives, 0 for negatives.
 * @param scores the higher, the more likely positive.
 * @throws RangeError when a class has fewer than two samples, or the confidence is not between 0 and 1.
 */
export function areaInterval(
  labels: ClassNumbers,
  scores: ArrayLike<number>,
  { confidence = 0.95 }: Pick<IntervalOptions, "confidence"> = {},
): AreaInterval {
  checkConfidence(confidence);
  const counts = rankedCounts(labels, scores);
  requireBoth("the interval of an area under the ROC curve", counts);
  const { truePositives, falsePositives, positives, negatives } = counts;
  if (positives < 2 || negatives < 2) {
    throw new RangeError(
      "the interval of an area under the ROC curve needs two samples of each class; " +
        `${positives} positive and ${negatives} negative came`,
    );
  }
  const ofPositives = new Moments();
  const ofNegatives = new Moments();
  let [hitsAbove, alarmsAbove] = [0, 0];
  for (const [index, hits] of truePositives.entries()) {
    const alarms = falsePositives[index] as number;
    // The share of the other class that lies on the better side; equal scores count half.
    ofPositives.add(1 - (alarms + alarmsAbove) / 2 / negatives, hits - hitsAbove);
    ofNegatives.add((hits + hitsAbove) / 2 / positives, alarms - alarmsAbove);
    [hitsAbove, alarmsAbove] = [hits, alarms];
  }
  const value = ofPositives.mean;
  const standardError = Math.sqrt(ofPositives.variance / positives + ofNegatives.variance / negatives);
  if (standardError === 0 && (value === 0 || value === 1)) {
    const likely = ((1 - confidence) / 2) ** (1 / Math.min(positives, negatives));
    const [low, high] = value === 1 ? [likely, 1] : [0, 1 - likely];
    return { value, standardError, method: "disjoint pairs", low, high };
  }
  const reach = normalQuantile((1 + confidence) / 2) * standardError;
  return { value, standardError, method: "DeLong", low: Math.max(0, value - reach), high: Math.min(1, value + reach) };
}

/** Mean and variance of values that come several times (B. P. Welford, 1962). */
class Moments {
  #count = 0;
  #mean = 0;
  #squares = 0;

  add(value: number, times: number): void {
    if (times === 0) return;
    this.#count += times;
    const difference = value - this.#mean;
    this.#mean += (difference * times) / this.#count;
    this.#squares += times * difference * (value - this.#mean);
  }

  get mean(): number {
    return this.#mean;
  }

  /** Of the population that the values were drawn from. */
  get variance(): number {
    return this.#squares / (this.#count - 1);
  }
}
