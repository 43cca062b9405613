/** How alike images [height, width, channels] are. */
import { equal, log, mul, square, sub, where } from "../../ops/elementwise.ts";
import { mean } from "../../ops/reduce.ts";
import { checkSameShape } from "../losses/loss.ts";
import { structuralSimilarity } from "../losses/structural-similarity.ts";
import type { SsimOptions } from "../losses/structural-similarity.ts";
import { meanMetric } from "./metric.ts";
import type { Metric, MetricOptions } from "./metric.ts";
import { ratio } from "./ratio.ts";

export interface PsnrOptions extends MetricOptions {
  /** The difference between the largest and the smallest value that pixels may have; 1 unless given. */
  readonly maxVal?: number;
}

/**
 * The peak signal-to-noise ratio, 10 · log₁₀(maxVal² / mean squared error) in decibels, averaged over samples; Infinity where one of
 * them is reproduced exactly. It is none of Keras's metrics, so files of models cannot hold it.
 */
export function psnr({ maxVal = 1, name = "psnr" }: PsnrOptions = {}): Metric {
  return {
    name,
    className: "Custom",
    config: {},
    better: "larger",
    contributions(target, prediction) {
      checkSameShape(name, target, prediction);
      const error = mean(square(sub(prediction, target)));
      const isExact = equal(error, 0);
      const decibels = mul(sub(2 * Math.log(maxVal), log(where(isExact, 1, error))), 10 / Math.LN10);
      return { total: where(isExact, 0, decibels), exact: isExact };
    },
    result: ({ total, exact }, weight) => ((exact?.[0] ?? 0) > 0 ? Infinity : ratio(total?.[0] ?? 0, weight)),
  };
}

export interface SsimMetricOptions extends MetricOptions, SsimOptions {}

/**
 * The mean structural similarity (Wang et al. 2004): 1 for equal images. It is none of Keras's metrics, so files of models cannot
 * hold it.
 */
export function ssim({ name = "ssim", ...options }: SsimMetricOptions = {}): Metric {
  return meanMetric({ name, className: "Custom", config: {}, better: "larger" }, (target, prediction) =>
    structuralSimilarity(name, target, prediction, options),
  );
}
