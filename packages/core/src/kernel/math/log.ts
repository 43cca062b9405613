/**
 * The logarithm: x = 2ᵉ · m with √½ ≤ m < √2, then log x = e · log 2 + log m, with a polynomial in f = m − 1.
 */
import type { KernelBuilder } from "../builder.ts";
import {
  add,
  and,
  float,
  int,
  intSub,
  intToFloat,
  less,
  lessEqual,
  max,
  mul,
  multiplyAdd,
  or,
  sub,
  xor,
} from "../vec.ts";
import type { Vec } from "../vec.ts";
import * as coefficients from "./coefficients.ts";
import { polynomial } from "./polynomial.ts";

const LARGEST = 3.4028234663852886e38;
const SMALLEST_NORMAL = 2 ** -126;
const ONE_BITS = 0x3f800000;
const SQRT_HALF_BITS = 0x3f3504f3;
const INFINITY_BITS = 0x7f800000;
/** One in the exponent's place. */
const EXPONENT_UNIT = 2 ** 23;
const SIGN_AND_EXPONENT = 0xff800000;

/**
 * The natural logarithm to 1.2 ulp, also of subnormals.
 *
 * log(±0) = −∞, log(∞) = ∞; the logarithm of negative numbers and of NaN is NaN; log(1) = 0 exactly.
 */
export function log(k: KernelBuilder, x: Vec): Vec {
  const argument = k.let(x);
  // Subnormals are multiplied by 2²³ first.
  const tiny = k.let(less(argument, float(SMALLEST_NORMAL)));
  const scale = xor(int(ONE_BITS), and(tiny, int(ONE_BITS ^ (ONE_BITS + 23 * EXPONENT_UNIT))));
  const exponentShift = and(tiny, float(23 * EXPONENT_UNIT));
  const finite = logarithm(k, mul(argument, scale), exponentShift);
  // x − LARGEST is ∞ or NaN where x is, and below every logarithm elsewhere.
  const known = max(sub(argument, float(LARGEST)), finite);
  const zeroIsInfinite = sub(known, and(lessEqual(argument, float(0)), int(INFINITY_BITS)));
  return or(zeroIsInfinite, less(argument, float(0)));
}

/**
 * log(x · 2^(−shift / 2²³)) of a positive normal number x to 1.2 ulp; log(1) = 0 exactly.
 */
export function logarithm(k: KernelBuilder, x: Vec, shift: Vec = float(0)): Vec {
  const bits = k.let(x);
  // e in the exponent's place: the bits of x less those of √½, without the fraction.
  const exponent = k.let(and(intSub(bits, int(SQRT_HALF_BITS)), int(SIGN_AND_EXPONENT)));
  const f = k.let(add(intSub(bits, exponent), float(-1)));
  const [, ...higher] = coefficients.log;
  const logMantissa = multiplyAdd(mul(f, f), polynomial(f, higher), f);
  return multiplyAdd(sub(intToFloat(exponent), shift), float(Math.LN2 / EXPONENT_UNIT), logMantissa);
}
