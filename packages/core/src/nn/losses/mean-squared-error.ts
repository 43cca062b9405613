import { square, sub } from "../../ops/elementwise.ts";
import { elementwiseLoss } from "./define-loss.ts";
import type { Loss, LossOptions } from "./loss.ts";

/** The mean of (target − prediction)² over the last axis. */
export function meanSquaredError(options: LossOptions = {}): Loss {
  const description = { className: "MeanSquaredError", defaultName: "mean_squared_error" };
  return elementwiseLoss(description, options, (target, prediction) => square(sub(prediction, target)));
}
