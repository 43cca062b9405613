import { describe, expect, test } from "vitest";
import { gradients } from "../autodiff/gradient.ts";
import { GraphError } from "../graph/error.ts";
import { perSample, shared, sizeOf } from "../graph/tensor-type.ts";
import type { Shape } from "../graph/tensor-type.ts";
import { mul } from "./binary.ts";
import { inputNode } from "./leaf.ts";
import { averagePool2d, maxPool2d } from "./pool.ts";
import type { Pool2dOptions } from "./pool.ts";
import { sum, sumSamples } from "./sum.ts";
import { checkGradient } from "./testing/check-gradient.ts";
import { checkKernel } from "./testing/check-kernel.ts";
import { interpret } from "./testing/interpret.ts";
import { runKernels } from "./testing/run-kernels.ts";
import { uniformNumbers } from "./testing/values.ts";

type Case = readonly [image: Shape, poolSize: [number, number], strides: [number, number], padding: "same" | "valid"];

const cases: readonly Case[] = [
  [[4, 4, 1], [2, 2], [2, 2], "valid"],
  [[4, 6, 3], [2, 2], [2, 2], "same"],
  [[7, 7, 2], [2, 2], [2, 2], "same"],
  [[7, 5, 2], [2, 2], [2, 2], "valid"],
  [[5, 5, 1], [3, 3], [3, 3], "same"],
  [[4, 7, 1], [3, 3], [3, 3], "same"],
  [[8, 8, 1], [3, 3], [3, 3], "valid"],
  [[7, 9, 1], [2, 2], [3, 3], "valid"],
  [[7, 8, 1], [1, 2], [3, 4], "same"],
  [[6, 6, 2], [3, 3], [2, 2], "same"],
  [[7, 7, 1], [3, 3], [2, 2], "valid"],
  [[5, 6, 1], [2, 2], [1, 1], "same"],
  [[5, 6, 1], [3, 2], [1, 2], "valid"],
  [[5, 4, 5], [2, 3], [2, 1], "same"],
  [[6, 5, 1], [6, 5], [6, 5], "valid"],
  [[6, 5, 1], [7, 7], [1, 1], "same"],
  [[9, 9, 1], [5, 5], [5, 5], "same"],
  [[1, 1, 1], [1, 1], [1, 1], "valid"],
  [[1, 1, 2], [3, 3], [2, 2], "same"],
];

const title = ([image, poolSize, strides, padding]: Case): string =>
  `[${image.join(", ")}] under ${poolSize.join("×")} every ${strides.join("×")}, ${padding}`;

const options = ([, poolSize, strides, padding]: Case): Pool2dOptions => ({ poolSize, strides, padding });

/** Few different numbers, so that windows often hold several that are largest. */
function withTies(seed: number): () => number {
  const next = uniformNumbers(seed, -1, 3);
  return () => Math.floor(next());
}

describe.each(Object.entries({ maxPool2d, averagePool2d }))("%s", (_, pool) => {
  for (const pooling of cases) {
    const [image] = pooling;
    const build = (x: Parameters<typeof pool>[0]): ReturnType<typeof pool> => pool(x, options(pooling));

    test(`kernel: ${title(pooling)}`, () => {
      checkKernel([perSample(image)], build);
    });

    test(`the gradient's kernel: ${title(pooling)}`, () => {
      const slope = (x: Parameters<typeof pool>[0], g: Parameters<typeof pool>[0]): ReturnType<typeof pool> =>
        gradients(sumSamples(sum(mul(build(x), g))), [x])[0]!;
      const result = build(inputNode("x", image)).type;
      checkKernel([perSample(image), result], slope);
      checkKernel([perSample(image), result], slope, { next: withTies(1) });
    });

    test(`gradient: ${title(pooling)}`, () => {
      checkGradient([perSample(image)], build);
    });
  }

  test("the gradient's gradient", () => {
    for (const pooling of cases.filter(([image]) => sizeOf(image) <= 30)) {
      checkGradient([perSample(pooling[0])], (x) => {
        const y = pool(x, options(pooling));
        return mul(x, gradients(sumSamples(sum(mul(y, mul(y, y)))), [x])[0]!);
      });
    }
  });

  test("shared images", () => {
    checkKernel([shared([5, 4, 3])], (x) => pool(x, options([[5, 4, 3], [3, 3], [2, 2], "same"])));
  });

  test("errors", () => {
    const build = (shape: Shape, changes: Partial<Pool2dOptions>): (() => unknown) => {
      const defaults = { poolSize: [2, 2], strides: [2, 2], padding: "valid" } as const;
      return () => pool(inputNode("x", shape), { ...defaults, ...changes });
    };
    expect(build([28, 28], {})).toThrow(
      /got \[28, 28\] per sample, and images have the shape \[height, width, channels\]/,
    );
    expect(build([4, 1, 1], {})).toThrow(/windows of \[2, 2\] do not fit into images of \[4, 1, 1\].*"same"/);
    expect(build([4, 4, 1], { poolSize: [0, 2] })).toThrow(/the pool size \[0, 2\] must be two whole numbers above 0/);
    expect(build([4, 4, 1], { strides: [1.5, 1] })).toThrow(GraphError);
  });
});

