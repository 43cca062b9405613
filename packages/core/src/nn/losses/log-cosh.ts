import { add, mul, softplus, sub } from "../../ops/elementwise.ts";
import { elementwiseLoss } from "./define-loss.ts";
import type { Loss, LossOptions } from "./loss.ts";

/**
 * The mean over the last axis of log(cosh e), e = prediction − target: about ½e² for small errors and |e| − log 2 for large
 * ones. Computed as e + softplus(−2e) − log 2, which does not overflow.
 */
export function logCosh(options: LossOptions = {}): Loss {
  return elementwiseLoss({ className: "LogCosh", defaultName: "log_cosh" }, options, (target, prediction) => {
    const error = sub(prediction, target);
    return sub(add(error, softplus(mul(error, -2))), Math.LN2);
  });
}
