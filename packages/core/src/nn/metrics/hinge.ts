/** Errors of margins: the means of the hinge losses. */
import {
  categoricalHinge as categoricalHingeLoss,
  hinge as hingeLoss,
  squaredHinge as squaredHingeLoss,
} from "../losses/hinge.ts";
import { meanOfLoss } from "./mean-of-loss.ts";
import type { Metric, MetricOptions } from "./metric.ts";

/** The mean of max(1 − t·p, 0), targets t being −1 or 1, or 0 or 1. */
export function hinge({ name = "hinge" }: MetricOptions = {}): Metric {
  return meanOfLoss(hingeLoss(), { name });
}

/** The mean of max(1 − t·p, 0)², targets t being −1 or 1, or 0 or 1. */
export function squaredHinge({ name = "squared_hinge" }: MetricOptions = {}): Metric {
  return meanOfLoss(squaredHingeLoss(), { name });
}

/** The mean of max(q − p + 1, 0), p being the prediction for the right class and q the largest one for another. */
export function categoricalHinge({ name = "categorical_hinge" }: MetricOptions = {}): Metric {
  return meanOfLoss(categoricalHingeLoss(), { name });
}
