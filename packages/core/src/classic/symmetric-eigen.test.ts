import { describe, expect, it } from "vitest";
import { readCases } from "../../../../fixtures/classic/read.ts";
import { RandomStream } from "../data/random-stream.ts";
import { dot } from "./orthogonal-vectors.ts";
import { symmetricEigen } from "./symmetric-eigen.ts";
import type { SymmetricEigen } from "./symmetric-eigen.ts";

function randomSymmetric(n: number, seed: number): Float64Array {
  const random = new RandomStream(seed);
  const matrix = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      const value = random.uniform(-1, 1);
      matrix[i * n + j] = value;
      matrix[j * n + i] = value;
    }
  }
  return matrix;
}

/** The largest |A v − λ v|, element by element, as a share of the largest |λ|. */
function residual(matrix: Float64Array, n: number, { values, vectors, numVectors }: SymmetricEigen): number {
  const scale = Math.max(...values.map(Math.abs));
  let worst = 0;
  for (let k = 0; k < numVectors; k++) {
    const v = vectors.subarray(k * n, (k + 1) * n);
    for (let i = 0; i < n; i++) {
      const product = dot(matrix.subarray(i * n, (i + 1) * n), v);
      worst = Math.max(worst, Math.abs(product - (values[k] as number) * (v[i] as number)) / scale);
    }
  }
  return worst;
}

/** The largest |V Vᵀ − 1|, element by element. */
function skewness({ vectors, numVectors }: SymmetricEigen, n: number): number {
  let worst = 0;
  for (let i = 0; i < numVectors; i++) {
    for (let j = 0; j <= i; j++) {
      const product = dot(vectors.subarray(i * n, (i + 1) * n), vectors.subarray(j * n, (j + 1) * n));
      worst = Math.max(worst, Math.abs(product - (i === j ? 1 : 0)));
    }
  }
  return worst;
}

