/** What the values of samples are like: how they are compared and come out of a model follows from it. */
import { toRows } from "../nn/tensor-data.ts";
import type { DataLike } from "../nn/tensor-data.ts";
import type { Shape } from "../graph/tensor-type.ts";

export interface ValueSummary {
  readonly min: number;
  readonly max: number;
  readonly mean: number;
  /** The mean over the places of a sample of their variance over the samples. */
  readonly variance: number;
}

/** Looks at all values. */
export function summarizeValues(data: DataLike, shape: Shape): ValueSummary {
  const { data: values, scale, size, count } = toRows("the data", data, shape);
  const sums = new Float64Array(size);
  const squares = new Float64Array(size);
  let [min, max] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let row = 0, at = 0; row < count; row++) {
    for (let place = 0; place < size; place++, at++) {
      const value = (values[at] as number) * scale;
      if (value < min) min = value;
      if (value > max) max = value;
      sums[place] = (sums[place] as number) + value;
      squares[place] = (squares[place] as number) + value * value;
    }
  }
  const total = sums.reduce((sum, value) => sum + value, 0);
  // What rounding leaves of a variance of zero may be negative.
  const variance = sums.reduce(
    (sum, value, place) => sum + Math.max(0, (squares[place] as number) / count - (value / count) ** 2),
    0,
  );
  return { min, max, mean: total / count / size, variance: variance / size };
}

/** Where samples lie, and stay when they are changed: from 0 to 1, or wherever their values are. */
export function rangeOfValues(values: ValueSummary): readonly [low: number, high: number] {
  return isUnitInterval(values) ? [0, 1] : [values.min, values.max];
}

/** Whether all values lie from 0 to 1, as those of images do. */
export function isUnitInterval({ min, max }: ValueSummary): boolean {
  // Bytes that were scaled by 1/255 in float32 may be a rounding above 1.
  return min >= 0 && max <= 1 + 1e-6;
}
