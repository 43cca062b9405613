import { abs, sub } from "../../ops/elementwise.ts";
import { elementwiseLoss } from "./define-loss.ts";
import type { Loss, LossOptions } from "./loss.ts";

/** The mean of |target − prediction| over the last axis. */
export function meanAbsoluteError(options: LossOptions = {}): Loss {
  const description = { className: "MeanAbsoluteError", defaultName: "mean_absolute_error" };
  return elementwiseLoss(description, options, (target, prediction) => abs(sub(prediction, target)));
}
