/** Errors of numbers: the means of losses, and what is made of them. */
import { mean } from "../../ops/reduce.ts";
import { square, sub } from "../../ops/elementwise.ts";
import { cosineOfAngle } from "../losses/cosine-similarity.ts";
import { logCosh } from "../losses/log-cosh.ts";
import { checkSameShape } from "../losses/loss.ts";
import { meanAbsoluteError as absoluteLoss } from "../losses/mean-absolute-error.ts";
import { meanSquaredError as squaredLoss } from "../losses/mean-squared-error.ts";
import {
  meanAbsolutePercentageError as percentageLoss,
  meanSquaredLogarithmicError as logarithmicLoss,
} from "../losses/relative-errors.ts";
import { meanOfLoss } from "./mean-of-loss.ts";
import { meanMetric } from "./metric.ts";
import type { Metric, MetricOptions } from "./metric.ts";
import { ratio } from "./ratio.ts";

/** The mean of (target − prediction)². */
export function meanSquaredError({ name = "mean_squared_error" }: MetricOptions = {}): Metric {
  return meanOfLoss(squaredLoss(), { name });
}

/** The mean of |target − prediction|. */
export function meanAbsoluteError({ name = "mean_absolute_error" }: MetricOptions = {}): Metric {
  return meanOfLoss(absoluteLoss(), { name });
}

/** The mean of 100 · |target − prediction| / |target|, in per cent. */
export function meanAbsolutePercentageError({ name = "mean_absolute_percentage_error" }: MetricOptions = {}): Metric {
  return meanOfLoss(percentageLoss(), { name });
}

/** The mean of (log(1 + target) − log(1 + prediction))². */
export function meanSquaredLogarithmicError({ name = "mean_squared_logarithmic_error" }: MetricOptions = {}): Metric {
  return meanOfLoss(logarithmicLoss(), { name });
}

/** The mean of log(cosh(prediction − target)). */
export function logCoshError({ name = "logcosh" }: MetricOptions = {}): Metric {
  return meanOfLoss(logCosh(), { name, className: "LogCoshError" });
}

/** √ of the mean of (target − prediction)² over all samples. */
export function rootMeanSquaredError({ name = "root_mean_squared_error" }: MetricOptions = {}): Metric {
  return {
    name,
    className: "RootMeanSquaredError",
    config: {},
    better: "smaller",
    contributions(target, prediction) {
      checkSameShape(name, target, prediction);
      return { total: mean(square(sub(prediction, target))) };
    },
    result: ({ total }, weight) => Math.sqrt(ratio(total?.[0] ?? 0, weight)),
  };
}

export interface CosineSimilarityMetricOptions extends MetricOptions {
  /** The axis of the vectors, counted as Keras counts: 0 is the batch, 1 the first of a sample. −1, the last, unless given. */
  readonly axis?: number;
}

/** The mean cosine of the angle between targets and predictions: 1 where they point the same way. */
export function cosineSimilarity({
  axis = -1,
  name = "cosine_similarity",
}: CosineSimilarityMetricOptions = {}): Metric {
  const description = { name, className: "CosineSimilarity", config: { axis }, better: "larger" } as const;
  return meanMetric(description, (target, prediction) => {
    checkSameShape(name, target, prediction);
    return mean(cosineOfAngle(target, prediction, axis));
  });
}
