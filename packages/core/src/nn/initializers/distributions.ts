/** Draws from the distributions of the initializers, computed in float64 and rounded once. */
import { normalQuantile } from "../random/normal-quantile.ts";
import type { RandomBits } from "../random/random-bits.ts";

/** P(standard normal < −2): a truncated normal keeps what lies within two standard deviations. */
const BELOW_TWO_DEVIATIONS = 0.022750131948179195;

/** `count` numbers between `low` and `high`. */
export function drawUniform(count: number, bits: RandomBits, low: number, high: number): Float32Array {
  return Float32Array.from({ length: count }, (_, index) => low + bits.fraction(index) * (high - low));
}

/** `count` numbers from a normal distribution. */
export function drawNormal(count: number, bits: RandomBits, mean: number, deviation: number): Float32Array {
  return Float32Array.from({ length: count }, (_, index) => mean + deviation * normalQuantile(bits.fraction(index)));
}

/** `count` numbers from a normal distribution that is cut at two standard deviations from its mean. */
export function drawTruncatedNormal(count: number, bits: RandomBits, mean: number, deviation: number): Float32Array {
  const kept = 1 - 2 * BELOW_TWO_DEVIATIONS;
  return Float32Array.from(
    { length: count },
    (_, index) => mean + deviation * normalQuantile(BELOW_TWO_DEVIATIONS + kept * bits.fraction(index)),
  );
}
