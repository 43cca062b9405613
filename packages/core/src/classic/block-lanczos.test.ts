import { describe, expect, it } from "vitest";
import { RandomStream } from "../data/random-stream.ts";
import { largestEigen } from "./block-lanczos.ts";
import type { Multiply } from "./block-lanczos.ts";
import { addScaled, dot, norm } from "./orthogonal-vectors.ts";

const SIZE = 240;

/** A = H D H with a reflection H = 1 − 2 w wᵀ: its vectors are the columns of H. */
function matrixWith(values: readonly number[]): { multiply: Multiply; products: () => number } {
  const random = new RandomStream(1);
  const w = Float64Array.from({ length: values.length }, () => random.uniform(-1, 1));
  const length = norm(w);
  const unit = w.map((value) => value / length);
  const reflected = (vector: Float64Array): Float64Array => {
    const result = Float64Array.from(vector);
    addScaled(result, unit, -2 * dot(unit, vector));
    return result;
  };
  let count = 0;
  return {
    multiply: (vectors) => {
      count += vectors.length;
      return Promise.resolve(
        vectors.map((vector) => reflected(reflected(vector).map((value, i) => value * (values[i] as number)))),
      );
    },
    products: () => count,
  };
}

/** Solves for the largest values of a matrix with the given ones, and checks both values and vectors. */
async function checkLargest(values: readonly number[], count: number): Promise<number> {
  const { multiply, products } = matrixWith(values);
  const found = await largestEigen(multiply, { size: values.length, count, tolerance: 1e-9, maxSpace: values.length });
  const needed = products();
  const expected = values.toSorted((a, b) => b - a).slice(0, count);
  for (const [k, value] of found.values.entries()) expect(value).toBeCloseTo(expected[k] as number, 9);
  for (const [k, product] of (await multiply(found.vectors)).entries()) {
    addScaled(product, found.vectors[k] as Float64Array, -(found.values[k] as number));
    expect(norm(product)).toBeLessThan(2e-9 * (expected[0] as number));
    for (let j = 0; j <= k; j++) {
      expect(dot(found.vectors[k] as Float64Array, found.vectors[j] as Float64Array)).toBeCloseTo(k === j ? 1 : 0, 9);
    }
  }
  return needed;
}

describe("largestEigen", () => {
  it("finds the largest values with fewer products than there are dimensions", async () => {
    const values = Array.from({ length: SIZE }, (_, i) => 10 * 0.9 ** i + 0.01);
    expect(await checkLargest(values, 10)).toBeLessThan(SIZE / 2);
  });

  it("finds as many copies of a value as a block has vectors", async () => {
    const values = Array.from({ length: SIZE }, (_, i) => (i < 12 ? 5 : 3 * 0.8 ** i));
    await checkLargest(values, 14);
  });

  it("goes on to the whole space where nothing less will do", async () => {
    const values = Array.from({ length: 50 }, (_, i) => 1 + i / 50);
    expect(await checkLargest(values, 45)).toBe(50);
  });

  it("fills up with vectors of the value 0 beyond the rank", async () => {
    await checkLargest(
      Array.from({ length: SIZE }, (_, i) => (i < 3 ? 3 - i : 0)),
      8,
    );
  });

  it("takes a matrix of zeros", async () => {
    const { multiply } = matrixWith(Array.from({ length: 40 }, () => 0));
    const { values, vectors } = await largestEigen(multiply, { size: 40, count: 2, tolerance: 1e-9, maxSpace: 40 });
    expect([...values]).toEqual([0, 0]);
    const [first, second] = vectors as [Float64Array, Float64Array];
    for (const length of [norm(first), norm(second)]) expect(length).toBeCloseTo(1, 12);
    expect(dot(first, second)).toBeCloseTo(0, 12);
  });

  it("says how far it came when it gives up", async () => {
    const { multiply } = matrixWith(Array.from({ length: SIZE }, (_, i) => 1 + i / SIZE));
    const search = largestEigen(multiply, { size: SIZE, count: 20, tolerance: 1e-12, maxSpace: 40 });
    await expect(search).rejects.toThrow(/the 20 largest eigenvalues were not found with 48 vectors: a residual of \d/);
  });

  it("gives up at once where more are wanted than there may be vectors", async () => {
    const multiply = (): never => {
      throw new Error("nothing has to be multiplied");
    };
    const search = largestEigen(multiply, { size: SIZE, count: 49, tolerance: 1e-12, maxSpace: 40 });
    await expect(search).rejects.toThrow("49 eigenvalues are not found with 48 vectors, which memory allows");
  });
});
