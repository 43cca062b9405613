/**
 * Eigenvalues and eigenvectors of symmetric matrices in float64: reduce to tridiagonal form, diagonalize that, and carry only
 * the wanted vectors back, in strips of columns that stay in the cache.
 */
import { applyReflections, tridiagonalize } from "./householder-tridiagonal.ts";
import { diagonalize } from "./implicit-ql.ts";

export interface SymmetricEigen {
  /** All n eigenvalues, the largest first. */
  readonly values: Float64Array;
  /**
   * Eigenvectors of the first `numVectors` values, one after the other, each of length 1. Of a vector and its negative it is
   * the one whose element of largest magnitude is positive.
   */
  readonly vectors: Float64Array;
  readonly numVectors: number;
}

export interface SymmetricEigenOptions {
  /** How many eigenvectors to compute, those of the largest values; all unless given. The values are always all there. */
  readonly vectors?: number;
}

/** Columns whose n rows a second-level cache holds for matrices of a thousand rows or so. */
const STRIP = 64;

/**
 * Eigenvalues and eigenvectors of a symmetric matrix: A v = λ v.
 *
 * The vectors are orthogonal to rounding, those of equal values too. Takes 4/3 n³ operations, and 9 n² or so for each vector.
 *
 * @param matrix n × n, row-major; the lower triangle is read, and nothing is changed.
 * @throws RangeError when the matrix is not square, holds NaN or infinity, or has fewer vectors than are wanted.
 * @example
 * const { values, vectors } = symmetricEigen(Float64Array.of(2, 1, 1, 2), 2); // values 3 and 1
 */
export function symmetricEigen(
  matrix: Float64Array,
  n: number,
  { vectors: numVectors = n }: SymmetricEigenOptions = {},
): SymmetricEigen {
  checkMatrix(matrix, n);
  if (!Number.isInteger(numVectors) || numVectors < 0 || numVectors > n) {
    throw new RangeError(`a matrix of ${n} rows has 0 to ${n} eigenvectors to give; ${numVectors} were asked for`);
  }
  const reduced = tridiagonalize(Float64Array.from(matrix), n);
  const values = Float64Array.from(reduced.diagonal);
  const rotations = diagonalize(values, Float64Array.from(reduced.subdiagonal));
  const order = Array.from(values.keys()).toSorted((a, b) => (values[b] as number) - (values[a] as number));

  const vectors = new Float64Array(numVectors * n);
  for (let from = 0; from < numVectors; from += STRIP) {
    const wanted = order.slice(from, Math.min(from + STRIP, numVectors));
    const columns = unitColumns(wanted, n);
    rotations.apply(columns, wanted.length);
    applyReflections(reduced, columns, wanted.length);
    transposeInto(columns, wanted.length, vectors.subarray(from * n));
  }
  makeLargestPositive(vectors, n);
  return { values: Float64Array.from(order, (index) => values[index] as number), vectors, numVectors };
}

/** Turns the sign of each vector so that its element of largest magnitude, the first of equal ones, is positive. */
export function makeLargestPositive(vectors: Float64Array, length: number): void {
  for (let start = 0; start < vectors.length; start += length) {
    const vector = vectors.subarray(start, start + length);
    let largest = 0;
    for (const value of vector) if (Math.abs(value) > Math.abs(largest)) largest = value;
    if (largest < 0) for (let i = 0; i < length; i++) vector[i] = -(vector[i] as number);
  }
}

/** The columns of the identity with these numbers: n × their number. */
function unitColumns(numbers: readonly number[], n: number): Float64Array {
  const columns = new Float64Array(n * numbers.length);
  for (const [column, row] of numbers.entries()) columns[row * numbers.length + column] = 1;
  return columns;
}

function transposeInto(columns: Float64Array, width: number, target: Float64Array): void {
  const n = columns.length / width;
  for (let row = 0; row < n; row++) {
    for (let c = 0; c < width; c++) target[c * n + row] = columns[row * width + c] as number;
  }
}

function checkMatrix(matrix: Float64Array, n: number): void {
  if (!Number.isInteger(n) || n < 1 || matrix.length !== n * n) {
    throw new RangeError(
      `a symmetric matrix of n rows, n at least 1, has n² values; ${matrix.length} values came for n = ${n}`,
    );
  }
  const wrong = matrix.findIndex((value) => !Number.isFinite(value));
  if (wrong === -1) return;
  const place = `[${Math.floor(wrong / n)}, ${wrong % n}]`;
  throw new RangeError(`eigenvalues need finite numbers; the matrix holds ${matrix[wrong]} at ${place}`);
}
