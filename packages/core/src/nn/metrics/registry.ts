/** Metrics by their Keras names. */
import type { Node } from "../../graph/node.ts";
import { findLoss, lossNames } from "../losses/registry.ts";
import { describeUnknown } from "../nearest-name.ts";
import { accuracy } from "./accuracy.ts";
import type { Metric } from "./metric.ts";

/** A metric, the name of one or of a loss, or a function that builds the number of each sample, of the shape []. */
export type MetricLike = Metric | string | ((target: Node, prediction: Node) => Node);

const METRICS: Readonly<Record<string, (name: string) => Metric>> = { accuracy, acc: accuracy };

/**
 * The metric that was asked for, under the name that was used, as in Keras.
 *
 * @throws RangeError when there is none of that name; it suggests the nearest.
 */
export function getMetric(metric: MetricLike): Metric {
  if (typeof metric === "object") return metric;
  if (typeof metric === "function") return { name: metric.name || "metric", better: "smaller", perSample: metric };
  const make = METRICS[metric.toLowerCase()];
  if (make !== undefined) return make(metric);
  const loss = findLoss(metric);
  if (loss !== undefined) {
    return { name: metric, better: "smaller", perSample: (target, prediction) => loss.perSample(target, prediction) };
  }
  throw new RangeError(`unknown metric ${describeUnknown(metric, [...Object.keys(METRICS), ...lossNames()])}`);
}
