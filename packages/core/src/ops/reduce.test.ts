import { describe, expect, test } from "vitest";
import { gradients } from "../autodiff/gradient.ts";
import { GraphError } from "../graph/error.ts";
import { perSample, shared } from "../graph/tensor-type.ts";
import type { Shape } from "../graph/tensor-type.ts";
import { inputNode } from "./leaf.ts";
import { max, mean, sumSamples } from "./reduce.ts";
import { checkGradient } from "./testing/check-gradient.ts";
import { checkKernel } from "./testing/check-kernel.ts";
import { interpret } from "./testing/interpret.ts";
import { runKernels } from "./testing/run-kernels.ts";
import { square } from "./unary.ts";

const reduced: readonly [Shape, readonly number[] | undefined][] = [
  [[5], undefined],
  [[], undefined],
  [[3, 4, 5], undefined],
  [
    [3, 4, 5],
    [0, 1],
  ],
  [[3, 4, 5], [1]],
  [[3, 4, 5], [-1]],
  [
    [3, 4, 5],
    [0, 2],
  ],
  [
    [7, 7, 1],
    [0, 1],
  ],
];

describe.each(Object.entries({ max, mean }))("%s", (_, reduce) => {
  test.each(reduced)("[%s] over axes %s", (shape, axes) => {
    for (const keepDims of [false, true]) {
      checkKernel([perSample(shape)], (x) => reduce(x, axes, { keepDims }));
      checkKernel([shared(shape)], (x) => reduce(x, axes, { keepDims }));
      checkGradient([perSample(shape)], (x) => square(reduce(x, axes, { keepDims })));
    }
  });

  test("axes that are not there", () => {
    expect(() => reduce(inputNode("x", [3, 4]), [2])).toThrow(GraphError);
  });
});

test("several largest elements share the gradient, as in TensorFlow", () => {
  const x = inputNode("x", [2, 3]);
  const feeds = new Map([[x, [Float64Array.of(3, 1, 3, -1, -2, -3)]]]);
  const slope = gradients(sumSamples(mean(max(x, [1]))), [x]);
  for (const run of [interpret, runKernels]) {
    expect(run(slope, feeds, { batch: 1 })).toEqual([[Float64Array.of(0.25, 0, 0.25, 0.5, 0, 0)]]);
  }
});

test("the largest of infinite and NaN", () => {
  const x = inputNode("x", [4, 2]);
  const rows = Float64Array.of(NaN, 1, 1, NaN, -Infinity, -Infinity, -Infinity, 1);
  for (const run of [interpret, runKernels]) {
    expect(run([max(x, [1])], new Map([[x, [rows]]]), { batch: 1 })).toEqual([
      [Float64Array.of(NaN, NaN, -Infinity, 1)],
    ]);
  }
});
