/**
 * Logarithm, exponential, power and cosine from additions, multiplications and divisions alone: ECMAScript leaves the last bits
 * of Math.log, Math.exp, `**` and Math.cos to the engine. Relative errors are a few units of float64's last place; the power's
 * grow with |y · log x|.
 */
import { integerPower } from "./integer-power.ts";

const { LN2, SQRT2 } = Math;

/** The natural logarithm of a positive number. */
export function logarithm(x: number): number {
  // x = m · 2ᵉ with m in [√½, √2)
  let [m, e] = [x, 0];
  for (; m >= SQRT2; m /= 2) e++;
  for (; m < SQRT2 / 2; m *= 2) e--;
  // log m = 2 artanh s = 2(s + s³/3 + s⁵/5 + …), s = (m − 1)/(m + 1), |s| < 0.172
  const s = (m - 1) / (m + 1);
  let series = 0;
  for (let n = 23; n >= 1; n -= 2) series = series * s * s + 1 / n;
  return e * LN2 + 2 * s * series;
}

/** eˣ */
export function exponential(x: number): number {
  // eˣ = 2ᵏ · eʳ with |r| ≤ log(2)/2, eʳ = 1 + r(1 + r/2(1 + r/3(…)))
  const k = Math.round(x / LN2);
  const r = x - k * LN2;
  let series = 1;
  for (let n = 16; n >= 1; n--) series = 1 + (r / n) * series;
  return series * (k < 0 ? integerPower(0.5, -k) : integerPower(2, k));
}

/** xʸ for x from 0 on. */
export function power(x: number, y: number): number {
  if (y < 0) return 1 / power(x, -y);
  if (Number.isInteger(y)) return integerPower(x, y);
  return x === 0 ? 0 : exponential(y * logarithm(x));
}

/** cos x for |x| up to about π, where the error of its Taylor series is below 1e-15. */
export function cosine(x: number): number {
  let series = 1;
  for (let n = 30; n >= 2; n -= 2) series = 1 - ((x * x) / (n * (n - 1))) * series;
  return series;
}
