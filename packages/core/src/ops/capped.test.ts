import { describe, expect, it } from "vitest";
import { gradients } from "../autodiff/gradient.ts";
import { simplify } from "../compile/simplify.ts";
import type { Node } from "../graph/node.ts";
import { printGraph } from "../graph/print.ts";
import { greater, greaterEqual, where } from "./compare.ts";
import { inputNode } from "./leaf.ts";
import { sum, sumSamples } from "./sum.ts";
import { interpret } from "./testing/interpret.ts";
import { runKernels } from "./testing/run-kernels.ts";

const x = inputNode("x", [7]);
const feeds = new Map([[x, [Float64Array.of(-1, 0, 5.5, 6, 7, Infinity, NaN)]]]);

function rewritten(output: Node): Node {
  return simplify({ outputs: { output }, batchSize: 1 }).outputs["output"]!;
}

describe("values limited at a number", () => {
  it("are a minimum, bit for bit", () => {
    const limited = where(greaterEqual(x, 6), 6, x);
    const after = rewritten(limited);
    expect(printGraph([after])).toMatch(/minimum/);
    const expected = [[Float64Array.of(-1, 0, 5.5, 6, 6, 6, NaN)]];
    expect(interpret([limited], feeds, { batch: 1 })).toEqual(expected);
    expect(runKernels([limited], feeds, { batch: 1 })).toEqual(expected);
  });

  it("keep their slope of 0 at the limit", () => {
    const [slope] = gradients(sumSamples(sum(where(greaterEqual(x, 6), 6, x))), [x]);
    expect(runKernels([slope!], feeds, { batch: 1 })).toEqual([[Float64Array.of(1, 1, 1, 0, 0, 0, 1)]]);
  });

  it.each([
    where(greaterEqual(x, 6), 5, x),
    where(greater(x, 6), 6, x),
    where(greaterEqual(x, 6), x, 6),
    where(greaterEqual(6, x), 6, x),
  ])("and other choices stay what they are", (choice) => {
    expect(rewritten(choice)).toBe(choice);
  });
});
