/**
 * Losses of margins: predictions should have the sign of their target, −1 or 1, and be at least 1 from 0.
 *
 * Targets of 0 and 1 count as −1 and 1, as in Keras. Keras asks whether a whole batch holds nothing but 0 and 1; this asks sample
 * by sample, which is the same for targets of either kind and does not depend on how samples fall into batches.
 */
import type { Node } from "../../graph/node.ts";
import { add, equal, maximum, mul, square, sub, where } from "../../ops/elementwise.ts";
import { max, sum } from "../../ops/reduce.ts";
import { defineLoss, elementwiseLoss } from "./define-loss.ts";
import type { Loss, LossOptions } from "./loss.ts";

/** The mean of max(1 − t·p, 0) over the last axis. */
export function hinge(options: LossOptions = {}): Loss {
  return elementwiseLoss({ className: "Hinge", defaultName: "hinge" }, options, shortfall);
}

/** The mean of max(1 − t·p, 0)² over the last axis. */
export function squaredHinge(options: LossOptions = {}): Loss {
  return elementwiseLoss({ className: "SquaredHinge", defaultName: "squared_hinge" }, options, (target, prediction) =>
    square(shortfall(target, prediction)),
  );
}

/** max(q − p + 1, 0), p being the prediction for the right class of the last axis and q the largest one for another, or 0. */
export function categoricalHinge(options: LossOptions = {}): Loss {
  const description = { className: "CategoricalHinge", defaultName: "categorical_hinge" };
  return defineLoss(description, options, (target, prediction) => {
    const right = sum(mul(target, prediction), [-1]);
    const others = max(mul(sub(1, target), prediction), [-1]);
    return maximum(add(sub(others, right), 1), 0);
  });
}

/** What a prediction lacks to lie beyond the margin: max(1 − t·p, 0). */
function shortfall(target: Node, prediction: Node): Node {
  const isZeroOrOne = equal(mul(target, sub(target, 1)), 0);
  const isBinary = equal(sum(sub(1, isZeroOrOne)), 0);
  const signed = where(isBinary, sub(mul(target, 2), 1), target);
  return maximum(sub(1, mul(signed, prediction)), 0);
}
