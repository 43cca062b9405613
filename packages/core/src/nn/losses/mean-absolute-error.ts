import { abs, sub } from "../../ops/elementwise.ts";
import { mean } from "../../ops/reduce.ts";
import { checkSameShape } from "./loss.ts";
import type { Loss } from "./loss.ts";

/** The mean of |target − prediction| over a sample. */
export function meanAbsoluteError(): Loss {
  const name = "mean_absolute_error";
  return {
    name,
    className: "MeanAbsoluteError",
    config: {},
    perSample(target, prediction) {
      checkSameShape(name, target, prediction);
      return mean(abs(sub(prediction, target)));
    },
  };
}
