import { abs, sub } from "../../ops/elementwise.ts";
import { mean } from "../../ops/reduce.ts";
import { checkSameShape } from "./loss.ts";
import type { Loss, LossOptions } from "./loss.ts";

/** The mean of |target − prediction|. */
export function meanAbsoluteError({
  reduction = "sumOverBatchSize",
  name = "mean_absolute_error",
}: LossOptions = {}): Loss {
  return {
    name,
    className: "MeanAbsoluteError",
    config: {},
    reduction,
    values(target, prediction) {
      checkSameShape(name, target, prediction);
      return mean(abs(sub(prediction, target)), [-1]);
    },
  };
}
