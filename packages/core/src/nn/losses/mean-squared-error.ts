import { square, sub } from "../../ops/elementwise.ts";
import { mean } from "../../ops/reduce.ts";
import { checkSameShape } from "./loss.ts";
import type { Loss } from "./loss.ts";

/** The mean of (target − prediction)² over a sample. */
export function meanSquaredError(): Loss {
  const name = "mean_squared_error";
  return {
    name,
    className: "MeanSquaredError",
    config: {},
    perSample(target, prediction) {
      checkSameShape(name, target, prediction);
      return mean(square(sub(prediction, target)));
    },
  };
}
