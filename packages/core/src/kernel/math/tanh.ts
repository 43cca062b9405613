import type { KernelBuilder } from "../builder.ts";
import { add, and, div, float, int, min, or } from "../vec.ts";
import type { Vec } from "../vec.ts";
import { exponentialMinusOne } from "./exp.ts";
import { SIGN_BIT, WITHOUT_SIGN } from "./sign.ts";

/** From 9.02 on the hyperbolic tangent is 1 in float32. */
const SATURATED = 9.1;

/**
 * The hyperbolic tangent to 2.7 ulp, computed as (e^(2|x|) − 1) / (e^(2|x|) + 1) with the sign of x; its size never exceeds 1.
 *
 * tanh(±∞) = ±1, tanh(±0) = ±0, tanh(NaN) = NaN.
 */
export function tanh(k: KernelBuilder, x: Vec): Vec {
  const argument = k.let(x);
  const size = k.let(min(and(argument, int(WITHOUT_SIGN)), float(SATURATED)));
  const above = k.let(exponentialMinusOne(k, add(size, size)));
  return or(div(above, add(above, float(2))), and(argument, int(SIGN_BIT)));
}
