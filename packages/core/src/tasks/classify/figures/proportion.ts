/** Shares of samples, with what they may be in truth: sensitivity of 10 in 10 is not the same as of 1,000 in 1,000. */
import { betaQuantile, normalQuantile } from "./distributions.ts";

/**
 * `wilson`: the score interval, which covers the truth as often as it says on average (E. B. Wilson: Probable inference, the law of
 * succession, and statistical inference, 1927; recommended by L. Brown et al.: Interval estimation for a binomial proportion, 2001).
 * `exact`: that of Clopper and Pearson, which covers it at least as often as it says, and so is wider (C. J. Clopper, E. S. Pearson:
 * The use of confidence or fiducial limits illustrated in the case of the binomial, 1934).
 */
export type IntervalMethod = "wilson" | "exact";

export interface IntervalOptions {
  /** How often intervals made in this way hold the truth; 0.95 unless given. */
  readonly confidence?: number;
  /** `wilson` unless given. */
  readonly method?: IntervalMethod;
}

export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** A share of samples. */
export interface Proportion extends Interval {
  /** `hits / of`. */
  readonly value: number;
  readonly hits: number;
  readonly of: number;
}

/**
 * A share with its confidence interval.
 *
 * @param hits how many.
 * @param of of how many.
 * @returns undefined of no samples at all: there is no share of nothing.
 * @throws RangeError when these are no counts, or the confidence is not between 0 and 1.
 * @example
 * proportion(9, 10); // { value: 0.9, low: 0.596, high: 0.982, hits: 9, of: 10 }
 */
export function proportion(hits: number, of: number, options: IntervalOptions = {}): Proportion | undefined {
  const { confidence = 0.95, method = "wilson" } = options;
  if (!Number.isInteger(hits) || !Number.isInteger(of) || hits < 0 || hits > of) {
    throw new RangeError(
      `a share of ${hits} in ${of} was asked for; expected counts, the first no larger than the second`,
    );
  }
  checkConfidence(confidence);
  if (of === 0) return undefined;
  return { value: hits / of, ...INTERVALS[method](hits, of, confidence), hits, of };
}

/** @throws RangeError when it is not between 0 and 1. */
export function checkConfidence(confidence: number): void {
  if (confidence > 0 && confidence < 1) return;
  throw new RangeError(`the confidence is ${confidence}; expected a number between 0 and 1, such as 0.95`);
}

const INTERVALS: Readonly<Record<IntervalMethod, (hits: number, of: number, confidence: number) => Interval>> = {
  // (p + z²/2n ± z √(p(1 − p)/n + z²/4n²)) / (1 + z²/n)
  wilson(hits, of, confidence) {
    const z = normalQuantile((1 + confidence) / 2);
    const share = hits / of;
    const square = (z * z) / of;
    const half = z * Math.sqrt((share * (1 - share)) / of + square / (4 * of));
    const low = hits === 0 ? 0 : (share + square / 2 - half) / (1 + square);
    const high = hits === of ? 1 : (share + square / 2 + half) / (1 + square);
    return { low, high };
  },
  // The shares at which as few, or as many, are as unlikely as the confidence leaves.
  exact(hits, of, confidence) {
    const tail = (1 - confidence) / 2;
    return {
      low: hits === 0 ? 0 : betaQuantile(tail, hits, of - hits + 1),
      high: hits === of ? 1 : betaQuantile(1 - tail, hits + 1, of - hits),
    };
  },
};
