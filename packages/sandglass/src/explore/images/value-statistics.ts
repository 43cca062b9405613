/** What the values of samples are like: how often each occurs, and where in the image they lie. */
import type { Dataset } from "@sandglass/core";
import type { ContentArea } from "./content-area.ts";

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

/** Sums over values between 0 and 1. */
class Sums {
  readonly count: Float64Array;
  readonly sum: Float64Array;
  readonly square: Float64Array;

  constructor(length: number) {
    this.count = new Float64Array(length);
    this.sum = new Float64Array(length);
    this.square = new Float64Array(length);
  }

  add(place: number, value: number): void {
    this.count[place] = (this.count[place] as number) + 1;
    this.sum[place] = (this.sum[place] as number) + value;
    this.square[place] = (this.square[place] as number) + value * value;
  }

  means(): Float32Array {
    return Float32Array.from(this.sum, (sum, place) => sum / Math.max(1, this.count[place] as number));
  }

  deviations(): Float32Array {
    return Float32Array.from(this.sum, (sum, place) => {
      const count = Math.max(1, this.count[place] as number);
      // What rounding leaves of a variance of zero may be negative.
      return Math.sqrt(Math.max(0, (this.square[place] as number) / count - (sum / count) ** 2));
    });
  }
}

/**
 * Goes through all values twice.
 *
 * @param areaOf where the image lies in each sample; all of it unless given.
 */
export function valueStatistics(data: Dataset, areaOf?: (sample: number) => ContentArea): ValueStatistics {
  const { count, shape, values, scale } = data;
  const size = values.length / count;
  const names = (shape.length === 3 ? CHANNEL_NAMES[shape[2] ?? 0] : undefined) ?? ["values"];
  const [height = 1, width = 1, channels = 1] = shape.length === 3 ? shape : [1, size, 1];
  const range = rangeOf(data);
  const [low, high] = range;
  const toUnit = high === low ? 0 : 1 / (high - low);
  const bins = names.map(() => new Float64Array(BINS));
  const [places, samples, kinds] = [new Sums(size), new Sums(count), new Sums(names.length)];
  const whole: ContentArea = { top: 0, bottom: height, left: 0, right: width };
  for (let sample = 0; sample < count; sample++) {
    const { top, bottom, left, right } = areaOf?.(sample) ?? whole;
    for (let row = top; row < bottom; row++) {
      const line = row * width * channels;
      for (let place = line + left * channels; place < line + right * channels; place++) {
        const unit = ((values[sample * size + place] as number) * scale - low) * toUnit;
        const kind = place % names.length;
        const counts = bins[kind] as Float64Array;
        const bin = Math.min(BINS - 1, Math.floor(unit * BINS));
        counts[bin] = (counts[bin] as number) + 1;
        places.add(place, unit);
        samples.add(sample, unit);
        kinds.add(kind, unit);
      }
    }
  }
  const extent = high - low;
  const [kindMeans, kindDeviations] = [kinds.means(), kinds.deviations()];
  return {
    range,
    channels: names.map((channel, kind) => ({
      channel,
      shares: [...(bins[kind] as Float64Array)].map((number) => number / (kinds.count[kind] as number)),
      mean: low + (kindMeans[kind] as number) * extent,
      deviation: (kindDeviations[kind] as number) * extent,
    })),
    mean: places.means().map((unit) => low + unit * extent),
    deviation: places.deviations().map((unit) => unit * extent),
    brightness: samples.means(),
    contrast: samples.deviations(),
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
