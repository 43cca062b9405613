import { expect, test } from "vitest";
import { simplify } from "../compile/simplify.ts";
import { gradients } from "../autodiff/gradient.ts";
import { perSample, shared } from "../graph/tensor-type.ts";
import { mul } from "./binary.ts";
import { inputNode, parameterNode } from "./leaf.ts";
import { stopGradient } from "./stop-gradient.ts";
import { sum, sumSamples } from "./sum.ts";
import { checkKernel } from "./testing/check-kernel.ts";
import { interpret } from "./testing/interpret.ts";
import { printOnnx } from "./testing/print-onnx.ts";
import { runKernels } from "./testing/run-kernels.ts";
import { square } from "./unary.ts";

test("the value passes", () => {
  checkKernel([perSample([3, 2])], (x) => mul(stopGradient(x), x));
  checkKernel([shared([3, 2])], (x) => mul(stopGradient(square(x)), x));
});

test("the gradient does not: x · stop(x) has the slope x instead of 2x", () => {
  const x = inputNode("x", [3]);
  const feeds = new Map([[x, [Float64Array.of(1, -2, 0.5)]]]);
  const slope = gradients(sumSamples(sum(mul(x, stopGradient(x)))), [x]);
  for (const run of [interpret, runKernels]) {
    expect(run(slope, feeds, { batch: 1 })).toEqual([[Float64Array.of(1, -2, 0.5)]]);
  }
});

test("a variable that only a stopped value depends on has no gradient", () => {
  const x = parameterNode("x", [3]);
  expect(() => gradients(sum(stopGradient(square(x))), [x])).toThrow(/the loss does not depend on x/);
});

test("nothing of it is left in a program", () => {
  const x = inputNode("x", [3]);
  const { outputs } = simplify({ outputs: { y: square(stopGradient(stopGradient(x))) }, batchSize: 1 });
  expect(outputs["y"]!.inputs).toEqual([x]);
});

test("in ONNX it is the identity", () => {
  expect(printOnnx(stopGradient(inputNode("x", [3])))).toEqual(["%0 = Identity(x)"]);
});
