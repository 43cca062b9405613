/** Thresholds as options: one, a list, or Keras's default. */
import type { MetricOptions, MetricResult } from "./metric.ts";

export interface ThresholdOptions extends MetricOptions {
  /** What a prediction, from 0 to 1, must exceed to count as yes; 1/2 unless given. Each of a list has a figure of its own. */
  readonly thresholds?: number | readonly number[] | undefined;
}

/**
 * The thresholds as a list; undefined for none.
 *
 * @throws RangeError when one is not from 0 to 1, or the list is empty.
 */
export function thresholdList(
  metricName: string,
  thresholds: number | readonly number[] | undefined,
): readonly number[] | undefined {
  if (thresholds === undefined) return undefined;
  const list = [thresholds].flat();
  if (list.length > 0 && list.every((threshold) => threshold >= 0 && threshold <= 1)) return list;
  throw new RangeError(`the thresholds of ${metricName} must lie between 0 and 1; ${JSON.stringify(thresholds)} came`);
}

/** The figure for each threshold: one number where there is one. */
export function perThreshold(numThresholds: number, figure: (index: number) => number): MetricResult {
  const figures = Array.from({ length: numThresholds }, (_, index) => figure(index));
  return figures.length === 1 ? (figures[0] as number) : figures;
}
