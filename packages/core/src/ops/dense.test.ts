import { describe, expect, it } from "vitest";
import { perSample, shared } from "../graph/tensor-type.ts";
import { dense, denseKernelGrad, denseTranspose } from "./dense.ts";
import { inputNode, parameterNode } from "./leaf.ts";
import { checkGradient } from "./testing/check-gradient.ts";
import { checkKernel } from "./testing/check-kernel.ts";

/** leading axes, inputs, outputs */
const CASES = [
  [[], 1, 1],
  [[], 5, 7],
  [[], 8, 3],
  [[], 300, 9],
  [[3], 4, 2],
  [[2, 3], 5, 4],
] as const;

describe("dense", () => {
  it.each(CASES)("leading %j, %d → %d", (leading, inputs, outputs) => {
    const types = [perSample([...leading, inputs]), shared([inputs, outputs])];
    checkKernel(types, (x, w) => dense(x, w), { tolerance: 1e-5 });
    checkGradient(types, (x, w) => dense(x, w));
  });

  it("names both shapes where they do not meet", () => {
    expect(() => dense(inputNode("x", [28, 3]), parameterNode("w", [28, 8]))).toThrow(
      /weights of shape \[28, 8\] need 28 features, and the input has shape \[28, 3\]/,
    );
    expect(() => dense(parameterNode("x", [4]), parameterNode("w", [4, 8]))).toThrow(/per sample/);
  });
});

describe("denseTranspose", () => {
  it.each(CASES)("leading %j, %d ← %d", (leading, inputs, outputs) => {
    const types = [perSample([...leading, outputs]), shared([inputs, outputs])];
    checkKernel(types, (x, w) => denseTranspose(x, w), { tolerance: 1e-5 });
    checkGradient(types, (x, w) => denseTranspose(x, w));
  });
});

describe("denseKernelGrad", () => {
  // Blocks of 6 rows by 8 columns, and what they leave over.
  it.each([
    [[], 1, 1],
    [[], 6, 8],
    [[2], 13, 4],
    [[], 8, 21],
    [[3, 2], 7, 15],
  ] as const)("leading %j, %d × %d", (leading, rows, columns) => {
    const types = [perSample([...leading, rows]), perSample([...leading, columns])];
    checkKernel(types, (x, y) => denseKernelGrad(x, y), { tolerance: 2e-5 });
  });
});
