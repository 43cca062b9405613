/** Errors of probabilities: the means of crossentropies and divergences. */
import { binaryCrossentropy as binaryLoss } from "../losses/binary-crossentropy.ts";
import { categoricalCrossentropy as categoricalLoss } from "../losses/categorical-crossentropy.ts";
import { klDivergence as divergence } from "../losses/kl-divergence.ts";
import { poisson as poissonLoss } from "../losses/poisson.ts";
import type { CrossentropyOptions } from "../losses/probability.ts";
import { sparseCategoricalCrossentropy as sparseLoss } from "../losses/sparse-categorical-crossentropy.ts";
import type { SparseCategoricalCrossentropyOptions } from "../losses/sparse-categorical-crossentropy.ts";
import { meanOfLoss } from "./mean-of-loss.ts";
import type { Metric, MetricOptions } from "./metric.ts";

export interface CrossentropyMetricOptions extends MetricOptions, Omit<CrossentropyOptions, "reduction"> {}

/**
 * The mean of −t·log p − (1 − t)·log(1 − p).
 *
 * @throws RangeError when the label smoothing is not between 0 and 1.
 */
export function binaryCrossentropy({
  name = "binary_crossentropy",
  ...options
}: CrossentropyMetricOptions = {}): Metric {
  const loss = binaryLoss(options);
  // Unlike the loss, Keras's metric has no axis.
  const { axis: _, ...config } = loss.config;
  return meanOfLoss(loss, { name, config });
}

/**
 * The mean of −Σ t·log p over the classes.
 *
 * @throws RangeError when the label smoothing is not between 0 and 1.
 */
export function categoricalCrossentropy({
  name = "categorical_crossentropy",
  ...options
}: CrossentropyMetricOptions = {}): Metric {
  return meanOfLoss(categoricalLoss(options), { name });
}

export interface SparseCategoricalCrossentropyMetricOptions
  extends MetricOptions, Omit<SparseCategoricalCrossentropyOptions, "reduction"> {}

/** The mean of −log p of the class that the target numbers. As in Keras, positions of an ignored class count as 0. */
export function sparseCategoricalCrossentropy({
  name = "sparse_categorical_crossentropy",
  ...options
}: SparseCategoricalCrossentropyMetricOptions = {}): Metric {
  const loss = sparseLoss(options);
  return meanOfLoss(loss, { name, config: { ...loss.config, axis: -1 } });
}

/** The mean of Σ t·log(t / p) over the last axis. */
export function klDivergence({ name = "kl_divergence" }: MetricOptions = {}): Metric {
  return meanOfLoss(divergence(), { name });
}

/** The mean of p − t·log p. */
export function poisson({ name = "poisson" }: MetricOptions = {}): Metric {
  return meanOfLoss(poissonLoss(), { name });
}
