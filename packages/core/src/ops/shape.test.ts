import { describe, expect, test } from "vitest";
import { GraphError } from "../graph/error.ts";
import { perSample, shared } from "../graph/tensor-type.ts";
import type { Shape } from "../graph/tensor-type.ts";
import { mul } from "./binary.ts";
import { inputNode } from "./leaf.ts";
import { reshape, reverse, transpose } from "./shape.ts";
import { checkGradient } from "./testing/check-gradient.ts";
import { checkKernel } from "./testing/check-kernel.ts";
import { printOnnx } from "./testing/print-onnx.ts";
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

describe("reverse", () => {
  test.each<[Shape, number[]]>([
    [[5], [0]],
    [
      [3, 4],
      [0, 1],
    ],
    [[3, 1, 4], [-1]],
    [
      [2, 3, 4],
      [2, 0],
    ],
  ])("[%s] along axes %s", (shape, axes) => {
    checkKernel([perSample(shape)], (x) => reverse(x, axes));
    checkKernel([shared(shape)], (x) => reverse(x, axes));
    checkGradient([perSample(shape)], (x) => mul(reverse(x, axes), reverse(x, axes)));
  });

  test("values", () => {
    const x = inputNode("x", [2, 3]);
    const feeds = new Map([[x, [Float64Array.of(1, 2, 3, 4, 5, 6)]]]);
    expect(runKernels([reverse(x, [1])], feeds, { batch: 1 })).toEqual([[Float64Array.of(3, 2, 1, 6, 5, 4)]]);
    expect(runKernels([reverse(x, [0])], feeds, { batch: 1 })).toEqual([[Float64Array.of(4, 5, 6, 1, 2, 3)]]);
  });

  test("along axes of one element, or none, it is the same node", () => {
    const x = inputNode("x", [1, 3]);
    expect(reverse(x, [0])).toBe(x);
    expect(reverse(x, [])).toBe(x);
  });

  test("axes that are not there", () => {
    expect(() => reverse(inputNode("x", [3, 4]), [2])).toThrow(/reverse: the axes \[2\] do not name different axes/);
  });

  test("in ONNX it is a slice from the last element backwards", () => {
    expect(printOnnx(reverse(inputNode("x", [2, 3]), [1]))).toEqual([
      "%0 = Slice(x, int64[1]{-1}, int64[1]{-4}, int64[1]{2}, int64[1]{-1})",
    ]);
  });
});
