import type { KernelBuilder } from "../builder.ts";
import { and, float, int, max, min, multiplyAdd } from "../vec.ts";
import type { Vec } from "../vec.ts";
import * as coefficients from "./coefficients.ts";
import { exponential } from "./exp.ts";
import { polynomial } from "./polynomial.ts";
import { WITHOUT_SIGN } from "./sign.ts";

/** Where e^(−|x|) has become 0. */
const UNDERFLOW = 87.34;

/**
 * log(1 + eˣ) to 2.6 ulp, computed as max(x, 0) + log(1 + e^(−|x|)).
 *
 * Results below 1.7e-38 are 0. softplus(−∞) = 0, softplus(∞) = ∞, softplus(NaN) = NaN.
 */
export function softplus(k: KernelBuilder, x: Vec): Vec {
  const argument = k.let(x);
  const size = min(and(argument, int(WITHOUT_SIGN)), float(UNDERFLOW));
  const e = k.let(exponential(k, size, -1));
  return multiplyAdd(e, polynomial(e, coefficients.log1p), max(argument, float(0)));
}
