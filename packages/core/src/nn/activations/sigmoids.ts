/** Activations that level off on both sides, and those that multiply x by one of them. */
import type { Node } from "../../graph/node.ts";
import {
  abs,
  add,
  clip,
  div,
  erf,
  greater,
  greaterEqual,
  mul,
  neg,
  pow,
  where,
  sigmoid as logistic,
  softplus,
  tanh,
} from "../../ops/elementwise.ts";
import { rememberLogits } from "./logits.ts";
import { relu6 } from "./rectifiers.ts";

/** 1 / (1 + e⁻ˣ) */
export function sigmoid(x: Node): Node {
  return rememberLogits("sigmoid", logistic(x), x);
}

/** log(1 / (1 + e⁻ˣ)) */
export function logSigmoid(x: Node): Node {
  return neg(softplus(neg(x)));
}

/** x / 6 + 1/2, kept between 0 and 1. */
export function hardSigmoid(x: Node): Node {
  return div(relu6(add(x, 3)), 6);
}

/** (x + 1) / 2, kept between 0 and 1. */
export function sparseSigmoid(x: Node): Node {
  return where(greaterEqual(-1, x), 0, where(greater(1, x), mul(add(x, 1), 0.5), 1));
}

/** x kept between −1 and 1. */
export function hardTanh(x: Node): Node {
  return clip(x, -1, 1);
}

/** x / (1 + |x|) */
export function softsign(x: Node): Node {
  return div(x, add(abs(x), 1));
}

/** x · sigmoid(x) (Ramachandran et al. 2017, arXiv:1710.05941) */
export function silu(x: Node): Node {
  return mul(x, logistic(x));
}

/** x · hardSigmoid(x) (Howard et al. 2019, arXiv:1905.02244) */
export function hardSilu(x: Node): Node {
  return mul(x, hardSigmoid(x));
}

/** x · Φ(x), Φ being the normal distribution's cumulative function, or its tanh approximation (arXiv:1606.08415). */
export function gelu(x: Node, { approximate = false }: { readonly approximate?: boolean } = {}): Node {
  const twicePhi = approximate
    ? add(tanh(mul(add(x, mul(pow(x, 3), 0.044715)), Math.sqrt(2 / Math.PI))), 1)
    : add(erf(mul(x, Math.SQRT1_2)), 1);
  return mul(mul(x, 0.5), twicePhi);
}
