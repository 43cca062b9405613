import { add, log, mul, sub } from "../../ops/elementwise.ts";
import { elementwiseLoss } from "./define-loss.ts";
import { EPSILON } from "./epsilon.ts";
import type { Loss, LossOptions } from "./loss.ts";

/**
 * The mean over the last axis of p − t·log(p + 1e-7): what the counts t cost when p is the mean of their Poisson distribution,
 * up to a number that only depends on t.
 */
export function poisson(options: LossOptions = {}): Loss {
  return elementwiseLoss({ className: "Poisson", defaultName: "poisson" }, options, (target, prediction) =>
    sub(prediction, mul(target, log(add(prediction, EPSILON)))),
  );
}