describe("symmetricEigen", () => {
  it.each([0.9, 0.8, 0.5])("finds values that fall as %d to the power of 2k, down to rounding", (ratio) => {
    // A = B Bᵀ for B with orthonormal columns that are scaled: the Householder matrix of a random vector is orthogonal.
    const n = 256;
    const random = new RandomStream(4);
    const u = Float64Array.from({ length: n }, () => random.uniform(-1, 1));
    const half = dot(u, u) / 2;
    const matrix = new Float64Array(n * n);
    const axis = (row: number, k: number): number =>
      (row === k ? 1 : 0) - ((u[row] as number) * (u[k] as number)) / half;
    for (let i = 0; i < n; i++) {
      for (let j = 0; j <= i; j++) {
        let sum = 0;
        for (let k = 0; k < n; k++) sum += axis(i, k) * axis(j, k) * ratio ** (2 * k);
        matrix[i * n + j] = sum;
        matrix[j * n + i] = sum;
      }
    }
    const found = symmetricEigen(matrix, n);
    for (const [k, value] of found.values.entries()) expect(Math.abs(value - ratio ** (2 * k))).toBeLessThan(1e-13);
    expect(residual(matrix, n, found)).toBeLessThan(1e-13);
    expect(skewness(found, n)).toBeLessThan(1e-12);
  });

  it.each(readCases("eigen"))("agrees with NumPy: $name", ({ matrix, values, vectors }) => {
    const n = values.values.length;
    const found = symmetricEigen(Float64Array.from(matrix.values), n);
    const scale = Math.max(...values.values.map(Math.abs));
    const distance = (i: number, j: number): number =>
      Math.abs((values.values[i] ?? Infinity) - (values.values[j] ?? 0));
    for (let k = 0; k < n; k++) {
      expect(Math.abs((found.values[k] as number) - (values.values[k] as number))).toBeLessThan(1e-13 * scale);
      // Vectors of equal values may be any that span the same space.
      if (Math.min(distance(k, k + 1), distance(k - 1, k)) < 1e-10 * scale) continue;
      for (let i = 0; i < n; i++) {
        expect(found.vectors[k * n + i]).toBeCloseTo(vectors.values[k * n + i] as number, 8);
      }
    }
  });

  it.each([1, 2, 3, 17, 130])("solves A v = λ v with orthogonal vectors for %d rows", (n) => {
    const matrix = randomSymmetric(n, n);
    const before = Float64Array.from(matrix);
    const found = symmetricEigen(matrix, n);
    expect(matrix).toEqual(before);
    expect(found.values).toEqual(found.values.toSorted().toReversed());
    expect(residual(matrix, n, found)).toBeLessThan(1e-13);
    expect(skewness(found, n)).toBeLessThan(1e-13);
  });

  it("keeps vectors of equal values orthogonal", () => {
    // 3 on a random plane of 20 dimensions out of 60, −1 beside it.
    const n = 60;
    const basis = symmetricEigen(randomSymmetric(n, 5), n).vectors;
    const matrix = new Float64Array(n * n);
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) {
        for (let k = 0; k < n; k++) {
          matrix[i * n + j] =
            (matrix[i * n + j] as number) +
            (k < 20 ? 3 : -1) * (basis[k * n + i] as number) * (basis[k * n + j] as number);
        }
      }
    }
    const found = symmetricEigen(matrix, n);
    for (const [k, value] of found.values.entries()) expect(value).toBeCloseTo(k < 20 ? 3 : -1, 12);
    expect(residual(matrix, n, found)).toBeLessThan(1e-13);
    expect(skewness(found, n)).toBeLessThan(1e-13);
  });

  it("computes the first vectors alone, to the same numbers", () => {
    const matrix = randomSymmetric(90, 3);
    const all = symmetricEigen(matrix, 90);
    const some = symmetricEigen(matrix, 90, { vectors: 7 });
    expect(some.values).toEqual(all.values);
    expect(some.vectors).toEqual(all.vectors.subarray(0, 7 * 90));
    expect(symmetricEigen(matrix, 90, { vectors: 0 })).toEqual({ ...all, vectors: new Float64Array(), numVectors: 0 });
  });

  it("reads the lower triangle, and makes the largest element of each vector positive", () => {
    const { values, vectors } = symmetricEigen(Float64Array.of(2, 99, -1, 2), 2);
    expect([...values].map((value) => Math.round(value * 1e12) / 1e12)).toEqual([3, 1]);
    for (const value of vectors) expect(Math.abs(value)).toBeCloseTo(Math.SQRT1_2, 14);
    for (const matrix of [randomSymmetric(12, 1), randomSymmetric(12, 2)]) {
      const found = symmetricEigen(matrix, 12);
      for (let k = 0; k < 12; k++) {
        const vector = [...found.vectors.subarray(k * 12, (k + 1) * 12)];
        expect(Math.max(...vector)).toBe(Math.max(...vector.map(Math.abs)));
      }
    }
  });

  it.each([1e-150, 1e150])("neither overflows nor loses numbers of the size of %s", (size) => {
    const matrix = randomSymmetric(10, 4);
    const expected = symmetricEigen(matrix, 10);
    const found = symmetricEigen(
      matrix.map((value) => value * size),
      10,
    );
    for (const [k, value] of found.values.entries()) expect(value / size).toBeCloseTo(expected.values[k] as number, 12);
    for (const [i, value] of found.vectors.entries()) expect(value).toBeCloseTo(expected.vectors[i] as number, 10);
  });

  it("gives zeros and the identity for a matrix of zeros", () => {
    const { values, vectors } = symmetricEigen(new Float64Array(9), 3);
    expect([...values]).toEqual([0, 0, 0]);
    expect([...vectors]).toEqual([1, 0, 0, 0, 1, 0, 0, 0, 1]);
  });

  it.each<[string, () => unknown, RegExp]>([
    ["a matrix that is not square", () => symmetricEigen(new Float64Array(6), 2), /6 values came for n = 2/],
    ["no rows", () => symmetricEigen(new Float64Array(0), 0), /at least 1.*0 values came for n = 0/],
    ["NaN", () => symmetricEigen(Float64Array.of(1, 2, NaN, 4), 2), /holds NaN at \[1, 0\]/],
    ["too many vectors", () => symmetricEigen(new Float64Array(4), 2, { vectors: 3 }), /0 to 2 .*; 3 were asked for/],
  ])("refuses %s", (_, run, message) => {
    expect(run).toThrow(RangeError);
    expect(run).toThrow(message);
  });
});
