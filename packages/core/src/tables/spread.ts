import type { Spread } from "./statistics.ts";

/**
 * Where values lie.
 *
 * Mean and standard deviation are of differences from the median in units of the range. So they keep their digits where the mean is
 * large and the spread tiny (times as numbers), and neither overflow nor vanish; where the range is infinite, so is the deviation.
 *
 * @param sorted finite values, the smallest first.
 */
export function spreadOf(sorted: Float64Array): Spread {
  const { length } = sorted;
  if (length === 0) return { min: NaN, max: NaN, mean: NaN, std: NaN, q1: NaN, median: NaN, q3: NaN };
  const min = sorted[0] as number;
  const max = sorted[length - 1] as number;
  const median = quantile(sorted, 0.5);
  const { mean, std } = momentsOf(sorted, median, max - min);
  return { min, max, mean, std, q1: quantile(sorted, 0.25), median, q3: quantile(sorted, 0.75) };
}

function momentsOf(values: Float64Array, median: number, range: number): Pick<Spread, "mean" | "std"> {
  if (range === 0 || range === Infinity) return { mean: median, std: range };
  let sum = 0;
  let squares = 0;
  for (let index = 0; index < values.length; index++) {
    const difference = ((values[index] as number) - median) / range;
    sum += difference;
    squares += difference * difference;
  }
  const shift = sum / values.length;
  const variance = Math.max(0, squares / values.length - shift * shift);
  return { mean: median + shift * range, std: Math.sqrt(variance) * range };
}

/** Between neighbours it is interpolated linearly: type 7 of Hyndman and Fan (1996), NumPy's default. */
function quantile(sorted: Float64Array, share: number): number {
  const position = (sorted.length - 1) * share;
  const below = Math.floor(position);
  const low = sorted[below] as number;
  const high = sorted[Math.min(below + 1, sorted.length - 1)] as number;
  const weight = position - below;
  return low === high ? low : low * (1 - weight) + high * weight;
}
