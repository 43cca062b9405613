/** What the values of samples are like: how often each occurs, and where in the image they lie. */
import type { Dataset } from "@sandglass/core";

export interface ChannelHistogram {
  /** `grey`, `red`, …; `values` of samples that are no images. */
  readonly channel: string;
  /** The share of the values in each of equal parts of the range. */
  readonly shares: readonly number[];
  readonly mean: number;
  readonly deviation: number;
}

export interface ValueStatistics {
  /** The smallest and the largest value that images may have: 0 and 1, or those of the samples where these lie outside. */
  readonly range: readonly [low: number, high: number];
  readonly channels: readonly ChannelHistogram[];
  /** Of each value of a sample, over the samples. */
  readonly mean: Float32Array;
  readonly deviation: Float32Array;
  /** Of each sample, over its values: 0 is the low end of the range, 1 the high one. */
  readonly brightness: Float32Array;
  /** The same of the standard deviation over its values. */
  readonly contrast: Float32Array;
}

/** As many bins as a phone has room for. */
export const BINS = 64;
const CHANNEL_NAMES: Readonly<Record<number, readonly string[]>> = {
  1: ["grey"],
  3: ["red", "green", "blue"],
  4: ["red", "green", "blue", "opacity"],
};

/** Goes through all values twice. */
export function valueStatistics(data: Dataset): ValueStatistics {
  const { count, shape, values, scale } = data;
  const range = rangeOf(data);
  const [low, high] = range;
  const size = values.length / count;
  const names = (shape.length === 3 ? CHANNEL_NAMES[shape[2] ?? 0] : undefined) ?? ["values"];
  const counts = names.map(() => new Float64Array(BINS));
  const [sums, squares] = [new Float64Array(size), new Float64Array(size)];
  const [brightness, contrast] = [new Float32Array(count), new Float32Array(count)];
  const toUnit = high === low ? 0 : 1 / (high - low);
  for (let sample = 0, at = 0; sample < count; sample++) {
    let [sum, square] = [0, 0];
    for (let place = 0; place < size; place++, at++) {
      const unit = ((values[at] as number) * scale - low) * toUnit;
      const bins = counts[place % names.length] as Float64Array;
      const bin = Math.min(BINS - 1, Math.floor(unit * BINS));
      bins[bin] = (bins[bin] as number) + 1;
      sums[place] = (sums[place] as number) + unit;
      squares[place] = (squares[place] as number) + unit * unit;
      sum += unit;
      square += unit * unit;
    }
    brightness[sample] = sum / size;
    contrast[sample] = deviationOf(sum, square, size);
  }
  const back = (unit: number): number => low + unit * (high - low);
  return {
    range,
    channels: names.map((channel, index) => {
      const places = size / names.length;
      const total = (of: Float64Array): number =>
        of.reduce((sum, value, place) => (place % names.length === index ? sum + value : sum), 0);
      const bins = counts[index] as Float64Array;
      return {
        channel,
        shares: [...bins].map((number) => number / (places * count)),
        mean: back(total(sums) / (places * count)),
        deviation: deviationOf(total(sums), total(squares), places * count) * (high - low),
      };
    }),
    mean: Float32Array.from(sums, (sum) => back(sum / count)),
    deviation: Float32Array.from(
      sums,
      (sum, place) => deviationOf(sum, squares[place] as number, count) * (high - low),
    ),
    brightness,
    contrast,
  };
}

/** Pictures in which there is next to nothing to be seen. */
export interface ExtremePicture {
  /** The position of the sample. */
  readonly sample: number;
  readonly kind: "dark" | "bright" | "flat";
}

/** Below this mean, or as near to white, on a scale from 0 to 1 … */
const DARK = 0.03;
/** … where little stands out from it, as the lines of a drawing do. */
const FAINT = 0.1;
/** All values are nearly the same: a standard deviation of 3 of 255. */
const FLAT = 0.012;

/** Finds them. */
export function extremePictures({ brightness, contrast }: ValueStatistics): readonly ExtremePicture[] {
  return Array.from(brightness, (mean, sample): ExtremePicture | undefined => {
    const deviation = contrast[sample] as number;
    if (deviation < FLAT) return { sample, kind: "flat" };
    if (deviation > FAINT) return undefined;
    if (mean < DARK) return { sample, kind: "dark" };
    return mean > 1 - DARK ? { sample, kind: "bright" } : undefined;
  }).filter((found) => found !== undefined);
}

function rangeOf({ values, scale }: Dataset): readonly [number, number] {
  let [low, high] = [Infinity, -Infinity];
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  // Bytes that were scaled in float32 may be a rounding above 1.
  return low * scale >= 0 && high * scale <= 1 + 1e-6 ? [0, 1] : [low * scale, high * scale];
}

/** What rounding leaves of a variance of zero may be negative. */
function deviationOf(sum: number, square: number, count: number): number {
  return Math.sqrt(Math.max(0, square / count - (sum / count) ** 2));
}
