/** Probabilities out of any numbers. */
import { GraphError } from "../../graph/error.ts";
import type { Node } from "../../graph/node.ts";
import { div, exp, log, sub } from "../../ops/elementwise.ts";
import { max, sum } from "../../ops/reduce.ts";
import { stopGradient } from "../../ops/stop-gradient.ts";
import { rememberLogits } from "./logits.ts";

/** eˣ, divided by its sum over axes of the sample, the last one unless given. */
export function softmax(x: Node, axes: readonly number[] = [-1]): Node {
  const powers = exp(belowMax("softmax", x, axes));
  const probabilities = div(powers, sum(powers, axes, { keepDims: true }));
  const [axis, ...others] = axes;
  // Crossentropies take classes along the last axis.
  const hasClassesLast = others.length === 0 && (axis === -1 || axis === x.type.shape.length - 1);
  return hasClassesLast ? rememberLogits("softmax", probabilities, x) : probabilities;
}

/** log(softmax(x)) over the last axis, without the detour over numbers that are rounded to 0. */
export function logSoftmax(x: Node): Node {
  const shifted = belowMax("log_softmax", x, [-1]);
  return sub(shifted, log(sum(exp(shifted), [-1], { keepDims: true })));
}

/**
 * x less the largest along the axes: nothing overflows, and none of the results above changes. So neither do they change
 * with the maximum, and differentiation takes it for a constant.
 */
function belowMax(name: string, x: Node, axes: readonly number[]): Node {
  if (x.type.shape.length === 0)
    throw new GraphError(`${name} needs an axis to work along; a tensor without axes came`);
  return sub(x, stopGradient(max(x, axes, { keepDims: true })));
}
