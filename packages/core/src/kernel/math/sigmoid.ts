import type { KernelBuilder } from "../builder.ts";
import { add, div, float } from "../vec.ts";
import type { Vec } from "../vec.ts";
import { clampExponent, exponential } from "./exp.ts";

/**
 * 1 / (1 + e⁻ˣ) to 2.5 ulp where the result is a normal number.
 *
 * sigmoid(−∞) = 0, reached at −88.73; sigmoid(∞) = 1, reached at 16.7; sigmoid(NaN) = NaN.
 */
export function sigmoid(k: KernelBuilder, x: Vec): Vec {
  const one = float(1);
  return div(one, add(one, exponential(k, clampExponent(x, -1), -1)));
}
