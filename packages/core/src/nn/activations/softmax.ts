/** Activations over the last axis. */
import { GraphError } from "../../graph/error.ts";
import type { Node } from "../../graph/node.ts";
import { div, exp, log, sub } from "../../ops/elementwise.ts";
import { max, sum } from "../../ops/reduce.ts";
import { stopGradient } from "../../ops/stop-gradient.ts";
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
 * x less the largest of its last axis: nothing overflows, and none of the results above changes. So neither do they change
 * with the maximum, and differentiation takes it for a constant.
 */
function belowMax(name: string, x: Node): Node {
  if (x.type.shape.length === 0)
    throw new GraphError(`${name} needs an axis to work along; a tensor without axes came`);
  return sub(x, stopGradient(max(x, [-1], { keepDims: true })));
}
