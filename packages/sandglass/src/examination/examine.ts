/** What a trained autoencoder gives back of samples, and how well. */
import {
  classic,
  representativeSamples,
  rows,
  targetsOf,
  type AnyDataset,
  type Autoencoder,
  type BatchOptions,
  type Dataset,
  type Device,
} from "@sandglass/core";
import type { PcaCaveat, PcaFigures, TargetFigures } from "../runs/run-record.ts";
import { meanOf, squaredErrors } from "./squared-errors.ts";
import { targetFigures } from "./target-figures.ts";

/** More samples than that make figures hardly more exact; more values than that take much memory several times over. */
const MOST_SAMPLES = 5000;
const MOST_VALUES = 2 ** 24;

/** What can give samples back. */
type Reconstructing = Pick<Autoencoder, "reconstruct">;

export interface Examination {
  /** The samples that were examined. */
  readonly data: Dataset;
  /** What the model gave back, sample after sample. */
  readonly reconstructions: Float32Array;
  /** The mean squared error of each sample; of samples with targets, against these. */
  readonly errors: Float64Array;
  /** The mean of those. */
  readonly mse: number;
  /**
   * The share of the samples' variance that the reconstruction keeps: 1 is perfect, 0 is no better than always giving
   * back the mean sample. Of samples with targets, the same of these.
   */
  readonly explainedVariance: number;
  /** Of samples that have targets. */
  readonly targets?: TargetFigures;
}

/** The samples that are looked at: up to 5,000, fewer large ones. */
export function examined(all: AnyDataset): Promise<Dataset> {
  const size = all.shape.reduce((product, dim) => product * dim, 1);
  return representativeSamples(all, Math.max(1, Math.min(MOST_SAMPLES, Math.floor(MOST_VALUES / size))));
}

/** Examines samples. */
export async function examine(model: Reconstructing, data: Dataset, options: BatchOptions = {}): Promise<Examination> {
  const reconstructions = await model.reconstruct(data, options);
  const wanted = targetsOf(data);
  const errors = squaredErrors(wanted, reconstructions);
  const mse = meanOf(errors);
  const variance = meanVariance(wanted);
  const explainedVariance = variance === 0 ? 0 : 1 - mse / variance;
  const targets = targetFigures(data, errors);
  return { data, reconstructions, errors, mse, explainedVariance, ...(targets && { targets }) };
}

/**
 * What PCA, fitted to the same samples, makes of those that were examined with a code of as many numbers; undefined where it has no
 * such code, because there are as many numbers as values, or as samples, or where so many components of such large samples are out of its
 * reach: a training that is done is worth more than the comparison.
 */
export async function examineWithPca(
  training: AnyDataset,
  { data }: Examination,
  { codeSize, device }: { readonly codeSize: number; readonly device: Device },
): Promise<PcaFigures | undefined> {
  const size = data.values.length / data.count;
  if (codeSize >= Math.min(size, training.count)) return undefined;
  try {
    const pca = await classic.principalComponents(await representativeSamples(training), {
      components: codeSize,
      device,
    });
    return { codeSize, mse: meanOf(await classic.reconstructionErrors(pca, data, { device })) };
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** So many codes show whether their numbers are whole ones. */
const CODES = 100;

/** What the comparison with PCA does not take into account, if anything. */
export async function caveatOf(
  model: Pick<Autoencoder, "encode">,
  { data }: Pick<Examination, "data">,
  codeSize: number,
): Promise<PcaCaveat | undefined> {
  const codes = await model.encode(rows(data, 0, Math.min(data.count, CODES)));
  // Zeros alone come of a code that has died.
  if (codes.every(Number.isInteger) && codes.some((value) => value !== 0)) return "whole numbers";
  return 2 * codeSize >= data.values.length / data.count ? "large code" : undefined;
}

/** The mean over all values of a sample of their variance over the samples. */
function meanVariance({ values, scale, count }: Dataset): number {
  const size = values.length / count;
  const sums = new Float64Array(size);
  const squares = new Float64Array(size);
  for (const [index, value] of values.entries()) {
    const place = index % size;
    sums[place] = (sums[place] ?? 0) + value;
    squares[place] = (squares[place] ?? 0) + value * value;
  }
  const total = sums.reduce((sum, value, place) => sum + (squares[place] ?? 0) / count - (value / count) ** 2, 0);
  return (total / size) * scale * scale;
}
