/** Samples less their mean, and divided by their standard deviation where that is asked for, as rows for a program. */
import type { Dataset } from "../data/dataset.ts";

/** What is known of each value of a sample, over all samples. */
export interface Moments {
  readonly mean: Float64Array;
  /** Around the mean, with n in the denominator. */
  readonly variance: Float64Array;
}

/** A table of numbers that is written piece by piece, so that it never lies in memory as a whole. */
export interface RowSource {
  readonly count: number;
  /** Numbers in a row. */
  readonly size: number;
  /** Writes the rows `from` to `to − 1` one after the other to the front of `target`. */
  write(from: number, to: number, target: Float32Array | Float64Array): void;
}

/** Mean and variance of each value, added up in float64 and in two passes, so that large means cost no digits. */
export function momentsOf({ values, scale, count }: Dataset): Moments {
  const size = values.length / count;
  const mean = new Float64Array(size);
  for (let at = 0; at < values.length; at += size) {
    for (let i = 0; i < size; i++) mean[i] = (mean[i] as number) + (values[at + i] as number);
  }
  for (let i = 0; i < size; i++) mean[i] = (mean[i] as number) / count;
  const variance = new Float64Array(size);
  for (let at = 0; at < values.length; at += size) {
    for (let i = 0; i < size; i++) {
      const difference = (values[at + i] as number) - (mean[i] as number);
      variance[i] = (variance[i] as number) + difference * difference;
    }
  }
  return { mean: mean.map((sum) => sum * scale), variance: variance.map((sum) => (sum / count) * scale * scale) };
}

/**
 * The samples as rows: (value − mean) / deviation.
 *
 * @param deviation of each value; 1 unless given.
 */
export function standardizedRows(data: Dataset, mean: Float64Array, deviation?: Float64Array): RowSource {
  const { values, count, scale } = data;
  const size = mean.length;
  const factors = factorsOf(size, scale, deviation);
  const shifts = mean.map((value, i) => (value / scale) * (factors[i] as number));
  return {
    count,
    size,
    write(from, to, target) {
      for (let row = from, at = 0, source = from * size; row < to; row++) {
        for (let i = 0; i < size; i++) {
          target[at++] = (values[source++] as number) * (factors[i] as number) - (shifts[i] as number);
        }
      }
    },
  };
}

/** The same numbers with the roles changed: a row for each value of a sample, with a number for each sample. */
export function transposedRows(data: Dataset, mean: Float64Array, deviation?: Float64Array): RowSource {
  const { values, count, scale } = data;
  const size = mean.length;
  const factors = factorsOf(size, scale, deviation);
  return {
    count: size,
    size: count,
    write(from, to, target) {
      for (let sample = 0; sample < count; sample++) {
        for (let i = from; i < to; i++) {
          const value = (values[sample * size + i] as number) - (mean[i] as number) / scale;
          target[(i - from) * count + sample] = value * (factors[i] as number);
        }
      }
    },
  };
}

function factorsOf(size: number, scale: number, deviation: Float64Array | undefined): Float64Array {
  return Float64Array.from({ length: size }, (_, i) => scale / (deviation?.[i] ?? 1));
}
