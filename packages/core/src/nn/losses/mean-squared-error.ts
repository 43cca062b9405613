import { square, sub } from "../../ops/elementwise.ts";
import { mean } from "../../ops/reduce.ts";
import { checkSameShape } from "./loss.ts";
import type { Loss, LossOptions } from "./loss.ts";

/** The mean of (target − prediction)². */
export function meanSquaredError({
  reduction = "sumOverBatchSize",
  name = "mean_squared_error",
}: LossOptions = {}): Loss {
  return {
    name,
    className: "MeanSquaredError",
    config: {},
    reduction,
    values(target, prediction) {
      checkSameShape(name, target, prediction);
      return mean(square(sub(prediction, target)), [-1]);
    },
  };
}
