import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { dataset } from "../data/dataset.ts";
import type { Dataset } from "../data/dataset.ts";
import { RandomStream } from "../data/random-stream.ts";
import { engineOf } from "../nn/training/engine.ts";
import type { Engine } from "../nn/training/engine.ts";
import { Device } from "../runtime/device.ts";
import { compiledScatterMatrix, ScatterProduct } from "./compiled-scatter.ts";
import { addScaled } from "./orthogonal-vectors.ts";
import { momentsOf, standardizedRows, transposedRows } from "./row-source.ts";
import type { RowSource } from "./row-source.ts";
import { scatterMatrix } from "./scatter-matrix.ts";

let one: Engine;
let two: Engine;
beforeAll(async () => {
  one = await engineOf(await Device.create({ threads: 1 }));
  two = await engineOf(await Device.create({ threads: 2 }));
});
afterAll(() => {
  for (const { device } of [one, two]) device.dispose();
});

function bytes(count: number, size: number): Dataset {
  const random = new RandomStream(size);
  return dataset(
    "bytes",
    [size],
    Uint8Array.from({ length: count * size }, () => random.integer(256)),
  );
}

function rowsOf(count: number, size: number): RowSource {
  const data = bytes(count, size);
  const { mean, variance } = momentsOf(data);
  return standardizedRows(data, mean, variance.map(Math.sqrt));
}

/** The largest difference as a share of the largest value. */
function difference(actual: Float64Array, expected: Float64Array): number {
  const scale = Math.max(...expected.map(Math.abs));
  return Math.max(...actual.map((value, i) => Math.abs(value - (expected[i] as number)))) / scale;
}

/** Two samples, a part of a batch, and more than a batch. */
const SIZES = [
  [2, 5],
  [70, 1],
  [70, 13],
  [5000, 24],
] as const;

describe("scatterMatrix", () => {
  it("is XᵀX, of the centred samples and of their transposed table", () => {
    const data = dataset("small", [2], Float32Array.of(1, 10, 2, 14, 6, 12));
    const { mean, variance } = momentsOf(data);
    expect([...mean]).toEqual([3, 12]);
    expect([...variance]).toEqual([14 / 3, 8 / 3]);
    // Rows (−2, −2), (−1, 2), (3, 0).
    expect([...scatterMatrix(standardizedRows(data, mean))]).toEqual([14, 2, 2, 8]);
    expect([...scatterMatrix(transposedRows(data, mean))]).toEqual([8, -2, -6, -2, 5, -3, -6, -3, 9]);
    // The second value divided by 2: (−2, −1), (−1, 1), (3, 0).
    const scale = Float64Array.of(1, 2);
    expect([...scatterMatrix(standardizedRows(data, mean, scale))]).toEqual([14, 1, 1, 2]);
    expect([...scatterMatrix(transposedRows(data, mean, scale))]).toEqual([5, 1, -6, 1, 2, -3, -6, -3, 9]);
  });
});

describe("compiledScatterMatrix", () => {
  it.each(SIZES)("agrees with float64: %d rows of %d values", async (count, size) => {
    const rows = rowsOf(count, size);
    expect(difference(await compiledScatterMatrix(rows, two), scatterMatrix(rows))).toBeLessThan(1e-6);
  });

  it("gives the same bits on any number of threads, and its memory back", async () => {
    const rows = rowsOf(5000, 24);
    const before = one.device.memory.bytesInUse;
    const result = await compiledScatterMatrix(rows, one);
    expect(one.device.memory.bytesInUse).toBe(before);
    expect(await compiledScatterMatrix(rows, two)).toEqual(result);
  });
});

describe("ScatterProduct", () => {
  it("multiplies by XᵀX, fewer vectors than fit too, and gives its memory back", async () => {
    const rows = rowsOf(3000, 11);
    const scatter = scatterMatrix(rows);
    const random = new RandomStream(1);
    const vectors = Array.from({ length: 3 }, () => Float64Array.from({ length: 11 }, () => random.uniform(-1, 1)));
    const before = two.device.memory.bytesInUse;
    const product = await ScatterProduct.compile(rows, 3, two);
    for (const count of [3, 1]) {
      const found = await product.multiply(vectors.slice(0, count));
      expect(found.length).toBe(count);
      for (const [k, result] of found.entries()) {
        const expected = new Float64Array(11);
        for (let i = 0; i < 11; i++) {
          addScaled(expected, scatter.subarray(i * 11, (i + 1) * 11), (vectors[k] as Float64Array)[i] as number);
        }
        expect(difference(result, expected)).toBeLessThan(1e-6);
      }
    }
    await product.dispose();
    expect(two.device.memory.bytesInUse).toBe(before);
  });
});
