/** Metrics by their Keras names. */
import type { Node } from "../../graph/node.ts";
import { losses } from "../losses/registry.ts";
import { describeUnknown } from "../nearest-name.ts";
import { Registry } from "../registry.ts";
import {
  aucOptions,
  averageOptions,
  crossentropyOptions,
  decisionOptions,
  iouOptions,
  metricOptions,
  r2Options,
  thresholdOptions,
} from "./config-options.ts";
import { accuracy, binaryAccuracy, categoricalAccuracy, sparseCategoricalAccuracy } from "./accuracy.ts";
import { auc } from "./auc.ts";
import { falseNegatives, falsePositives, trueNegatives, truePositives } from "./confusion-counts.ts";
import { f1Score, fBetaScore } from "./f-score.ts";
import { categoricalHinge, hinge, squaredHinge } from "./hinge.ts";
import { psnr, ssim } from "./image-similarity.ts";
import { meanIou } from "./mean-iou.ts";
import { meanOfLoss } from "./mean-of-loss.ts";
import { meanMetric } from "./metric.ts";
import type { Metric } from "./metric.ts";
import { precision, recall } from "./precision-recall.ts";
import {
  binaryCrossentropy,
  categoricalCrossentropy,
  klDivergence,
  poisson,
  sparseCategoricalCrossentropy,
} from "./probabilistic.ts";
import { r2Score } from "./r2-score.ts";
import {
  cosineSimilarity,
  logCoshError,
  meanAbsoluteError,
  meanAbsolutePercentageError,
  meanSquaredError,
  meanSquaredLogarithmicError,
  rootMeanSquaredError,
} from "./regression.ts";
import { sparseTopKCategoricalAccuracy, topKCategoricalAccuracy } from "./top-k.ts";

/** A metric, the name of one or of a loss, or a function that builds the number of each sample, of the shape []. */
export type MetricLike = Metric | string | ((target: Node, prediction: Node) => Node);

/** By class name and by short names. */
export const metrics = new Registry<Metric>("metric", "keras.metrics", {
  AUC: (config) => auc(aucOptions(config)),
  BinaryAccuracy: (config) =>
    binaryAccuracy({ ...metricOptions(config), threshold: config.optionalNumber("threshold") ?? 0.5 }),
  BinaryCrossentropy: (config) => binaryCrossentropy(crossentropyOptions(config)),
  CategoricalAccuracy: (config) => categoricalAccuracy(metricOptions(config)),
  CategoricalCrossentropy: (config) => categoricalCrossentropy(crossentropyOptions(config)),
  CategoricalHinge: (config) => categoricalHinge(metricOptions(config)),
  CosineSimilarity: (config) =>
    cosineSimilarity({ ...metricOptions(config), axis: config.optionalNumber("axis") ?? -1 }),
  F1Score: (config) => f1Score(averageOptions(config)),
  FBetaScore: (config) => fBetaScore({ ...averageOptions(config), beta: config.optionalNumber("beta") ?? 1 }),
  FalseNegatives: (config) => falseNegatives(thresholdOptions(config)),
  FalsePositives: (config) => falsePositives(thresholdOptions(config)),
  Hinge: (config) => hinge(metricOptions(config)),
  KLDivergence: (config) => klDivergence(metricOptions(config)),
  LogCoshError: (config) => logCoshError(metricOptions(config)),
  MeanAbsoluteError: (config) => meanAbsoluteError(metricOptions(config)),
  MeanAbsolutePercentageError: (config) => meanAbsolutePercentageError(metricOptions(config)),
  MeanIoU: (config) => meanIou(config.number("num_classes"), iouOptions(config)),
  MeanSquaredError: (config) => meanSquaredError(metricOptions(config)),
  MeanSquaredLogarithmicError: (config) => meanSquaredLogarithmicError(metricOptions(config)),
  Poisson: (config) => poisson(metricOptions(config)),
  Precision: (config) => precision(decisionOptions(config)),
  R2Score: (config) => r2Score(r2Options(config)),
  Recall: (config) => recall(decisionOptions(config)),
  RootMeanSquaredError: (config) => rootMeanSquaredError(metricOptions(config)),
  SparseCategoricalAccuracy: (config) => sparseCategoricalAccuracy(metricOptions(config)),
  SparseCategoricalCrossentropy: (config) =>
    sparseCategoricalCrossentropy({
      ...metricOptions(config),
      fromLogits: config.boolean("from_logits", false),
      ignoreClass: config.optionalNumber("ignore_class"),
    }),
  SparseTopKCategoricalAccuracy: (config) =>
    sparseTopKCategoricalAccuracy({ ...metricOptions(config), k: config.optionalNumber("k") ?? 5 }),
  SquaredHinge: (config) => squaredHinge(metricOptions(config)),
  TopKCategoricalAccuracy: (config) =>
    topKCategoricalAccuracy({ ...metricOptions(config), k: config.optionalNumber("k") ?? 5 }),
  TrueNegatives: (config) => trueNegatives(thresholdOptions(config)),
  TruePositives: (config) => truePositives(thresholdOptions(config)),
  acc: () => accuracy(),
  accuracy: () => accuracy(),
  bce: () => binaryCrossentropy(),
  mae: () => meanAbsoluteError(),
  mape: () => meanAbsolutePercentageError(),
  mse: () => meanSquaredError(),
  msle: () => meanSquaredLogarithmicError(),
  psnr: () => psnr(),
  ssim: () => ssim(),
});

/**
 * The metric that was asked for, under the name that was used, as in Keras.
 *
 * @throws RangeError when there is none of that name; it suggests the nearest.
 */
export function getMetric(metric: MetricLike): Metric {
  if (typeof metric === "object") return metric;
  if (typeof metric === "function") {
    return meanMetric({ name: metric.name || "metric", className: "Custom", config: {}, better: "smaller" }, metric);
  }
  if (metrics.has(metric)) return { ...metrics.get(metric), name: metric };
  if (losses.has(metric)) return meanOfLoss(losses.get(metric), { name: metric });
  throw new RangeError(`unknown metric ${describeUnknown(metric, [...metrics.names, ...losses.names])}`);
}

/**
 * The metrics that were asked for. Of several with one name the second gets a number, as in Keras: `precision`, `precision_1`.
 *
 * @throws RangeError when there is none of a name; it suggests the nearest.
 */
export function getMetrics(likes: readonly MetricLike[]): Metric[] {
  const counts = new Map<string, number>();
  return likes.map((like) => {
    const metric = getMetric(like);
    const count = counts.get(metric.name) ?? 0;
    counts.set(metric.name, count + 1);
    return count === 0 ? metric : { ...metric, name: `${metric.name}_${count}` };
  });
}
