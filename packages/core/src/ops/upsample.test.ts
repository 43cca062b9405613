import { describe, expect, test } from "vitest";
import { gradients } from "../autodiff/gradient.ts";
import { GraphError } from "../graph/error.ts";
import { perSample, shared } from "../graph/tensor-type.ts";
import type { Shape } from "../graph/tensor-type.ts";
import { mul } from "./binary.ts";
import { inputNode } from "./leaf.ts";
import { sum, sumSamples } from "./sum.ts";
import { checkGradient } from "./testing/check-gradient.ts";
import { checkKernel } from "./testing/check-kernel.ts";
import { runKernels } from "./testing/run-kernels.ts";
import { upSample2d } from "./upsample.ts";

const cases: readonly [image: Shape, size: [number, number]][] = [
  [
    [2, 3, 1],
    [2, 2],
  ],
  [
    [3, 2, 5],
    [2, 2],
  ],
  [
    [3, 1, 2],
    [1, 3],
  ],
  [
    [1, 3, 2],
    [3, 2],
  ],
  [
    [2, 2, 1],
    [5, 4],
  ],
  [
    [2, 2, 3],
    [1, 1],
  ],
];

describe.each(cases)("[%s] by %s", (image, size) => {
  test("kernel", () => {
    checkKernel([perSample(image)], (x) => upSample2d(x, { size }));
    checkKernel([shared(image)], (x) => upSample2d(x, { size }));
  });

  test("the gradient's kernel", () => {
    const result = upSample2d(inputNode("x", image), { size }).type;
    checkKernel(
      [perSample(image), result],
      (x, g) => gradients(sumSamples(sum(mul(upSample2d(x, { size }), g))), [x])[0]!,
    );
  });

  test("gradient, and the gradient's gradient", () => {
    checkGradient([perSample(image)], (x) => upSample2d(x, { size }));
    checkGradient([perSample(image)], (x) => {
      const y = upSample2d(x, { size });
      return mul(x, gradients(sumSamples(sum(mul(y, mul(y, y)))), [x])[0]!);
    });
  });
});

test("values", () => {
  const x = inputNode("x", [1, 2, 1]);
  const y = upSample2d(x, { size: [2, 3] });
  expect(y.type).toEqual(perSample([2, 6, 1]));
  expect(runKernels([y], new Map([[x, [Float64Array.of(1, 2)]]]), { batch: 1 })).toEqual([
    [Float64Array.of(1, 1, 1, 2, 2, 2, 1, 1, 1, 2, 2, 2)],
  ]);
});

test("errors", () => {
  expect(() => upSample2d(inputNode("x", [4, 4]), { size: [2, 2] })).toThrow(/got \[4, 4\] per sample.*channels\]/);
  expect(() => upSample2d(inputNode("x", [4, 4, 1]), { size: [2, 0] })).toThrow(/the size \[2, 0\] must be two whole/);
  expect(() => upSample2d(inputNode("x", [4, 4, 1]), { size: [1.5, 2] })).toThrow(GraphError);
});
