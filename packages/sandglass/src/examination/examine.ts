/** What a trained autoencoder gives back of samples, and how well. */
import { rows, type Dataset, type Model } from "@sandglass/core";

/** More samples than that make figures hardly more exact. */
const MOST_SAMPLES = 5000;

export interface Examination {
  /** The samples that were examined. */
  readonly data: Dataset;
  /** What the model gave back, sample after sample. */
  readonly reconstructions: Float32Array;
  /** The mean squared error of each sample. */
  readonly errors: Float64Array;
  /** The mean of those. */
  readonly mse: number;
  /**
   * The share of the samples' variance that the reconstruction keeps: 1 is perfect, 0 is no better than always giving
   * back the mean sample.
   */
  readonly explainedVariance: number;
}

/** Examines the first samples of a data set, up to 5,000. */
export async function examine(model: Model, all: Dataset, batchSize = 128): Promise<Examination> {
  const data = rows(all, 0, Math.min(all.count, MOST_SAMPLES));
  const reconstructions = await model.predict(data, { batchSize });
  const errors = squaredErrors(data, reconstructions);
  const mse = errors.reduce((sum, error) => sum + error, 0) / data.count;
  const variance = meanVariance(data);
  return { data, reconstructions, errors, mse, explainedVariance: variance === 0 ? 0 : 1 - mse / variance };
}

function squaredErrors({ images, scale, count }: Dataset, reconstructions: Float32Array): Float64Array {
  const size = images.length / count;
  return Float64Array.from({ length: count }, (_, sample) => {
    let sum = 0;
    for (let index = sample * size; index < (sample + 1) * size; index++) {
      sum += ((images[index] ?? 0) * scale - (reconstructions[index] ?? 0)) ** 2;
    }
    return sum / size;
  });
}

/** The mean over all values of a sample of their variance over the samples. */
function meanVariance({ images, scale, count }: Dataset): number {
  const size = images.length / count;
  const sums = new Float64Array(size);
  const squares = new Float64Array(size);
  for (const [index, value] of images.entries()) {
    const place = index % size;
    sums[place] = (sums[place] ?? 0) + value;
    squares[place] = (squares[place] ?? 0) + value * value;
  }
  const total = sums.reduce((sum, value, place) => sum + (squares[place] ?? 0) / count - (value / count) ** 2, 0);
  return (total / size) * scale * scale;
}
