import { describe, expect, test } from "vitest";
import { gradients } from "../autodiff/gradient.ts";
import type { Node } from "../graph/node.ts";
import { perSample, shared } from "../graph/tensor-type.ts";
import { add, mul } from "./binary.ts";
import { erfReference } from "./erf-reference.ts";
import { inputNode } from "./leaf.ts";
import { sum, sumSamples } from "./sum.ts";
import { checkGradient } from "./testing/check-gradient.ts";
import { checkKernel, expectClose } from "./testing/check-kernel.ts";
import { interpret } from "./testing/interpret.ts";
import { runKernels } from "./testing/run-kernels.ts";
import * as unary from "./unary.ts";

/** Each op with the range that it is tested over. */
const smooth: readonly [string, (x: Node) => Node, number, number][] = [
  ["neg", unary.neg, -3, 3],
  ["abs", unary.abs, -3, 3],
  ["sqrt", unary.sqrt, 0.1, 9],
  ["square", unary.square, -3, 3],
  ["exp", unary.exp, -3, 3],
  ["log", unary.log, 0.1, 9],
  ["tanh", unary.tanh, -5, 5],
  ["sigmoid", unary.sigmoid, -9, 9],
  ["softplus", unary.softplus, -9, 9],
  ["relu", unary.relu, -3, 3],
  ["reciprocal", unary.reciprocal, 0.2, 3],
  ["erf", unary.erf, -3, 3],
  ["sinTurns", unary.sinTurns, -2, 2],
  ["cosTurns", unary.cosTurns, -2, 2],
];
const steps: readonly [string, (x: Node) => Node][] = [
  ["sign", unary.sign],
  ["floor", unary.floor],
];

describe.each(smooth)("%s", (_, op, low, high) => {
  test("kernel", () => {
    checkKernel([perSample([3, 5, 1])], op, { low, high });
    checkKernel([perSample([])], op, { low, high });
    checkKernel([shared([7])], op, { low, high });
  });

  test("gradient, and the gradient's gradient", () => {
    checkGradient([perSample([3, 5, 1])], op, { low, high });
    checkGradient([shared([7])], op, { low, high });
    checkGradient([perSample([4])], (x) => mul(x, slopeOf(op, x)), { low, high });
  });
});

describe.each(steps)("%s", (_, op) => {
  test("kernel", () => {
    checkKernel([perSample([3, 5, 1])], op, { low: -3, high: 3 });
  });

  test("has no slope", () => {
    checkGradient([perSample([5])], (x) => add(op(x), x), { low: -3, high: 3 });
  });
});

test("infinite and NaN", () => {
  const values = Float64Array.of(NaN, Infinity, -Infinity, 0, -1, 1);
  const x = inputNode("x", [values.length]);
  const feeds = new Map([[x, [values]]]);
  for (const [name, op] of [...smooth, ...steps]) {
    const [actual] = runKernels([op(x)], feeds, { batch: 1 });
    const [expected] = interpret([op(x)], feeds, { batch: 1 });
    expectClose(actual!, expected!, 1e-6, `${name} of ${values.join(", ")}`);
  }
});

test("relu and abs have gradient 0 at 0, as in Keras", () => {
  for (const op of [unary.relu, unary.abs]) {
    const x = inputNode("x", [3]);
    const feeds = new Map([[x, [Float64Array.of(-2, 0, 2)]]]);
    const [slope] = gradients(sumSamples(sum(op(x))), [x]);
    const expected = Float64Array.of(op === unary.abs ? -1 : 0, 0, 1);
    for (const run of [interpret, runKernels]) expect(run([slope!], feeds, { batch: 1 })).toEqual([[expected]]);
  }
});

test("powers: whole, halves, negative, and any of positive numbers", () => {
  const x = inputNode("x", [3]);
  const numbers = [0.5, 1.5, 3];
  const feeds = new Map([[x, [Float64Array.from(numbers)]]]);
  for (const p of [0, 1, 2, 3, 4, 5, 7, 0.5, 1.5, -1, -2.5, 0.3]) {
    const [[actual]] = interpret([unary.pow(x, p)], feeds, { batch: 1 }) as [Float64Array[]];
    for (const [i, value] of numbers.entries()) expect(actual![i], `${value}^${p}`).toBeCloseTo(value ** p, 12);
    if (p !== 0) checkGradient([perSample([4])], (node) => unary.pow(node, p), { low: 0.3, high: 2 });
  }
});

test("sine and cosine are exact at quarter turns", () => {
  const x = inputNode("x", [6]);
  const feeds = new Map([[x, [Float64Array.of(-1, -0.25, 0, 0.25, 0.5, 99.75)]]]);
  const [sines, cosines] = runKernels([unary.sinTurns(x), unary.cosTurns(x)], feeds, { batch: 1 });
  const numbers = (value: unknown): number[] => Array.from((value as [Float64Array])[0], (number) => number + 0);
  expect(numbers(sines)).toEqual([0, -1, 0, 1, 0, -1]);
  expect(numbers(cosines)).toEqual([1, 0, 1, 0, -1, 0]);
});

test("the reference of erf, at values tabulated by Abramowitz and Stegun (table 7.1)", () => {
  expect(erfReference(0)).toBe(0);
  expect(erfReference(0.5)).toBeCloseTo(0.5204998778, 10);
  expect(erfReference(1)).toBeCloseTo(0.8427007929, 10);
  expect(erfReference(-2)).toBeCloseTo(-0.995322265, 10);
  expect(erfReference(Infinity)).toBe(1);
});

/** The slope of an element-wise op, as a graph of its own. */
function slopeOf(op: (x: Node) => Node, x: Node): Node {
  return gradients(sumSamples(sum(op(x))), [x])[0]!;
}
