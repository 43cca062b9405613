import { describe, expect, test } from "vitest";
import { GraphError } from "../graph/error.ts";
import { perSample, shared } from "../graph/tensor-type.ts";
import type { Shape, TensorType } from "../graph/tensor-type.ts";
import { square } from "./unary.ts";
import { inputNode, parameterNode } from "./leaf.ts";
import { broadcastTo, broadcastToSamples, sum, sumSamples, sumTo } from "./sum.ts";
import { checkGradient } from "./testing/check-gradient.ts";
import { checkKernel } from "./testing/check-kernel.ts";
import { interpret } from "./testing/interpret.ts";
import { runKernels } from "./testing/run-kernels.ts";

const summed: readonly [Shape, readonly number[] | undefined][] = [
  [[5], undefined],
  [[], undefined],
  [[3, 4, 5], undefined],
  [
    [3, 4, 5],
    [0, 1],
  ],
  [[3, 4, 9], [0]],
  [[3, 4, 5], [1]],
  [[3, 4, 5], [-1]],
  [
    [3, 4, 5],
    [2, 0],
  ],
  [
    [3, 1, 1],
    [1, 2],
  ],
  [
    [7, 7, 1],
    [0, 1],
  ],
];

describe("sum", () => {
  test.each(summed)("[%s] over axes %s", (shape, axes) => {
    for (const keepDims of [false, true]) {
      checkKernel([perSample(shape)], (x) => sum(x, axes, { keepDims }));
      // Four lanes of up to 6 in size, which cancel when they are added up: their roundings of 2.4e-7 remain.
      checkKernel([shared(shape)], (x) => sum(x, axes, { keepDims }), { tolerance: 2e-6 });
      checkGradient([perSample(shape)], (x) => square(sum(x, axes, { keepDims })));
    }
  });

  test("shapes, with and without the reduced axes", () => {
    const x = inputNode("x", [3, 4, 5]);
    expect(sum(x).type).toEqual(perSample([]));
    expect(sum(x, [0, -1]).type).toEqual(perSample([4]));
    expect(sum(x, [0, -1], { keepDims: true }).type).toEqual(perSample([1, 4, 1]));
    expect(sum(x, [])).toBe(x);
  });

  test("axes that are not there, or named twice", () => {
    const x = inputNode("x", [3, 4]);
    expect(() => sum(x, [2])).toThrow(/sum: the axes \[2\] do not name different axes of \[3, 4\].*0 to 1/);
    expect(() => sum(x, [1, -1])).toThrow(GraphError);
    expect(() => sum(x, [0.5])).toThrow(GraphError);
  });
});

describe("sumSamples", () => {
  test.each([[[]], [[5]], [[3, 4, 1]], [[2, 2, 9]]])("kernel and gradient of [%s]", (shape) => {
    checkKernel([perSample(shape)], sumSamples, { tolerance: 1e-5 });
    checkGradient([perSample(shape)], (x) => square(sumSamples(x)));
  });

  test("a shared operand has no samples", () => {
    expect(() => sumSamples(parameterNode("w", [3]))).toThrow(/cannot sum \[3\] shared.*must be per sample/);
  });
});

const restored: readonly [TensorType, TensorType][] = [
  [perSample([3, 4, 5]), perSample([5])],
  [perSample([3, 4, 5]), perSample([3, 1, 5])],
  [perSample([3, 4]), perSample([])],
  [perSample([3, 4, 16]), shared([16])],
  [perSample([3, 4, 11]), shared([4, 1])],
  [perSample([2, 3, 2, 3]), shared([3, 1, 3])],
  [perSample([5, 7, 1]), shared([1])],
  [perSample([5, 7, 2]), shared([])],
  [shared([3, 4]), shared([1, 4])],
];

describe("sumTo", () => {
  test.each(restored)("%o to %o", (from, to) => {
    checkKernel([from], (x) => sumTo(x, to), { tolerance: 1e-5 });
    checkGradient([from], (x) => square(sumTo(x, to)));
    expect(sumTo(inputOrParameter(from), to).type).toEqual(to);
  });

  test("keeps what has the type already", () => {
    const x = inputNode("x", [3]);
    expect(sumTo(x, perSample([3]))).toBe(x);
  });

  test("types that are no broadcast's origin", () => {
    expect(() => sumTo(inputNode("x", [3]), perSample([4]))).toThrow(GraphError);
    expect(() => sumTo(inputNode("x", [3]), shared([2]))).toThrow(/cannot sum \[3\] per sample to \[2\] shared/);
    expect(() => sumTo(parameterNode("w", [3]), perSample([3]))).toThrow(/cannot become \[3\] per sample/);
  });
});

describe("broadcasting", () => {
  test("along axes", () => {
    checkKernel([perSample([4, 1])], (x) => broadcastTo(x, [3, 4, 5]));
    checkKernel([shared([5])], (x) => broadcastTo(x, [3, 5]));
    checkGradient([perSample([4, 1])], (x) => square(broadcastTo(x, [3, 4, 5])));
  });

  test("to samples", () => {
    checkKernel([shared([5])], (x) => broadcastToSamples(x, [3, 5]));
    checkKernel([shared([])], (x) => broadcastToSamples(x, []));
    checkGradient([shared([4, 1])], (x) => square(broadcastToSamples(x, [4, 2])));
  });

  test("shapes that do not fit", () => {
    expect(() => broadcastTo(inputNode("x", [3]), [4])).toThrow(/broadcastTo: \[3\] does not broadcast to \[4\]/);
    expect(() => broadcastTo(inputNode("x", [2, 3]), [3])).toThrow(GraphError);
    expect(() => broadcastToSamples(parameterNode("w", [3]), [2])).toThrow(GraphError);
  });
});

test("a sum over samples takes every sample once", () => {
  const x = inputNode("x", [2, 3]);
  const feeds = new Map([[x, Array.from({ length: 21 }, (_, i) => Float64Array.of(i, 1, 0, 2 * i, 1, 0))]]);
  for (const run of [interpret, runKernels]) {
    expect(run([sumTo(x, shared([3]))], feeds, { batch: 21 })).toEqual([Float64Array.of(630, 42, 0)]);
  }
});

function inputOrParameter({ scope, shape }: TensorType): ReturnType<typeof inputNode> {
  return scope === "sample" ? inputNode("x", shape) : parameterNode("x", shape);
}
