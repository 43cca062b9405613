import { describe, expect, test } from "vitest";
import { GraphError } from "../graph/error.ts";
import { perSample, shared } from "../graph/tensor-type.ts";
import type { Shape } from "../graph/tensor-type.ts";
import { concatenate } from "./concatenate.ts";
import { inputNode, parameterNode } from "./leaf.ts";
import { checkGradient } from "./testing/check-gradient.ts";
import { checkKernel } from "./testing/check-kernel.ts";
import { printOnnx } from "./testing/print-onnx.ts";
import { runKernels } from "./testing/run-kernels.ts";
import { square } from "./unary.ts";

describe.each<[number, ...Shape[]]>([
  [0, [3], [1], [4]],
  [0, [2, 3], [1, 3]],
  [1, [2, 3], [2, 1], [2, 2]],
  [-1, [3, 2, 1], [3, 2, 4], [3, 2, 1], [3, 2, 2]],
  [1, [2, 1, 3], [2, 2, 3]],
])("along axis %s: %o, %o …", (axis, ...shapes) => {
  test("per sample", () => {
    checkKernel(shapes.map(perSample), (...operands) => concatenate(operands, axis));
    checkGradient(shapes.map(perSample), (...operands) => square(concatenate(operands, axis)));
  });

  test("shared", () => {
    checkKernel(shapes.map(shared), (...operands) => concatenate(operands, axis));
    checkGradient(shapes.map(shared), (...operands) => square(concatenate(operands, axis)));
  });

  test("shared and per sample: every sample gets a copy", () => {
    const types = shapes.map((shape, i) => (i === 1 ? perSample(shape) : shared(shape)));
    checkKernel(types, (...operands) => concatenate(operands, axis));
    checkGradient(types, (...operands) => square(concatenate(operands, axis)));
  });
});

test("values", () => {
  const [a, b] = [inputNode("a", [2, 2]), inputNode("b", [2, 1])];
  const feeds = new Map([
    [a, [Float64Array.of(1, 2, 3, 4)]],
    [b, [Float64Array.of(5, 6)]],
  ]);
  expect(runKernels([concatenate([a, b], -1)], feeds, { batch: 1 })).toEqual([[Float64Array.of(1, 2, 5, 3, 4, 6)]]);
});

test("one tensor is itself", () => {
  const x = inputNode("x", [3]);
  expect(concatenate([x], 0)).toBe(x);
});

test("errors", () => {
  const [a, b, c] = [inputNode("a", [2, 3]), inputNode("b", [3, 3]), inputNode("c", [3])];
  expect(() => concatenate([], 0)).toThrow(/got no tensors/);
  expect(() => concatenate([a, b], 2)).toThrow(GraphError);
  expect(() => concatenate([a, b], 1)).toThrow(
    /\[2, 3\] per sample, \[3, 3\] per sample cannot be joined along axis 1/,
  );
  expect(() => concatenate([a, c], 0)).toThrow(/may differ along that axis only/);
});

test("in ONNX the axis counts the batch", () => {
  const [a, b, w] = [inputNode("a", [2, 3]), inputNode("b", [2, 1]), parameterNode("w", [2, 2])];
  expect(printOnnx(concatenate([a, b, a], 1))).toEqual(["%0 = Concat(a, b, a) axis=2"]);
  expect(printOnnx(concatenate([w, w], 0))).toEqual(["%0 = Concat(w, w) axis=0"]);
  expect(() => printOnnx(concatenate([a, w], 1))).toThrow(/all have a batch axis or all have none/);
});
