import type { KernelBuilder } from "../builder.ts";
import { add, and, float, int, intAdd, mul, select, shiftLeft, shiftRight, sub, xor } from "../vec.ts";
import type { Vec } from "../vec.ts";
import * as coefficients from "./coefficients.ts";
import { polynomial } from "./polynomial.ts";
import { SIGN_BIT } from "./sign.ts";

/** 1.5 · 2²³ / 4: float32 beside it are the multiples of ¼, and their lowest bits count quarters. */
const ROUNDER = 3145728;

/**
 * The sine and cosine of an angle given in turns, sin 2πu and cos 2πu, for |u| ≤ 2¹⁹: to 2.5 ulp each, and exact at
 * multiples of a quarter turn. NaN gives NaN.
 */
export function sinCosTurns(k: KernelBuilder, u: Vec): { readonly sin: Vec; readonly cos: Vec } {
  const turns = k.let(u);
  const quarters = k.let(add(turns, float(ROUNDER)));
  // |rest| ≤ ⅛, exact.
  const rest = k.let(sub(turns, sub(quarters, float(ROUNDER))));
  const z = k.let(mul(rest, rest));
  const sin = k.let(mul(rest, polynomial(z, coefficients.sinTurns)));
  const cos = k.let(polynomial(z, coefficients.cosTurns));
  // A quarter turn takes (sin, cos) to (cos, −sin).
  const odd = k.let(shiftRight(shiftLeft(quarters, 31), 31));
  const halfTurn = (count: Vec): Vec => and(shiftLeft(count, 30), int(SIGN_BIT));
  return {
    sin: xor(select(odd, cos, sin), halfTurn(quarters)),
    cos: xor(select(odd, sin, cos), halfTurn(intAdd(quarters, int(1)))),
  };
}
