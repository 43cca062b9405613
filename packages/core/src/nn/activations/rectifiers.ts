/** Activations that are the identity where x is large. At a kink the slope is TensorFlow's. */
import type { Node } from "../../graph/node.ts";
import {
  abs,
  add,
  clip,
  div,
  exp,
  greater,
  greaterEqual,
  maximum,
  minimum,
  mul,
  neg,
  sub,
  where,
  relu as rectify,
  softplus,
  sqrt,
  square,
  tanh,
} from "../../ops/elementwise.ts";

export interface ReluOptions {
  /** Slope below the threshold, 0 unless given. */
  readonly negativeSlope?: number;
  /** Upper end of the result; none unless given. */
  readonly maxValue?: number;
  /** Results of smaller x follow `negativeSlope`. 0 unless given. */
  readonly threshold?: number;
}

/** max(x, 0), or with options: x from `threshold` to `maxValue`, and negativeSlope · (x − threshold) below. */
export function relu(x: Node, { negativeSlope = 0, maxValue, threshold = 0 }: ReluOptions = {}): Node {
  if (negativeSlope !== 0 && maxValue === undefined && threshold === 0) return leakyRelu(x, { negativeSlope });
  const above = threshold === 0 ? rectify(x) : where(greater(x, threshold), x, 0);
  const limited = maxValue === undefined ? above : capped(above, threshold, maxValue);
  if (negativeSlope === 0) return limited;
  return sub(limited, mul(negativeSlope, rectify(sub(threshold, x))));
}

function capped(above: Node, threshold: number, maxValue: number): Node {
  // TensorFlow's relu6 has the slope 0 at 6; its clip has the slope 1 at the end.
  if (threshold === 0 && maxValue === 6) return where(greaterEqual(above, 6), 6, above);
  return clip(above, 0, maxValue);
}

/** min(max(x, 0), 6) */
export function relu6(x: Node): Node {
  return relu(x, { maxValue: 6 });
}

/** x where positive, else negativeSlope · x */
export function leakyRelu(x: Node, { negativeSlope = 0.2 }: { readonly negativeSlope?: number } = {}): Node {
  return where(greater(x, 0), x, mul(x, negativeSlope));
}

/** x where positive, else α · (eˣ − 1) (Clevert et al. 2015, arXiv:1511.07289) */
export function elu(x: Node, { alpha = 1 }: { readonly alpha?: number } = {}): Node {
  return where(greater(x, 0), x, mul(expMinusOneBelowZero(x), alpha));
}

export const SELU_ALPHA = 1.6732632423543772;
export const SELU_SCALE = 1.0507009873554805;

/** The scaled elu of self-normalizing networks (Klambauer et al. 2017, arXiv:1706.02515). */
export function selu(x: Node): Node {
  return where(greaterEqual(x, 0), mul(x, SELU_SCALE), mul(expMinusOneBelowZero(x), SELU_SCALE * SELU_ALPHA));
}

/** max(x, 0) + α · (e^(min(x, 0) / α) − 1) (Barron 2017, arXiv:1704.07483) */
export function celu(x: Node, { alpha = 1 }: { readonly alpha?: number } = {}): Node {
  return add(maximum(x, 0), mul(sub(exp(div(minimum(x, 0), alpha)), 1), alpha));
}

/** x · tanh(log(1 + eˣ)) (Misra 2019, arXiv:1908.08681) */
export function mish(x: Node): Node {
  return mul(x, tanh(softplus(x)));
}

/** (x + √(x² + b)) / 2 (Barron 2021, arXiv:2112.11687) */
export function squareplus(x: Node, { b = 4 }: { readonly b?: number } = {}): Node {
  return mul(add(x, sqrt(add(square(x), b))), 0.5);
}

/** 0 below −1, x above 1, (x + 1)² / 4 between. */
export function sparsePlus(x: Node): Node {
  return where(greaterEqual(-1, x), 0, where(greater(1, x), mul(square(add(x, 1)), 0.25), x));
}

/** x moved towards 0 by the threshold, 0 where it is nearer. */
export function softShrink(x: Node, { threshold = 0.5 }: { readonly threshold?: number } = {}): Node {
  return where(greater(x, threshold), sub(x, threshold), where(greater(neg(x), threshold), add(x, threshold), 0));
}

/** x where |x| is above the threshold, else 0. */
export function hardShrink(x: Node, { threshold = 0.5 }: { readonly threshold?: number } = {}): Node {
  return where(greater(abs(x), threshold), x, 0);
}

/** x where it is above the threshold, else a fixed value. */
export function threshold(x: Node, limit: number, defaultValue: number): Node {
  return where(greater(x, limit), x, defaultValue);
}

/** x − tanh x */
export function tanhShrink(x: Node): Node {
  return sub(x, tanh(x));
}

/** eˣ − 1 for x below 0. What is above is not used and must not overflow, for its slope would be 0 · ∞. */
function expMinusOneBelowZero(x: Node): Node {
  return sub(exp(minimum(x, 0)), 1);
}
