import { describe, expect, test } from "vitest";
import { GraphError } from "../graph/error.ts";
import { perSample, shared } from "../graph/tensor-type.ts";
import type { Shape } from "../graph/tensor-type.ts";
import { mul } from "./binary.ts";
import { inputNode } from "./leaf.ts";
import { pad, slice } from "./slice.ts";
import type { PadOptions, SliceOptions } from "./slice.ts";
import { checkGradient } from "./testing/check-gradient.ts";
import { checkKernel } from "./testing/check-kernel.ts";
import { printOnnx } from "./testing/print-onnx.ts";
import { runKernels } from "./testing/run-kernels.ts";
import { square } from "./unary.ts";

describe("slice", () => {
  const cases: readonly [Shape, SliceOptions][] = [
    [[7], { begin: [2], size: [3] }],
    [[7], { begin: [6], size: [1] }],
    [[7], { begin: [1], size: [3], steps: [2] }],
    [[7], { begin: [0], size: [3], steps: [3] }],
    [[5, 1], { begin: [1, 0], size: [4, 1] }],
    [[5, 4, 3], { begin: [1, 1, 0], size: [3, 2, 3] }],
    [[5, 4, 3], { begin: [0, 1, 1], size: [3, 2, 2], steps: [2, 2, 1] }],
    [[3, 2, 4, 5], { begin: [1, 0, 1, 2], size: [2, 2, 1, 2], steps: [1, 1, 4, 2] }],
  ];

  test.each(cases)("[%s] %o", (shape, options) => {
    checkKernel([perSample(shape)], (x) => slice(x, options));
    checkKernel([shared(shape)], (x) => slice(x, options));
    checkGradient([perSample(shape)], (x) => square(slice(x, options)));
    checkGradient([shared(shape)], (x) => square(slice(x, options)));
    expect(slice(inputNode("x", shape), options).type).toEqual(perSample(options.size));
  });

  test("values", () => {
    const x = inputNode("x", [3, 4]);
    const y = slice(x, { begin: [1, 0], size: [2, 2], steps: [1, 3] });
    const rows = Float64Array.from({ length: 12 }, (_, i) => i);
    expect(runKernels([y], new Map([[x, [rows]]]), { batch: 1 })).toEqual([[Float64Array.of(4, 7, 8, 11)]]);
  });

  test("all of it is the same node", () => {
    const x = inputNode("x", [3, 4]);
    expect(slice(x, { begin: [0, 0], size: [3, 4] })).toBe(x);
  });

  test.each<SliceOptions>([
    { begin: [0], size: [3] },
    { begin: [1, 0], size: [3, 4] },
    { begin: [-1, 0], size: [1, 1] },
    { begin: [0, 0], size: [0, 4] },
    { begin: [0, 0], size: [3, 4], steps: [1, 2] },
    { begin: [0, 0], size: [3, 4], steps: [1, -1] },
    { begin: [0, 0], size: [3, 4], steps: [1] },
    { begin: [0.5, 0], size: [1, 1] },
  ])("%o of [3, 4]", (options) => {
    expect(() => slice(inputNode("x", [3, 4]), options)).toThrow(GraphError);
    expect(() => slice(inputNode("x", [3, 4]), options)).toThrow(/are not all inside \[3, 4\] per sample/);
  });

  test("in ONNX axes count the batch, and ends lie behind the last element", () => {
    const options = { begin: [1, 0], size: [2, 2], steps: [1, 3] };
    expect(printOnnx(slice(inputNode("x", [3, 4]), options))).toEqual([
      "%0 = Slice(x, int64[2]{1, 0}, int64[2]{3, 4}, int64[2]{1, 2}, int64[2]{1, 3})",
    ]);
  });
});

describe("pad", () => {
  const cases: readonly [Shape, PadOptions][] = [
    [[3], { before: [2], after: [1] }],
    [[3], { before: [0], after: [0], interior: [2] }],
    [[1], { before: [1], after: [2], interior: [3], value: -1.5 }],
    [[4, 1], { before: [0, 2], after: [1, 0], value: 0.5 }],
    [[3, 2, 2], { before: [1, 0, 1], after: [0, 2, 0] }],
    [[2, 3, 2], { before: [1, 0, 1], after: [0, 2, 0], interior: [2, 1, 0], value: 7 }],
    [[2, 1, 2, 3], { before: [0, 1, 0, 0], after: [1, 0, 0, 1], interior: [0, 0, 1, 0] }],
  ];

  test.each(cases)("[%s] %o", (shape, options) => {
    checkKernel([perSample(shape)], (x) => pad(x, options));
    checkKernel([shared(shape)], (x) => pad(x, options));
    checkGradient([perSample(shape)], (x) => square(pad(x, options)));
    checkGradient([shared(shape)], (x) => square(pad(x, options)));
  });

  test("values", () => {
    const x = inputNode("x", [2, 2]);
    const y = pad(x, { before: [0, 1], after: [1, 0], interior: [0, 1], value: 9 });
    expect(y.type).toEqual(perSample([3, 4]));
    expect(runKernels([y], new Map([[x, [Float64Array.of(1, 2, 3, 4)]]]), { batch: 1 })).toEqual([
      [Float64Array.of(9, 1, 9, 2, 9, 3, 9, 4, 9, 9, 9, 9)],
    ]);
  });

  test("nothing added is the same node", () => {
    const x = inputNode("x", [3, 4]);
    expect(pad(x, { before: [0, 0], after: [0, 0], value: 5 })).toBe(x);
  });

  test.each<PadOptions>([
    { before: [1], after: [0] },
    { before: [1, 0], after: [-1, 0] },
    { before: [1, 0], after: [0, 0.5] },
    { before: [1, 0], after: [0, 0], interior: [1] },
  ])("%o of [3, 4]", (options) => {
    expect(() => pad(inputNode("x", [3, 4]), options)).toThrow(/for each of its 2 axes whole numbers of at least 0/);
  });

  test("a value that is no number", () => {
    expect(() => pad(inputNode("x", [3]), { before: [1], after: [0], value: -Infinity })).toThrow(
      /the value is -Infinity, and must be a finite number/,
    );
  });

  test("in ONNX the batch is not padded, and nothing goes between elements", () => {
    expect(printOnnx(pad(inputNode("x", [3, 4]), { before: [1, 0], after: [2, 0], value: 0.5 }))).toEqual([
      "%0 = Pad(x, int64[6]{0, 1, 0, 0, 2, 0}, float[]{0.5})",
    ]);
    const between = pad(inputNode("x", [3]), { before: [0], after: [0], interior: [1] });
    expect(() => printOnnx(between)).toThrow(/ONNX pads around a tensor, not between its elements/);
  });
});

test("the gradient of the gradient of a slice", () => {
  const options = { begin: [1, 0], size: [2, 2], steps: [2, 1] };
  checkGradient([perSample([4, 3])], (x) => {
    const y = slice(mul(x, square(x)), options);
    return mul(pad(y, { before: [1, 0], after: [0, 1], interior: [1, 0] }), x);
  });
});
