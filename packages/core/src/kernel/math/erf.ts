import type { KernelBuilder } from "../builder.ts";
import { and, float, int, min, mul, or } from "../vec.ts";
import type { Vec } from "../vec.ts";
import * as coefficients from "./coefficients.ts";
import { exponentialMinusOne } from "./exp.ts";
import { polynomial } from "./polynomial.ts";
import { SIGN_BIT, WITHOUT_SIGN } from "./sign.ts";

/** From 3.92 on the error function is 1 in float32. */
const SATURATED = 3.93;

/**
 * The error function, 2/√π ∫₀ˣ e^(−t²) dt, to 3.2 ulp; its size never exceeds 1.
 *
 * Computed as 1 − e^(−|x| G(|x|)) with the sign of x and a polynomial G: the function log(1 − erf x) is smooth, and erf
 * inherits ever less of its error as it comes near 1. erf(±∞) = ±1, erf(±0) = ±0, erf(NaN) = NaN.
 */
export function erf(k: KernelBuilder, x: Vec): Vec {
  const argument = k.let(x);
  const size = k.let(min(and(argument, int(WITHOUT_SIGN)), float(SATURATED)));
  const exponent = mul(size, polynomial(size, coefficients.erf));
  const negative = exponentialMinusOne(k, exponent);
  return or(and(negative, int(WITHOUT_SIGN)), and(argument, int(SIGN_BIT)));
}
