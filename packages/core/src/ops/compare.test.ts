import { describe, expect, test } from "vitest";
import { gradients } from "../autodiff/gradient.ts";
import { perSample, shared } from "../graph/tensor-type.ts";
import { add } from "./binary.ts";
import { equal, greater, greaterEqual, where } from "./compare.ts";
import { inputNode } from "./leaf.ts";
import { checkGradient } from "./testing/check-gradient.ts";
import { checkKernel } from "./testing/check-kernel.ts";
import { interpret } from "./testing/interpret.ts";
import { runKernels } from "./testing/run-kernels.ts";
import { uniformNumbers } from "./testing/values.ts";
import { sum, sumSamples } from "./sum.ts";

/** Whole numbers, so that equal ones occur. */
function wholeNumbers(seed: number): () => number {
  const next = uniformNumbers(seed, -2, 3);
  return () => Math.floor(next());
}

const special = [NaN, Infinity, -Infinity, 0, -0, 1];

describe.each(Object.entries({ greater, greaterEqual, equal }))("%s", (_, op) => {
  test("kernel", () => {
    checkKernel([perSample([4, 3]), perSample([4, 3])], op, { next: wholeNumbers(1) });
    checkKernel([perSample([4, 3]), shared([3])], op, { next: wholeNumbers(2) });
    checkKernel([perSample([4, 3])], (x) => op(x, 1), { next: wholeNumbers(3) });
  });

  test("infinite and NaN", () => {
    const a = inputNode("a", [6, 1]);
    const b = inputNode("b", [6]);
    const feeds = new Map([a, b].map((leaf) => [leaf, [Float64Array.from(special)]]));
    expect(runKernels([op(a, b)], feeds, { batch: 1 })).toEqual(interpret([op(a, b)], feeds, { batch: 1 }));
  });

  test("has no slope", () => {
    const x = inputNode("x", [2]);
    const feeds = new Map([[x, [Float64Array.of(1, 2)]]]);
    const [slope] = gradients(sumSamples(sum(add(x, op(x, 1)))), [x]);
    expect(interpret([slope!], feeds, { batch: 1 })).toEqual([[Float64Array.of(1, 1)]]);
  });
});

test("greater than, at least, equal", () => {
  const a = inputNode("a", [3]);
  const feeds = new Map([[a, [Float64Array.of(1, 2, 3)]]]);
  const outputs = [greater(a, 2), greaterEqual(a, 2), equal(a, 2)];
  expect(runKernels(outputs, feeds, { batch: 1 })).toEqual([
    [Float64Array.of(0, 0, 1)],
    [Float64Array.of(0, 1, 1)],
    [Float64Array.of(0, 1, 0)],
  ]);
});

describe("where", () => {
  test("kernel", () => {
    const next = wholeNumbers(4);
    checkKernel([perSample([4, 3]), perSample([4, 3]), perSample([4, 3])], where, { next });
    checkKernel([perSample([4, 1]), perSample([3]), shared([4, 3])], where, { next });
    checkKernel([shared([3]), shared([3]), shared([])], where, { next });
    checkKernel([perSample([4, 3]), perSample([4, 3])], (a, b) => where(greater(a, b), a, 0), { next });
  });

  test("gradient", () => {
    checkGradient([perSample([4, 3]), perSample([4, 3])], (a, b) => where(greater(a, b), a, b));
    checkGradient([perSample([4, 1]), shared([3])], (a, b) => where(greater(0.5, a), a, b));
  });

  test("a condition that is NaN is not zero", () => {
    const condition = inputNode("condition", [3]);
    const feeds = new Map([[condition, [Float64Array.of(NaN, 0, -0)]]]);
    for (const run of [interpret, runKernels]) {
      expect(run([where(condition, 1, 2)], feeds, { batch: 1 })).toEqual([[Float64Array.of(1, 2, 2)]]);
    }
  });
});
