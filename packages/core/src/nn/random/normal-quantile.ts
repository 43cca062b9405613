/**
 * The inverse of the normal distribution's cumulative function: turns a uniform number into a normal one.
 *
 * Rational approximations of M. J. Wichura, "Algorithm AS 241", Applied Statistics 37 (1988), routine PPND16, relative
 * error about 1e-16. Built from + − × ÷ and square root alone, which IEEE 754 rounds alike everywhere; engines differ in
 * the last bits of Math.log, so the logarithm is computed here.
 */

const CENTRE = [
  [
    3.3871328727963665, 133.14166789178438, 1971.5909503065513, 13731.69376550946, 45921.95393154987, 67265.7709270087,
    33430.57558358813, 2509.0809287301227,
  ],
  [
    1, 42.31333070160091, 687.1870074920579, 5394.196021424751, 21213.794301586597, 39307.89580009271,
    28729.085735721943, 5226.495278852854,
  ],
] as const;
const MIDDLE = [
  [
    1.4234371107496835, 4.630337846156546, 5.769497221460691, 3.6478483247632045, 1.2704582524523684,
    0.2417807251774506, 0.022723844989269184, 0.0007745450142783414,
  ],
  [
    1, 2.053191626637759, 1.6763848301838038, 0.6897673349851, 0.14810397642748008, 0.015198666563616457,
    0.0005475938084995345, 1.0507500716444169e-9,
  ],
] as const;
const TAIL = [
  [
    6.657904643501103, 5.463784911164114, 1.7848265399172913, 0.29656057182850487, 0.026532189526576124,
    0.0012426609473880784, 2.7115555687434876e-5, 2.0103343992922881e-7,
  ],
  [
    1, 0.599832206555888, 0.1369298809227358, 0.014875361290850615, 0.0007868691311456133, 1.8463183175100548e-5,
    1.421511758316446e-7, 2.0442631033899397e-15,
  ],
] as const;

/** The number that a standard normal variable stays below with the given probability, which lies between 0 and 1. */
export function normalQuantile(probability: number): number {
  const centred = probability - 0.5;
  if (Math.abs(centred) <= 0.425) return centred * ratio(CENTRE, 0.180625 - centred * centred);
  const radius = Math.sqrt(-naturalLogarithm(centred < 0 ? probability : 1 - probability));
  const distance = radius <= 5 ? ratio(MIDDLE, radius - 1.6) : ratio(TAIL, radius - 5);
  return centred < 0 ? -distance : distance;
}

function ratio([numerator, denominator]: readonly [readonly number[], readonly number[]], x: number): number {
  return polynomial(numerator, x) / polynomial(denominator, x);
}

function polynomial(coefficients: readonly number[], x: number): number {
  return coefficients.reduceRight((sum, coefficient) => sum * x + coefficient, 0);
}

const SERIES_TERMS = 12;

/** log x for 0 < x ≤ 1: x = m·2ᵉ with m near 1, log m = 2·(s + s³/3 + s⁵/5 + …) with s = (m − 1)/(m + 1). */
function naturalLogarithm(x: number): number {
  let exponent = 0;
  let mantissa = x;
  while (mantissa < Math.SQRT1_2) {
    mantissa *= 2;
    exponent--;
  }
  const s = (mantissa - 1) / (mantissa + 1);
  let series = 0;
  for (let term = SERIES_TERMS; term >= 0; term--) series = series * s * s + 1 / (2 * term + 1);
  return exponent * Math.LN2 + 2 * s * series;
}
