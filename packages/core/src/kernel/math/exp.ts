/**
 * The exponential and eˣ − 1: x = n · log 2 + r with an integer n and |r| ≤ ½ log 2, then eˣ = 2ⁿ · eʳ with a polynomial
 * for eʳ.
 *
 * n is found by adding a number so large that float32 has no room for a fraction beside it. The lowest bits of the sum
 * then are n, and shifting them into the exponent's place makes the power of two, without a conversion.
 */
import type { KernelBuilder } from "../builder.ts";
import { float, max, min, mul, multiplyAdd, shiftLeft, sub } from "../vec.ts";
import type { Vec } from "../vec.ts";
import * as coefficients from "./coefficients.ts";
import { polynomial } from "./polynomial.ts";

/** From here on eˣ is infinite: the smallest float32 that is at least 128 log 2. */
const OVERFLOW = 88.72284;
/** Here eˣ is 0, as it is down to −87.68. */
const UNDERFLOW = -87.34;

/** 1.5 · 2²³, beside which float32 are the integers. */
const ROUNDER = 12582912;
const EXPONENT_BIAS = 127;

/** log 2 in two parts: n times the first is exact for |n| < 2¹⁴, so r keeps its digits without a fused multiply-add too. */
const LOG2_HIGH = 0.693359375;
const LOG2_LOW = Math.LN2 - LOG2_HIGH;

/**
 * eˣ to 1.2 ulp.
 *
 * Results below 2^−125.5 ≈ 1.7e-38, subnormal ones among them, are 0. exp(x) = ∞ from 88.72284 on, where it exceeds
 * the largest float32; exp(−∞) = 0, exp(0) = 1, exp(NaN) = NaN.
 */
export function exp(k: KernelBuilder, x: Vec): Vec {
  return exponential(k, clampExponent(x, 1), 1);
}

/** Brings x to where `exponential` can compute e^(sign · x); beyond, the result is the same: 0 or ∞. */
export function clampExponent(x: Vec, sign: 1 | -1): Vec {
  const [low, high] = sign === 1 ? [UNDERFLOW, OVERFLOW] : [-OVERFLOW, -UNDERFLOW];
  return max(min(x, float(high)), float(low));
}

/** e^(sign · x) for −87.68 < sign · x ≤ 88.72284, with the properties of `exp`. */
export function exponential(k: KernelBuilder, x: Vec, sign: 1 | -1): Vec {
  // 2 eʳ · 2^(n − 1) overflows only where the result does.
  const { rest, power } = splitExponent(k, x, sign, -1);
  const doubled = coefficients.exp.map((c, i) => 2 * c * sign ** i);
  return mul(polynomial(rest, doubled), power);
}

/** eˣ − 1 for |x| < 87, to 1.5 ulp also near zero: 2ⁿ (eʳ − 1) + (2ⁿ − 1). */
export function exponentialMinusOne(k: KernelBuilder, x: Vec): Vec {
  const { rest, power } = splitExponent(k, x, 1, 0);
  const [, , ...higher] = coefficients.exp;
  const restMinusOne = multiplyAdd(mul(rest, rest), polynomial(rest, higher), rest);
  const powerOfTwo = k.let(power);
  return multiplyAdd(powerOfTwo, restMinusOne, sub(powerOfTwo, float(1)));
}

/** n and r of sign · x: gives sign · r and 2^(n + shift). */
function splitExponent(k: KernelBuilder, x: Vec, sign: 1 | -1, shift: number): { rest: Vec; power: Vec } {
  const argument = k.let(x);
  const rounder = float(ROUNDER + EXPONENT_BIAS + shift);
  const sum = k.let(multiplyAdd(argument, float(sign * Math.LOG2E), rounder));
  const n = k.let(sub(sum, rounder));
  const high = multiplyAdd(n, float(-sign * LOG2_HIGH), argument);
  const rest = k.let(multiplyAdd(n, float(-sign * LOG2_LOW), high));
  return { rest, power: shiftLeft(sum, 23) };
}
