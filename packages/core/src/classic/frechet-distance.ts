/** The Fréchet distance between two sets of features, seen as normal distributions. */
import type { Dataset } from "../data/dataset.ts";
import { momentsOf, standardizedRows } from "./row-source.ts";
import { scatterMatrix } from "./scatter-matrix.ts";
import { symmetricEigen } from "./symmetric-eigen.ts";

/** Below this share of the largest one, a variance is rounding. */
const NOTHING = 1e-13;

/**
 * How far apart two sets of feature vectors lie (Dowson and Landau 1982; Heusel et al. 2017, arXiv:1706.08500, eq. 6):
 *
 *     |μ₁ − μ₂|² + tr(Σ₁ + Σ₂ − 2 (Σ₁Σ₂)^½)
 *
 * with means μ and covariances Σ (n − 1 in the denominator), in float64. With features of Inception's this is the FID. It is 0
 * for equal sets, and singular covariances, as of fewer samples than features, are nothing special. Few samples make it larger:
 * compare distances of equally many.
 *
 * @param first feature vectors: samples of any shape, d values each. Takes some n d² / 2 + 20 d³ operations.
 * @throws RangeError when the sets differ in the length of their vectors, or one has fewer than two.
 * @example
 * frechetDistance(dataset("real", [128], realFeatures), dataset("generated", [128], generatedFeatures));
 */
export function frechetDistance(first: Dataset, second: Dataset): number {
  const [one, other] = [first, second].map(normalOf) as [Normal, Normal];
  const size = one.mean.length;
  if (other.mean.length !== size) {
    throw new RangeError(
      `feature vectors must have the same length; those of ${first.name} have ${size} values, ` +
        `and those of ${second.name} ${other.mean.length}`,
    );
  }
  let distance = 0;
  for (let i = 0; i < size; i++) {
    const difference = (one.mean[i] as number) - (other.mean[i] as number);
    const variances = (one.covariance[i * size + i] as number) + (other.covariance[i * size + i] as number);
    distance += difference * difference + variances;
  }
  // Rounding may leave less than nothing of equal sets.
  return Math.max(0, distance - 2 * traceOfRoot(one.covariance, other.covariance, size));
}

interface Normal {
  readonly mean: Float64Array;
  /** d × d, row-major. */
  readonly covariance: Float64Array;
}

function normalOf(data: Dataset): Normal {
  if (data.count < 2) {
    throw new RangeError(`${data.name} has ${data.count} feature vector, and a covariance needs two or more`);
  }
  const { mean } = momentsOf(data);
  const scatter = scatterMatrix(standardizedRows(data, mean));
  return { mean, covariance: scatter.map((sum) => sum / (data.count - 1)) };
}

/**
 * tr (Σ₁Σ₂)^½ = Σ √λ over the eigenvalues of Σ₁Σ₂. With Σ₁ = V Λ Vᵀ those are the eigenvalues of the symmetric matrix L Σ₂ Lᵀ with
 * L = Λ^½ Vᵀ, and zeros: rows of L that are zero are left out.
 */
function traceOfRoot(covariance: Float64Array, other: Float64Array, size: number): number {
  const { values, vectors } = symmetricEigen(covariance, size);
  const largest = values[0] as number;
  const rank = values.filter((value) => value > NOTHING * largest).length;
  if (rank === 0) return 0;
  const factor = vectors.subarray(0, rank * size);
  for (let i = 0; i < rank; i++) {
    const root = Math.sqrt(values[i] as number);
    for (let j = 0; j < size; j++) factor[i * size + j] = root * (factor[i * size + j] as number);
  }
  const product = congruence(factor, other, rank, size);
  return symmetricEigen(product, rank, { vectors: 0 }).values.reduce(
    (sum, value) => sum + Math.sqrt(Math.max(0, value)),
    0,
  );
}

/** L S Lᵀ, its lower triangle, for L of `rows` × `size` and a symmetric S. */
function congruence(l: Float64Array, s: Float64Array, rows: number, size: number): Float64Array {
  const result = new Float64Array(rows * rows);
  const product = new Float64Array(size);
  for (let i = 0; i < rows; i++) {
    product.fill(0);
    for (let j = 0; j < size; j++) {
      const factor = l[i * size + j] as number;
      for (let t = 0; t < size; t++) product[t] = (product[t] as number) + factor * (s[j * size + t] as number);
    }
    for (let j = 0; j <= i; j++) {
      let sum = 0;
      for (let t = 0; t < size; t++) sum += (product[t] as number) * (l[j * size + t] as number);
      result[i * rows + j] = sum;
    }
  }
  return result;
}
