import { describe, expect, test } from "vitest";
import { GraphError } from "../graph/error.ts";
import type { Node } from "../graph/node.ts";
import { perSample, shared } from "../graph/tensor-type.ts";
import type { TensorType } from "../graph/tensor-type.ts";
import { add, clip, div, maximum, minimum, mul, sub } from "./binary.ts";
import type { Operand } from "./define-elementwise.ts";
import { inputNode } from "./leaf.ts";
import { checkGradient } from "./testing/check-gradient.ts";
import { checkKernel } from "./testing/check-kernel.ts";
import { interpret } from "./testing/interpret.ts";
import { runKernels } from "./testing/run-kernels.ts";
import { gradients } from "../autodiff/gradient.ts";
import { sum, sumSamples } from "./sum.ts";

const ops = { add, sub, mul, div, maximum, minimum };

const operandTypes: readonly [TensorType, TensorType][] = [
  [perSample([3, 5, 2]), perSample([3, 5, 2])],
  [perSample([3, 5, 2]), shared([2])],
  [shared([5, 1]), perSample([3, 1, 2])],
  [perSample([4]), perSample([])],
  [shared([]), perSample([7])],
  [shared([2, 3]), shared([3])],
  [perSample([1, 1, 1]), perSample([1])],
];

describe.each(Object.entries(ops))("%s", (_, op) => {
  test("kernel, with and without broadcasting", () => {
    for (const types of operandTypes) checkKernel(types, op, { low: 0.5 });
  });

  test("gradient, summed over what was broadcast", () => {
    for (const types of operandTypes) checkGradient(types, op, { low: 0.5 });
  });

  test("a number stands for a constant", () => {
    checkKernel([perSample([3, 2])], (x) => op(x, 1.5));
    checkKernel([perSample([3, 2])], (x) => op(1.5, x), { low: 0.5 });
    checkGradient([perSample([3, 2])], (x) => op(1.5, op(x, 1.5)), { low: 0.5 });
  });

  test("the result is per sample if an operand is", () => {
    for (const [a, b] of operandTypes) {
      const isPerSample = [a, b].some((type) => type.scope === "sample");
      expect(op(node(a), node(b)).type.scope).toBe(isPerSample ? "sample" : "shared");
    }
  });

  test("shapes that do not broadcast", () => {
    expect(() => op(node(perSample([28, 28, 1])), node(perSample([27, 27, 1])))).toThrow(GraphError);
    expect(() => op(node(perSample([28, 28, 1])), node(perSample([27, 27, 1])))).toThrow(
      /: the shapes \[28, 28, 1\] and \[27, 27, 1\] do not fit together.*reshape or broadcast/,
    );
  });
});

test("infinite and NaN", () => {
  const special = [NaN, Infinity, -Infinity, 0, -1, 2];
  const pairs = special.flatMap((a) => special.map((b) => [a, b] as const));
  for (const op of Object.values(ops)) {
    expectSame(op, pairs);
  }
});

test("dividing by zero is infinite", () => {
  expectSame(div, [
    [1, 0],
    [-1, 0],
    [0, 0],
  ]);
});

test("where operands are equal, the gradient of maximum and minimum is the first one's", () => {
  for (const op of [maximum, minimum]) {
    const a = inputNode("a", [3]);
    const b = inputNode("b", [3]);
    const feeds = new Map([
      [a, [Float64Array.of(1, 2, 3)]],
      [b, [Float64Array.of(1, 5, 0)]],
    ]);
    const loss = sumSamples(sum(op(a, b)));
    const [da, db] = interpret(gradients(loss, [a, b]), feeds, { batch: 1 }) as [Float64Array[], Float64Array[]];
    const first = op === maximum ? [1, 0, 1] : [1, 1, 0];
    expect([...da[0]!]).toEqual(first);
    expect([...db[0]!]).toEqual(first.map((share) => 1 - share));
  }
});

test("clip keeps values and gradients between its bounds, the bounds included", () => {
  const x = inputNode("x", [5]);
  const y = clip(x, -1, 1);
  const feeds = new Map([[x, [Float64Array.of(-2, -1, 0.5, 1, 3)]]]);
  const outputs = [y, ...gradients(sumSamples(sum(y)), [x])];
  for (const run of [interpret, runKernels]) {
    const [value, slope] = run(outputs, feeds, { batch: 1 }) as [Float64Array[], Float64Array[]];
    expect([...value[0]!]).toEqual([-1, -1, 0.5, 1, 1]);
    expect([...slope[0]!]).toEqual([0, 1, 1, 1, 0]);
  }
});

function node({ scope, shape }: TensorType): Node {
  const leaf = inputNode("x", shape);
  return scope === "sample" ? leaf : { ...leaf, type: shared(shape) };
}

function expectSame(op: (a: Operand, b: Operand) => Node, pairs: readonly (readonly [number, number])[]): void {
  const a = inputNode("a", [pairs.length]);
  const b = inputNode("b", [pairs.length]);
  const feeds = new Map([
    [a, [Float64Array.from(pairs, ([left]) => left)]],
    [b, [Float64Array.from(pairs, ([, right]) => right)]],
  ]);
  const y = op(a, b);
  const run = { batch: 1 };
  expect(runKernels([y], feeds, run)).toEqual(interpret([y], feeds, run));
}
