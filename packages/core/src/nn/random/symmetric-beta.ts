import { exponential, logarithm } from "../elementary-functions.ts";

/**
 * A number of the distribution Beta(α, α), for 0 < α ≤ 1: from 0 to 1, the nearer to one of them the smaller α is, even for α = 1
 * (M. Jöhnk: Erzeugung von betaverteilten und gammaverteilten Zufallszahlen, 1964). The same in every JavaScript engine.
 *
 * @param next draws numbers between 0 and 1: two for each attempt, of which at least every other one succeeds.
 */
export function symmetricBeta(alpha: number, next: () => number): number {
  for (;;) {
    // a = u^(1/α), b = v^(1/α); where a + b ≤ 1, a / (a + b). In logarithms, because a and b may both be too small to tell from 0.
    const [logA, logB] = [logarithm(next()) / alpha, logarithm(next()) / alpha];
    const largest = Math.max(logA, logB);
    const logSum = largest + logarithm(exponential(logA - largest) + exponential(logB - largest));
    if (logSum <= 0) return exponential(logA - logSum);
  }
}
