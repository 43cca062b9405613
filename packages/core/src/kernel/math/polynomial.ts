import { float, multiplyAdd } from "../vec.ts";
import type { Vec } from "../vec.ts";

/** Σ coefficients[i] · xⁱ by Horner's rule, a multiply-add for each power. `x` is repeated, so it should have a name. */
export function polynomial(x: Vec, coefficients: readonly number[]): Vec {
  return coefficients
    .map((coefficient) => float(coefficient))
    .reduceRight((higher, coefficient) => multiplyAdd(higher, x, coefficient));
}
