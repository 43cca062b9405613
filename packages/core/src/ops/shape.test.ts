import { describe, expect, test } from "vitest";
import { GraphError } from "../graph/error.ts";
import { perSample, shared } from "../graph/tensor-type.ts";
import type { Shape } from "../graph/tensor-type.ts";
import { mul } from "./binary.ts";
import { inputNode } from "./leaf.ts";
import { reshape, transpose } from "./shape.ts";
import { checkGradient } from "./testing/check-gradient.ts";
import { checkKernel } from "./testing/check-kernel.ts";
import { runKernels } from "./testing/run-kernels.ts";

describe("reshape", () => {
  test.each<[Shape, Shape]>([
    [[4, 3], [12]],
    [[12], [2, 2, 3]],
    [[1], []],
    [[], [1, 1]],
  ])("[%s] to [%s]", (from, to) => {
    checkKernel([perSample(from)], (x) => reshape(x, to));
    checkGradient([perSample(from)], (x) => mul(reshape(x, to), reshape(x, to)));
    expect(reshape(inputNode("x", from), to).type).toEqual(perSample(to));
  });

  test("the same shape is the same node", () => {
    const x = inputNode("x", [3, 4]);
    expect(reshape(x, [3, 4])).toBe(x);
  });

  test("another number of elements", () => {
    expect(() => reshape(inputNode("x", [28, 28]), [28, 27])).toThrow(
      /reshape: \[28, 28\] has 784 elements and \[28, 27\] has 756/,
    );
  });
});

describe("transpose", () => {
  test.each<[Shape, number[]]>([
    [
      [3, 4],
      [1, 0],
    ],
    [
      [3, 1],
      [1, 0],
    ],
    [
      [2, 3, 4],
      [2, 0, 1],
    ],
    [
      [2, 3, 4],
      [1, 2, 0],
    ],
    [
      [2, 3, 4, 5],
      [3, 1, 0, 2],
    ],
  ])("[%s] by axes [%s]", (shape, axes) => {
    checkKernel([perSample(shape)], (x) => transpose(x, axes));
    checkKernel([shared(shape)], (x) => transpose(x, axes));
    checkGradient([perSample(shape)], (x) => mul(transpose(x, axes), transpose(x, axes)));
  });

  test("values", () => {
    const x = inputNode("x", [2, 3]);
    const feeds = new Map([[x, [Float64Array.of(1, 2, 3, 4, 5, 6)]]]);
    expect(runKernels([transpose(x, [1, 0])], feeds, { batch: 1 })).toEqual([[Float64Array.of(1, 4, 2, 5, 3, 6)]]);
  });

  test("the axes in their order are the same node", () => {
    const x = inputNode("x", [3, 4]);
    expect(transpose(x, [0, 1])).toBe(x);
  });

  test.each([[[0]], [[0, 0]], [[0, 2]], [[0, -1]]])("axes [%s] of a matrix", (axes) => {
    expect(() => transpose(inputNode("x", [3, 4]), axes)).toThrow(GraphError);
  });
});
