import { describe, expect, test } from "vitest";
import { useDefaultDevice } from "../../nn/testing/default-device.ts";
import { filterImage, filterKernels } from "./index.ts";
import type { FilterKernelName } from "./index.ts";

const device = useDefaultDevice(1);

/** The image of 6×6 by which courses explain edge detection, whose upright edges are known: A. Ng, Deep Learning Specialization, 2017. */
const IMAGE = [
  [3, 0, 1, 2, 7, 4],
  [1, 5, 8, 9, 3, 1],
  [2, 7, 2, 5, 1, 3],
  [0, 1, 3, 1, 7, 8],
  [4, 2, 1, 6, 2, 8],
  [2, 4, 5, 2, 3, 9],
];

function rowsOf({ shape, values }: { shape: readonly number[]; values: Float32Array }): number[][] {
  const width = (shape[1] ?? 0) * (shape[2] ?? 0);
  return Array.from({ length: shape[0] ?? 0 }, (_, row) => Array.from(values.subarray(row * width, (row + 1) * width)));
}

test("6×6 under a kernel of 3×3 gives the 4×4 of the course", async () => {
  const filtered = await filterImage(IMAGE, "vertical-edge");
  expect(filtered.shape).toEqual([4, 4, 1]);
  expect(rowsOf(filtered)).toEqual([
    [-5, -4, 0, 8],
    [-10, -2, 2, 3],
    [0, -2, -4, -7],
    [-3, -2, -3, -16],
  ]);
});

/** The definition: zeros outside, sums in float64. */
function byDefinition(
  image: readonly (readonly number[])[],
  kernel: readonly (readonly number[])[],
  { stride, before, out }: { stride: number; before: readonly [number, number]; out: readonly [number, number] },
): number[][] {
  return Array.from({ length: out[0] }, (_, p) =>
    Array.from({ length: out[1] }, (__, q) =>
      kernel
        .flatMap((row, u) =>
          row.map((weight, v) => weight * (image[p * stride + u - before[0]]?.[q * stride + v - before[1]] ?? 0)),
        )
        .reduce((sum, value) => sum + value, 0),
    ),
  );
}

describe("padding and stride", () => {
  const uneven = [
    [1, -2, 0.5],
    [0.25, 3, -1],
  ];
  test.each([
    ["valid" as const, 1, { before: [0, 0], out: [5, 4] }],
    ["valid" as const, 2, { before: [0, 0], out: [3, 2] }],
    ["same" as const, 1, { before: [0, 1], out: [6, 6] }],
    // ⌈6 / 4⌉ = 2 windows reach over 6 rows and 7 columns: one column is added, at the end.
    ["same" as const, 4, { before: [0, 0], out: [2, 2] }],
  ])("%s, %i", async (padding, stride, { before, out }) => {
    const filtered = await filterImage(IMAGE, uneven, { padding, stride, device: device() });
    expect(filtered.shape).toEqual([...out, 1]);
    const places = { stride, before: before as [number, number], out: out as [number, number] };
    expect(rowsOf(filtered)).toEqual(byDefinition(IMAGE, uneven, places));
  });
});

test("each channel is filtered by itself", async () => {
  const colors = IMAGE.flatMap((row) => row.flatMap((value) => [value, 2 * value, 0 - value]));
  const { shape, values } = await filterImage({ shape: [6, 6, 3], values: colors }, "sobel-x");
  const grey = await filterImage(IMAGE, "sobel-x");
  expect(shape).toEqual([4, 4, 3]);
  expect([...values]).toEqual([...grey.values].flatMap((value) => [value, 2 * value, 0 - value]));
});

test("kernels keep the brightness of an image, or see nothing where it is even", async () => {
  const even = Array.from({ length: 5 }, () => [0.5, 0.5, 0.5, 0.5, 0.5]);
  const sums: Record<FilterKernelName, 0 | 1> = {
    edge: 0,
    laplacian: 0,
    "vertical-edge": 0,
    "horizontal-edge": 0,
    "sobel-x": 0,
    "sobel-y": 0,
    sharpen: 1,
    blur: 1,
    "box-blur": 1,
    emboss: 1,
    identity: 1,
  };
  for (const [name, sum] of Object.entries(sums) as [FilterKernelName, 0 | 1][]) {
    const { values } = await filterImage(even, name);
    for (const value of values) expect(value, name).toBeCloseTo(sum / 2, 6);
  }
  expect(Object.keys(sums).toSorted()).toEqual(Object.keys(filterKernels).toSorted());
  expect(rowsOf(await filterImage(IMAGE, "identity", { padding: "same" }))).toEqual(IMAGE);
});

test("errors", async () => {
  const kernel = [[1, 2], [3]];
  await expect(filterImage(IMAGE, kernel)).rejects.toThrow("a kernel is rows of finite numbers, as many in each");
  await expect(filterImage(IMAGE, [[NaN]])).rejects.toThrow("a kernel is rows of finite numbers");
  await expect(filterImage(IMAGE, [])).rejects.toThrow("a kernel is rows of finite numbers");
  await expect(filterImage(IMAGE, "edges" as "edge")).rejects.toThrow("one of the names edge, laplacian");
  await expect(filterImage([[1, 2], [3]], "edge")).rejects.toThrow("3 values of the shape [2, 2, 1] came");
  await expect(filterImage([[1, 2]], "edge")).rejects.toThrow(/kernel|window/u);
  await expect(filterImage(IMAGE, "edge", { stride: 0 })).rejects.toThrow(/stride/u);
});
