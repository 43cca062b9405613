/**
 * The largest eigenvalues of a symmetric matrix that is known by its products only: block Lanczos with full
 * reorthogonalization (Golub and Van Loan, Matrix Computations, 4th edition, §10.3.6). The space grows by a block of vectors
 * at a time until the wanted pairs solve A v = λ v; nothing is thrown away, so every step brings all of them nearer.
 */
import { KrylovSpace } from "./krylov-space.ts";
import { dot } from "./orthogonal-vectors.ts";
import { symmetricEigen } from "./symmetric-eigen.ts";

/** Vectors in a block: of a value that occurs up to that often, all copies are found. */
export const BLOCK = 16;
/** The space is solved for when it has grown by this much since the last time. */
const GROWTH = 1.15;

export interface LargestEigenOptions {
  /** Length of a vector. */
  readonly size: number;
  /** How many of the largest values are wanted, with their vectors. */
  readonly count: number;
  /** The largest |A v − λ v| that is accepted, as a share of the largest eigenvalue. */
  readonly tolerance: number;
  /** How many vectors the space may have before this gives up. */
  readonly maxSpace: number;
}

export interface LargestEigen {
  /** The `count` largest, the largest first. */
  readonly values: Float64Array;
  /** `count` vectors, orthogonal and of length 1. */
  readonly vectors: readonly Float64Array[];
}

/** A times each of at most `BLOCK` vectors of length 1. */
export type Multiply = (vectors: readonly Float64Array[]) => Promise<readonly Float64Array[]>;

/**
 * The largest eigenvalues of a symmetric matrix and their vectors.
 *
 * @throws RangeError when the wanted pairs are not found within `maxSpace` vectors, at once where there are more of them.
 */
export async function largestEigen(
  multiply: Multiply,
  { size, count, tolerance, maxSpace }: LargestEigenOptions,
): Promise<LargestEigen> {
  // Whole blocks, so that none is cut short before the space is everything.
  const capacity = Math.min(size, Math.ceil(maxSpace / BLOCK) * BLOCK);
  if (count > capacity) {
    throw new RangeError(
      `${count} eigenvalues are not found with ${capacity} vectors, which memory allows; ask for fewer`,
    );
  }
  const space = new KrylovSpace(size, capacity, BLOCK);
  let block = space.nextBlock([]).vectors;
  for (let nextCheck = count; ;) {
    const from = space.length;
    const remainders = space.extend(block, await multiply(block));
    const { vectors, coefficients } = space.nextBlock(remainders);
    if (space.length >= nextCheck || space.isFull) {
      const numVectors = Math.min(count, space.length);
      const ritz = symmetricEigen(space.projected(), space.length, { vectors: numVectors });
      const residual = space.length === size ? 0 : largestResidual(ritz.vectors, space.length, from, coefficients);
      const share = residual / Math.abs(ritz.values[0] as number) || 0;
      if (numVectors === count && share <= tolerance) {
        return { values: ritz.values.slice(0, count), vectors: space.combine(ritz.vectors, count) };
      }
      if (space.isFull) throw notFound(count, space.length, share, tolerance);
      nextCheck = Math.ceil(GROWTH * space.length);
    }
    block = vectors;
  }
}

/**
 * The largest |A v − θ v| over the Ritz pairs: for v = Q s it is |R s_last|, s_last being what v has of the last block and R
 * the remainders of that block.
 */
function largestResidual(s: Float64Array, n: number, from: number, coefficients: readonly Float64Array[]): number {
  let largest = 0;
  for (let start = 0; start < s.length; start += n) {
    const last = s.subarray(start + from, start + n);
    largest = Math.max(largest, Math.hypot(...coefficients.map((row) => dot(row, last))));
  }
  return largest;
}

function notFound(count: number, space: number, share: number, tolerance: number): RangeError {
  return new RangeError(
    `the ${count} largest eigenvalues were not found with ${space} vectors: a residual of ${share.toExponential(1)} ` +
      `of the largest value is left, and ${tolerance.toExponential(1)} is accepted; ask for fewer`,
  );
}
