import { mean } from "../../ops/reduce.ts";
import type { Loss } from "../losses/loss.ts";
import { meanMetric } from "./metric.ts";
import type { Metric } from "./metric.ts";

/** The mean of a loss over samples and positions, whatever its reduction, under the name and the class of the metric. */
export function meanOfLoss(
  loss: Loss,
  { name, className = loss.className, config = loss.config }: Pick<Metric, "name"> & Partial<Metric>,
): Metric {
  return meanMetric({ name, className, config, better: "smaller" }, (target, prediction) =>
    mean(loss.values(target, prediction)),
  );
}
