import { describe, expect, test } from "vitest";
import { perSample, shared } from "../graph/tensor-type.ts";
import type { Shape, TensorType } from "../graph/tensor-type.ts";
import { inputNode, parameterNode } from "./leaf.ts";
import { matmul } from "./matmul.ts";
import { checkGradient } from "./testing/check-gradient.ts";
import { checkKernel } from "./testing/check-kernel.ts";
import { printOnnx } from "./testing/print-onnx.ts";
import { runKernels } from "./testing/run-kernels.ts";

const shapes: readonly [Shape, Shape][] = [
  [
    [1, 1],
    [1, 1],
  ],
  [
    [3, 5],
    [5, 1],
  ],
  [
    [7, 3],
    [3, 8],
  ],
  [
    [2, 4, 9],
    [2, 9, 5],
  ],
  [
    [2, 1, 3, 2],
    [2, 1, 2, 3],
  ],
];

const forms = [
  { transposeLeft: false, transposeRight: false },
  { transposeLeft: true, transposeRight: false },
  { transposeLeft: false, transposeRight: true },
  { transposeLeft: true, transposeRight: true },
];

const scopes: readonly [string, (shape: Shape) => TensorType, (shape: Shape) => TensorType][] = [
  ["both per sample", perSample, perSample],
  ["left shared", shared, perSample],
  ["right shared", perSample, shared],
  ["both shared", shared, shared],
];

describe.each(shapes)("[%s] · [%s]", (left, right) => {
  const read = (shape: Shape, transposed: boolean): Shape =>
    transposed ? [...shape.slice(0, -2), shape.at(-1)!, shape.at(-2)!] : shape;

  describe.each(forms)("%o", (form) => {
    test.each(scopes)("%s", (_, a, b) => {
      const types = [a(read(left, form.transposeLeft)), b(read(right, form.transposeRight))];
      checkKernel(types, (x, y) => matmul(x, y, form));
      checkGradient(types, (x, y) => matmul(x, y, form));
    });
  });
});

test("values", () => {
  const [a, b] = [inputNode("a", [2, 2]), inputNode("b", [2, 2])];
  const feeds = new Map([
    [a, [Float64Array.of(1, 2, 3, 4)]],
    [b, [Float64Array.of(5, 6, 7, 8)]],
  ]);
  const run = (y: ReturnType<typeof matmul>): unknown => runKernels([y], feeds, { batch: 1 });
  expect(run(matmul(a, b))).toEqual([[Float64Array.of(19, 22, 43, 50)]]);
  expect(run(matmul(a, b, { transposeLeft: true }))).toEqual([[Float64Array.of(26, 30, 38, 44)]]);
  expect(run(matmul(a, b, { transposeRight: true }))).toEqual([[Float64Array.of(17, 23, 39, 53)]]);
});

test.each<[Shape, Shape]>([
  [[3], [3, 2]],
  [
    [2, 3],
    [2, 3],
  ],
  [
    [2, 3, 4],
    [1, 4, 3],
  ],
  [
    [2, 3, 4],
    [4, 3],
  ],
])("[%s] · [%s] do not fit", (a, b) => {
  expect(() => matmul(inputNode("a", a), inputNode("b", b))).toThrow(
    /multiplies the left \[\.\.\., m, k\] by the right \[\.\.\., k, n\], their leading axes equal/,
  );
});

test("in ONNX, a shared operand has no batch axis", () => {
  const [a, w] = [inputNode("a", [2, 3]), parameterNode("w", [2, 3])];
  expect(printOnnx(matmul(a, w, { transposeRight: true }))).toEqual([
    "%0 = Transpose(w) perm=[1,0]",
    "%1 = MatMul(a, %0)",
  ]);
  expect(printOnnx(matmul(a, a, { transposeLeft: true }))).toEqual([
    "%0 = Transpose(a) perm=[0,2,1]",
    "%1 = MatMul(%0, a)",
  ]);
});
