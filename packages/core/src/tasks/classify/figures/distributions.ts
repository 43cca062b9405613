/** Quantiles of the distributions that confidence intervals are made of, in float64. */
import { erfReference } from "../../../ops/erf-reference.ts";

/**
 * The number that a standard normal variable stays below with this probability, to about 1e-12: 1.96 for 0.975.
 *
 * @throws RangeError when the probability is not between 0 and 1.
 */
export function normalQuantile(probability: number): number {
  if (!(probability > 0 && probability < 1)) {
    throw new RangeError(
      `a quantile of the normal distribution was asked for ${probability}; expected a number between 0 and 1`,
    );
  }
  // Φ(x) = (1 + erf(x / √2)) / 2. The lower half mirrors the upper one, where nothing cancels up to 8 standard deviations.
  return root((x) => (1 + erfReference(x / Math.SQRT2)) / 2 - probability, -8, 8);
}

/**
 * The number that a variable with the distribution Beta(a, b) stays below with this probability, to about 1e-12.
 *
 * @param a above 0.
 * @param b above 0.
 */
export function betaQuantile(probability: number, a: number, b: number): number {
  return root((x) => regularizedBeta(x, a, b) - probability, 0, 1);
}

/**
 * Iₓ(a, b), the distribution function of Beta(a, b), by its continued fraction, which converges quickly below the mean (Abramowitz and
 * Stegun, 26.5.8); above it, Iₓ(a, b) = 1 − I₁₋ₓ(b, a).
 */
function regularizedBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  if (x > (a + 1) / (a + b + 2)) return 1 - regularizedBeta(1 - x, b, a);
  const front = Math.exp(a * Math.log(x) + b * Math.log1p(-x) - logBeta(a, b)) / a;
  return front / betaFraction(x, a, b);
}

/** 1 + d₁/(1 + d₂/(1 + …)) by Lentz's method. */
function betaFraction(x: number, a: number, b: number): number {
  const tiny = 1e-300;
  let fraction = 1;
  let upper = 1;
  let lower = 0;
  for (let n = 1; n < 10_000; n++) {
    const m = n >> 1;
    const coefficient =
      n % 2 === 0
        ? (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
        : (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    lower = 1 / (1 + coefficient * lower || tiny);
    upper = 1 + coefficient / upper || tiny;
    const factor = upper * lower;
    fraction *= factor;
    if (Math.abs(factor - 1) < 1e-15) break;
  }
  return fraction;
}

function logBeta(a: number, b: number): number {
  return logGamma(a) + logGamma(b) - logGamma(a + b);
}

/** log Γ(x) for x > 0: the recurrence up to 20, and Stirling's series from there (Abramowitz and Stegun, 6.1.40). */
function logGamma(x: number): number {
  let shift = 0;
  let z = x;
  for (; z < 20; z++) shift += Math.log(z);
  const square = z * z;
  const series = (1 / 12 - (1 / 360 - (1 / 1260 - 1 / 1680 / square) / square) / square) / z;
  return (z - 0.5) * Math.log(z) - z + 0.5 * Math.log(2 * Math.PI) + series - shift;
}

/** Where an increasing function crosses 0, by halving the interval until it cannot be halved. */
function root(f: (x: number) => number, low: number, high: number): number {
  let [below, above] = [low, high];
  for (;;) {
    const middle = (below + above) / 2;
    if (middle === below || middle === above) return middle;
    if (f(middle) < 0) below = middle;
    else above = middle;
  }
}
