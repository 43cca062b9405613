/** Which samples are unlike all others. */

export interface Outlier {
  /** The position of the sample. */
  readonly sample: number;
  readonly error: number;
  /** How many robust standard deviations the logarithm of the error lies above the median. */
  readonly distance: number;
}

export interface Outliers {
  /** The samples with the largest errors, the worst first, whether far from the others or not. */
  readonly worst: readonly Outlier[];
  /** How many lie far from all others. */
  readonly far: number;
}

/** What a normal distribution would have less than once in 30,000. */
const FAR = 4;
/** From the median absolute deviation to the standard deviation of a normal distribution. */
const TO_DEVIATION = 1.4826;

/**
 * Ranks samples by their errors. Errors of images spread like their logarithms do: pictures rich in detail have some times the error of
 * others, and are none the stranger.
 *
 * @param errors of each sample, by an analysis that has not seen it.
 * @param shown how many to name.
 */
export function findOutliers(errors: Float32Array, shown: number): Outliers {
  const logs = Float64Array.from(errors, (error) => Math.log(Math.max(error, Number.MIN_VALUE)));
  const middle = median(logs);
  const spread = TO_DEVIATION * median(logs.map((log) => Math.abs(log - middle)));
  const distances = logs.map((log) => (spread === 0 ? 0 : (log - middle) / spread));
  const order = Array.from(errors.keys()).toSorted((a, b) => (errors[b] as number) - (errors[a] as number));
  return {
    worst: order.slice(0, shown).map((sample) => ({
      sample,
      error: errors[sample] as number,
      distance: distances[sample] as number,
    })),
    far: distances.filter((distance) => distance > FAR).length,
  };
}

function median(values: Float64Array): number {
  return values.toSorted()[Math.floor(values.length / 2)] ?? Number.NaN;
}
