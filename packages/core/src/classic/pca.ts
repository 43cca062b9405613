/**
 * Principal component analysis, exact (Pearson 1901; Hotelling 1933): of all linear maps to k numbers and back, the one with
 * the smallest squared error. It is what every autoencoder of the same code size has to beat.
 */
import type { Dataset } from "../data/dataset.ts";
import { formatShape } from "../graph/tensor-type.ts";
import { engineOf } from "../nn/training/engine.ts";
import type { Device } from "../runtime/device.ts";
import { principalAxes } from "./principal-axes.ts";
import { momentsOf } from "./row-source.ts";
import type { Moments } from "./row-source.ts";
import { makeLargestPositive } from "./symmetric-eigen.ts";

/** The k directions of greatest variance of samples of d values, as scikit-learn defines and names them. */
export interface PrincipalComponents {
  /** The shape of a sample, d values in all. */
  readonly shape: readonly number[];
  /** k */
  readonly numComponents: number;
  /** Of each value: d numbers, in the units of `value × data.scale`. */
  readonly mean: Float64Array;
  /** What differences from the mean are divided by, the standard deviations (1 where a value never changes). */
  readonly scale?: Float64Array;
  /**
   * k × d, row-major: orthogonal vectors of length 1, that of the greatest variance first. Of a vector and its negative it is
   * the one whose element of largest magnitude is positive.
   */
  readonly components: Float64Array;
  /** The variance along each component, with n − 1 in the denominator. */
  readonly explainedVariance: Float64Array;
  /** Each component's share of the total variance. */
  readonly explainedVarianceRatio: Float64Array;
  /** The variances of all d values added up, with n − 1 in the denominator. */
  readonly totalVariance: number;
}

export interface PrincipalComponentOptions {
  /** How many components to find: 1 to the smaller of the number of samples and the number of values. */
  readonly components: number;
  /** Divides each value by its standard deviation first, for tables whose columns have different units. Off unless given. */
  readonly standardize?: boolean;
  /** Where to compute; on the default device unless given. */
  readonly device?: Device;
  /** Ends the search, with its reason as the error. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Finds the principal components of a data set.
 *
 * Exact but for rounding. Small tables are computed in float64. From some 2.7·10⁸ products on they are rounded to float32, which
 * leaves variances exact to some 1e-7 of the largest one. Where samples and values both number more than a thousand and few
 * components are wanted, only these are searched for (block Lanczos), as exactly; of components of equal variance up to
 * sixteen are then found.
 *
 * @throws RangeError when there are fewer than two samples, or not as many components as asked for.
 * @throws the reason of the signal once that is aborted.
 * @example
 * const pca = await principalComponents(training, { components: 32 });
 * const errors = await reconstructionErrors(pca, validation);
 */
export async function principalComponents(
  data: Dataset,
  { components: numComponents, standardize = false, device, signal }: PrincipalComponentOptions,
): Promise<PrincipalComponents> {
  const moments = momentsOf(data);
  const { mean } = moments;
  const size = mean.length;
  checkCounts(data, numComponents);
  const scale = standardize ? deviations(moments, data.count) : undefined;
  const standardization = { mean, ...(scale && { scale }) };
  const engine = { ...(await engineOf(device)), signal };
  const axes = await principalAxes(data, standardization, numComponents, engine);

  const components = new Float64Array(numComponents * size);
  for (const [index, vector] of axes.vectors.entries()) components.set(vector, index * size);
  makeLargestPositive(components, size);
  const freedom = data.count - 1;
  // What rounding leaves of a variance of zero may be negative.
  const explainedVariance = axes.values.map((value) => Math.max(0, value) / freedom);
  const totalVariance = (totalOf(moments, scale) * data.count) / freedom;
  return {
    shape: [...data.shape],
    numComponents,
    ...standardization,
    components,
    explainedVariance,
    explainedVarianceRatio: explainedVariance.map((value) => (totalVariance === 0 ? 0 : value / totalVariance)),
    totalVariance,
  };
}

/** Standard deviations; 1 where what varies is rounding alone (scikit-learn's StandardScaler has the same bound). */
function deviations({ mean, variance }: Moments, count: number): Float64Array {
  return variance.map((value, i) => {
    const rounding = count * Number.EPSILON * value + (count * (mean[i] as number) * Number.EPSILON) ** 2;
    return value <= rounding ? 1 : Math.sqrt(value);
  });
}

function totalOf({ variance }: Moments, scale: Float64Array | undefined): number {
  return variance.reduce((sum, value, i) => sum + value / (scale?.[i] ?? 1) ** 2, 0);
}

function checkCounts({ name, count, shape, values }: Dataset, numComponents: number): void {
  if (count < 2) {
    throw new RangeError(`${name} has ${count} sample, and variances need two or more; take more samples`);
  }
  const size = values.length / count;
  const most = Math.min(count, size);
  if (Number.isInteger(numComponents) && numComponents >= 1 && numComponents <= most) return;
  throw new RangeError(
    `${name} has ${count} samples of shape ${formatShape(shape)}, ${size} values, and so 1 to ${most} principal components; ` +
      `${numComponents} were asked for`,
  );
}
