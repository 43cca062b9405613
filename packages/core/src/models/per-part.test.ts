import { expect, test } from "vitest";
import { dataset } from "../data/dataset.ts";
import type { StreamedDataset } from "../data/streamed-dataset.ts";
import { perPart } from "./per-part.ts";

/** Samples that hold their numbers, and how many were read at a time. */
function numbered(
  count: number,
  shape: readonly number[],
  dtype: StreamedDataset["dtype"],
): { readonly data: StreamedDataset; readonly reads: number[] } {
  const size = shape.reduce((product, dim) => product * dim, 1);
  const reads: number[] = [];
  const read = (numbers: Uint32Array): Promise<Float32Array | Uint8Array> => {
    reads.push(numbers.length);
    const values = dtype === "uint8" ? new Uint8Array(numbers.length * size) : new Float32Array(numbers.length * size);
    for (const [place, number] of numbers.entries()) values[place * size] = number;
    return Promise.resolve(values);
  };
  return { data: { name: "numbers", shape, count, dtype, scale: 1, read }, reads };
}

test("samples in memory are computed with at once", async () => {
  const data = dataset("four", [2], Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8));
  const parts: number[] = [];
  const sums = await perPart(data, (part) => {
    parts.push(part.count);
    return Promise.resolve(Float32Array.from({ length: part.count }, (_, at) => part.values[2 * at] ?? NaN));
  });
  expect([parts, [...sums]]).toEqual([[4], [1, 3, 5, 7]]);
});

test.each([
  ["small ones, 1024 at a time", [2], "float32", [1024, 1024, 52]],
  // 64 MiB hold 341 images of 256 × 256 in color, and 85 of floats.
  ["images, in 64 MiB", [256, 256, 3], "uint8", [256, 44]],
  ["large samples, 128 at a time however large", [256, 256, 3], "float32", [128, 12]],
] as const)("samples that are read come in order: %s", async (_, shape, dtype, expected) => {
  const count = expected.reduce((sum, part) => sum + part, 0);
  const { data, reads } = numbered(count, shape, dtype);
  const results = await perPart(data, ({ values, count: own }) => {
    const size = values.length / own;
    return Promise.resolve(Float32Array.from({ length: 2 * own }, (__, at) => values[(at >> 1) * size] ?? NaN));
  });
  expect(reads).toEqual(expected);
  const wanted = Float32Array.from({ length: 2 * count }, (__, at) => at >> 1);
  expect(results).toEqual(dtype === "uint8" ? wanted.map((number) => number % 256) : wanted);
});

test("the next part is read while one is computed with, and no more", async () => {
  const { data, reads } = numbered(4096, [2], "float32");
  const readBefore: number[] = [];
  await perPart(data, (part) => {
    readBefore.push(reads.length);
    return Promise.resolve(new Float32Array(part.count));
  });
  expect(readBefore).toEqual([2, 3, 4, 4]);
});
