/** Normalizes each sample by itself, over some of its axes. */
import type { Node } from "../../graph/node.ts";
import { add, div, maximum, sqrt, square, sub } from "../../ops/elementwise.ts";
import { mean, sum } from "../../ops/reduce.ts";
import { stopGradient } from "../../ops/stop-gradient.ts";

/** (x − mean) / √(variance + ε) */
export function standardize(x: Node, axes: readonly number[], epsilon: number): Node {
  const average = mean(x, axes, { keepDims: true });
  return div(sub(x, average), deviation(x, average, axes, epsilon));
}

/** x / √(variance + ε) */
export function divideByDeviation(x: Node, axes: readonly number[], epsilon: number): Node {
  return div(x, deviation(x, mean(x, axes, { keepDims: true }), axes, epsilon));
}

/** x / √Σx², but at least `shortest` in place of the root: the slope of a length of 0 is 0, not NaN as in Keras. */
export function divideByLength(x: Node, axes: readonly number[], shortest: number): Node {
  return div(x, sqrt(maximum(sum(square(x), axes, { keepDims: true }), shortest * shortest)));
}

/** The variance has no slope in the mean, Σ −2 (x − mean) being 0, so gradients do not take that way. */
function deviation(x: Node, average: Node, axes: readonly number[], epsilon: number): Node {
  const variance = mean(square(sub(x, stopGradient(average))), axes, { keepDims: true });
  return sqrt(add(variance, epsilon));
}