const square = [Float64Array.of(1, 2, 3, 4, 8, 6, 7, 8, 5)];

test("values of a 3×3 image under 2×2 windows", () => {
  const x = inputNode("x", [3, 3, 1]);
  const feeds = new Map([[x, square]]);
  const same = { poolSize: [2, 2], strides: [2, 2], padding: "same" } as const;
  const valid = { poolSize: [2, 2], strides: [1, 1], padding: "valid" } as const;
  const outputs = [maxPool2d(x, same), averagePool2d(x, same), maxPool2d(x, valid), averagePool2d(x, valid)];
  expect(runKernels(outputs, feeds, { batch: 1 })).toEqual([
    [Float64Array.of(8, 6, 8, 5)],
    [Float64Array.of(3.75, 4.5, 7.5, 5)],
    [Float64Array.of(8, 8, 8, 8)],
    [Float64Array.of(3.75, 4.75, 6.75, 6.75)],
  ]);
});

test("of several largest elements the first gets the gradient", () => {
  const x = inputNode("x", [2, 4, 1]);
  const feeds = new Map([[x, [Float64Array.of(0, 5, 3, 3, 5, 5, 3, 3)]]]);
  const y = maxPool2d(x, { poolSize: [2, 2], strides: [2, 2], padding: "valid" });
  const slope = gradients(sumSamples(sum(y)), [x]);
  for (const run of [interpret, runKernels]) {
    expect(run(slope, feeds, { batch: 1 })).toEqual([[Float64Array.of(0, 1, 1, 0, 0, 0, 0, 0)]]);
  }
});

test("NaN gets no gradient", () => {
  const x = inputNode("x", [1, 6, 1]);
  const feeds = new Map([[x, [Float64Array.of(NaN, 1, 1, NaN, NaN, NaN)]]]);
  const y = maxPool2d(x, { poolSize: [1, 2], strides: [1, 2], padding: "valid" });
  const slope = gradients(sumSamples(sum(y)), [x]);
  for (const run of [interpret, runKernels]) {
    expect(run(slope, feeds, { batch: 1 })).toEqual([[Float64Array.of(0, 1, 1, 0, 0, 0)]]);
  }
});

test("a window that holds NaN is NaN, and −∞ is a number like others", () => {
  const x = inputNode("x", [1, 8, 1]);
  const feeds = new Map([[x, [Float64Array.of(NaN, 1, 1, NaN, -Infinity, -Infinity, Infinity, 1)]]]);
  const outputs = [maxPool2d, averagePool2d].map((pool) =>
    pool(x, { poolSize: [1, 2], strides: [1, 2], padding: "valid" }),
  );
  for (const run of [interpret, runKernels]) {
    expect(run(outputs, feeds, { batch: 1 })).toEqual([
      [Float64Array.of(NaN, NaN, -Infinity, Infinity)],
      [Float64Array.of(NaN, NaN, -Infinity, Infinity)],
    ]);
  }
});
