/** Metrics by their Keras names. */
import type { Node } from "../../graph/node.ts";
import { mean } from "../../ops/reduce.ts";
import type { Loss } from "../losses/loss.ts";
import { losses } from "../losses/registry.ts";
import { describeUnknown } from "../nearest-name.ts";
import { Registry } from "../registry.ts";
import { accuracy } from "./accuracy.ts";
import { meanMetric } from "./metric.ts";
import type { Metric } from "./metric.ts";

/** A metric, the name of one or of a loss, or a function that builds the number of each sample, of the shape []. */
export type MetricLike = Metric | string | ((target: Node, prediction: Node) => Node);

export const metrics = new Registry<Metric>("metric", "keras.metrics", {
  accuracy: () => accuracy(),
  acc: () => accuracy("acc"),
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
  if (losses.has(metric)) return lossMetric(losses.get(metric), metric);
  throw new RangeError(`unknown metric ${describeUnknown(metric, [...metrics.names, ...losses.names])}`);
}

/** The mean of a loss over samples and positions. */
function lossMetric(loss: Loss, name: string): Metric {
  return meanMetric({ name, className: loss.className, config: loss.config, better: "smaller" }, (target, prediction) =>
    mean(loss.values(target, prediction)),
  );
}
