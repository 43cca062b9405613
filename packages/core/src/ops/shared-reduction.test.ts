// Sums and maxima of shared tensors, whose lanes are elements: blocks of 16, vectors of 4, and what is left over.
import { describe, expect, test } from "vitest";
import { shared } from "../graph/tensor-type.ts";
import type { Shape } from "../graph/tensor-type.ts";
import { runCompiled } from "../runtime/testing/run-compiled.ts";
import { add, mul } from "./binary.ts";
import { parameterNode } from "./leaf.ts";
import { max, sum } from "./reduce.ts";
import { checkKernel, expectClose } from "./testing/check-kernel.ts";
import { interpret } from "./testing/interpret.ts";
import { runKernels } from "./testing/run-kernels.ts";
import { fillTensor, uniformNumbers } from "./testing/values.ts";
import { sqrt, square } from "./unary.ts";

const cases: readonly [Shape, readonly number[]][] = [
  [[16], [0]],
  [[39], [0]],
  [[1, 1], [0]],
  [[40, 1], [0]],
  [[2, 37], [1]],
  [
    [5, 2, 23],
    [0, 2],
  ],
  [[3, 16], [0]],
  [[3, 39], [0]],
  [[9, 2], [0]],
  [[5, 3, 19], [1]],
  [
    [2, 3, 4, 21],
    [0, 2],
  ],
  [
    [2, 3, 4, 21],
    [1, 3],
  ],
  [
    [3, 5, 7, 1],
    [1, 2],
  ],
];

describe.each(Object.entries({ sum, max }))("%s", (_, reduce) => {
  test.each(cases)("[%s] over axes [%s]", (shape, axes) => {
    // Up to 46 terms of up to 2: partial results of up to 10, whose roundings are 5e-7 each.
    checkKernel([shared(shape)], (x) => reduce(x, axes), { tolerance: 5e-6 });
  });

  test("in a program, the same on any number of threads", async () => {
    const next = uniformNumbers(3, -2, 2);
    const leaves = cases.map(([shape], i) => [parameterNode(`x${i}`, shape), parameterNode(`w${i}`, shape)] as const);
    const feeds = new Map(leaves.flat().map((leaf) => [leaf, fillTensor(leaf.type, 1, next)]));
    const outputs = leaves.flatMap(([x, w], i) => {
      const y = reduce(mul(x, w), cases[i]![1]);
      // What follows is computed from registers: four results, or one, at a time.
      return [y, add(sqrt(add(square(y), 1)), y)];
    });
    const run = { batch: 1 };
    const one = await runCompiled(outputs, feeds, { ...run, threads: 1 });
    for (const [i, value] of interpret(outputs, feeds, run).entries()) expectClose(one[i]!, value, 5e-6, `output ${i}`);
    for (const threads of [2, 3]) expect(await runCompiled(outputs, feeds, { ...run, threads })).toEqual(one);
  });
});

test("NaN and infinity, wherever they are", () => {
  const x = parameterNode("x", [39]);
  for (let position = 0; position < 39; position++) {
    const values = new Float64Array(39).fill(-1);
    const run = (value: number): unknown => {
      values[position] = value;
      return runKernels([max(x), sum(x)], new Map([[x, values]]), { batch: 1 });
    };
    expect(run(NaN)).toEqual([Float64Array.of(NaN), Float64Array.of(NaN)]);
    expect(run(-Infinity)).toEqual([Float64Array.of(-1), Float64Array.of(-Infinity)]);
    expect(run(5)).toEqual([Float64Array.of(5), Float64Array.of(5 - 38)]);
  }
});
