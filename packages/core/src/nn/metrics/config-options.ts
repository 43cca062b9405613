/** The options of metrics, from the configurations that Keras wrote. */
import type { ConfigReader } from "../config-reader.ts";
import type { AucOptions } from "./auc.ts";
import type { F1ScoreOptions } from "./f-score.ts";
import type { MeanIouOptions } from "./mean-iou.ts";
import type { MetricOptions } from "./metric.ts";
import type { PrecisionRecallOptions } from "./precision-recall.ts";
import type { CrossentropyMetricOptions } from "./probabilistic.ts";
import type { R2ScoreOptions } from "./r2-score.ts";
import type { ThresholdOptions } from "./thresholds.ts";

/** What every metric has. */
export function metricOptions(config: ConfigReader): MetricOptions {
  const name = config.string("name", "");
  return name === "" ? {} : { name };
}

export function crossentropyOptions(config: ConfigReader): CrossentropyMetricOptions {
  config.requireOnly({ axis: -1 });
  return {
    ...metricOptions(config),
    fromLogits: config.boolean("from_logits", false),
    labelSmoothing: config.optionalNumber("label_smoothing") ?? 0,
  };
}

export function thresholdOptions(config: ConfigReader): ThresholdOptions {
  const thresholds = config.isList("thresholds") ? config.numbers("thresholds") : config.optionalNumber("thresholds");
  return { ...metricOptions(config), thresholds };
}

export function decisionOptions(config: ConfigReader): PrecisionRecallOptions {
  return {
    ...thresholdOptions(config),
    topK: config.optionalNumber("top_k"),
    classId: config.optionalNumber("class_id"),
  };
}

export function aucOptions(config: ConfigReader): AucOptions {
  config.requireOnly({ label_weights: null });
  return {
    ...metricOptions(config),
    numThresholds: config.optionalNumber("num_thresholds") ?? 200,
    curve: choice(config, "curve", { ROC: "ROC", PR: "PR" }, "ROC"),
    summationMethod: choice(
      config,
      "summation_method",
      { interpolation: "interpolation", minoring: "minoring", majoring: "majoring" },
      "interpolation",
    ),
    thresholds: config.isList("thresholds") ? config.numbers("thresholds") : undefined,
    multiLabel: config.boolean("multi_label", false),
    fromLogits: config.boolean("from_logits", false),
  };
}

export function averageOptions(config: ConfigReader): F1ScoreOptions {
  const averages = { micro: "micro", macro: "macro", weighted: "weighted", "": undefined } as const;
  return {
    ...metricOptions(config),
    average: choice(config, "average", averages, ""),
    threshold: config.optionalNumber("threshold"),
  };
}

export function r2Options(config: ConfigReader): R2ScoreOptions {
  config.requireOnly({ num_regressors: 0 });
  const aggregations = {
    uniform_average: "uniformAverage",
    variance_weighted_average: "varianceWeightedAverage",
    "": "none",
  } as const;
  return { ...metricOptions(config), classAggregation: choice(config, "class_aggregation", aggregations, "") };
}

export function iouOptions(config: ConfigReader): MeanIouOptions {
  config.requireOnly({ axis: -1 });
  return {
    ...metricOptions(config),
    ignoreClass: config.optionalNumber("ignore_class"),
    sparseTarget: config.boolean("sparse_y_true", true),
    sparsePrediction: config.boolean("sparse_y_pred", true),
  };
}

/** What Keras's word under a key means, `absent` standing for null or nothing. */
function choice<T>(config: ConfigReader, key: string, meanings: Readonly<Record<string, T>>, absent: string): T {
  const word = config.string(key, absent);
  if (Object.hasOwn(meanings, word)) return meanings[word] as T;
  const known = Object.keys(meanings).filter((name) => name !== "");
  throw new RangeError(
    `"${key}" of ${config.className} must be one of ${known.join(", ")}; ${JSON.stringify(word)} came`,
  );
}
