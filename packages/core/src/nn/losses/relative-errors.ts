/** Errors that are measured against the size of the target. */
import type { Node } from "../../graph/node.ts";
import { abs, add, div, log, maximum, mul, square, sub } from "../../ops/elementwise.ts";
import { elementwiseLoss } from "./define-loss.ts";
import { EPSILON } from "./epsilon.ts";
import type { Loss, LossOptions } from "./loss.ts";

/** The mean of 100 · |target − prediction| / |target| over the last axis, in per cent; targets nearer to 0 than 1e-7 count as that. */
export function meanAbsolutePercentageError(options: LossOptions = {}): Loss {
  const description = { className: "MeanAbsolutePercentageError", defaultName: "mean_absolute_percentage_error" };
  return elementwiseLoss(description, options, (target, prediction) =>
    mul(abs(div(sub(target, prediction), maximum(abs(target), EPSILON))), 100),
  );
}

/** The mean of (log(1 + target) − log(1 + prediction))² over the last axis; what is below 1e-7 counts as that. */
export function meanSquaredLogarithmicError(options: LossOptions = {}): Loss {
  const description = { className: "MeanSquaredLogarithmicError", defaultName: "mean_squared_logarithmic_error" };
  return elementwiseLoss(description, options, (target, prediction) => {
    const logarithm = (x: Node): Node => log(add(maximum(x, EPSILON), 1));
    return square(sub(logarithm(prediction), logarithm(target)));
  });
}
