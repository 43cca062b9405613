/** Activations over the last axis. */
import { GraphError } from "../../graph/error.ts";
import type { Node } from "../../graph/node.ts";
import { div, exp, greater, greaterEqual, log, maximum, mul, sub, where, add } from "../../ops/elementwise.ts";
import { max, sum } from "../../ops/reduce.ts";
import { reshape } from "../../ops/shape.ts";
import { rememberLogits } from "./logits.ts";

/** eˣ, divided by its sum over the last axis. */
export function softmax(x: Node): Node {
  const powers = exp(belowMax("softmax", x));
  return rememberLogits("softmax", div(powers, sum(powers, [-1], { keepDims: true })), x);
}

/** log(softmax(x)), without the detour over numbers that are rounded to 0. */
export function logSoftmax(x: Node): Node {
  const shifted = belowMax("log_softmax", x);
  return sub(shifted, log(sum(exp(shifted), [-1], { keepDims: true })));
}

/**
 * The point of the probability simplex that is nearest to x (Martins and Astudillo 2016, arXiv:1602.02068):
 * max(x − τ, 0). Element z belongs to the support when 1 + n(z) · z > S(z), n(z) and S(z) being the number and the sum of
 * the elements that are not smaller; τ = (sum over the support − 1) / its size. Compares all pairs, so meant for short axes.
 */
export function sparsemax(x: Node): Node {
  const shifted = belowMax("sparsemax", x);
  const { shape } = x.type;
  const other = reshape(shifted, [...shape, 1]);
  const own = reshape(shifted, [...shape.slice(0, -1), 1, shape.at(-1) as number]);
  const notSmaller = greaterEqual(other, own);
  const count = sum(notSmaller, [-2]);
  const total = sum(mul(notSmaller, other), [-2]);
  const support = greater(add(mul(count, shifted), 1), total);
  const supportSum = sum(where(support, shifted, 0), [-1], { keepDims: true });
  const threshold = div(sub(supportSum, 1), sum(support, [-1], { keepDims: true }));
  return maximum(sub(shifted, threshold), 0);
}

/** x less the largest of its last axis: nothing overflows, and none of the results above changes. */
function belowMax(name: string, x: Node): Node {
  if (x.type.shape.length === 0)
    throw new GraphError(`${name} needs an axis to work along; a tensor without axes came`);
  return sub(x, max(x, [-1], { keepDims: true }));
}
