import { describe, expect, it } from "vitest";
import { gradients } from "../autodiff/gradient.ts";
import { simplify } from "../compile/simplify.ts";
import type { Node } from "../graph/node.ts";
import { printGraph } from "../graph/print.ts";
import { conv2d } from "./conv2d/index.ts";
import { depthwiseConv2d } from "./depthwise-conv2d/index.ts";
import { mul } from "./elementwise.ts";
import { inputNode, parameterNode } from "./leaf.ts";
import { sum, sumSamples } from "./reduce.ts";
import { pad } from "./slice.ts";
import { expectClose } from "./testing/check-kernel.ts";
import { interpret } from "./testing/interpret.ts";
import { runKernels } from "./testing/run-kernels.ts";
import { fillTensor, uniformNumbers } from "./testing/values.ts";

function rewritten(outputs: readonly Node[]): readonly Node[] {
  const named = Object.fromEntries(outputs.map((output, index) => [index, output]));
  return Object.values(simplify({ outputs: named, batchSize: 3 }).outputs);
}

/** before and after of rows, then of columns; strides; the padding of the convolution itself */
const CASES = [
  { edges: [0, 1, 0, 1], strides: [2, 2], padding: "valid" },
  { edges: [1, 1, 1, 0], strides: [2, 2], padding: "valid" },
  { edges: [2, 0, 1, 2], strides: [1, 1], padding: "valid" },
  { edges: [1, 0, 0, 1], strides: [1, 1], padding: "same" },
  { edges: [0, 1, 1, 1], strides: [1, 1], padding: "valid", dilationRate: [2, 2] },
] as const;

describe.each([
  { name: "conv2d", convolve: conv2d, kernel: [3, 3, 2, 3] },
  { name: "depthwiseConv2d", convolve: depthwiseConv2d, kernel: [3, 3, 2, 2] },
])("$name of a padded image", ({ convolve, kernel }) => {
  it.each(CASES)(
    "and its kernel's gradient read the image as it is: $edges, $strides, $padding",
    ({ edges, ...options }) => {
      const [top, bottom, left, right] = edges;
      const x = inputNode("x", [7, 6, 2]);
      const w = parameterNode("w", kernel);
      const y = convolve(pad(x, { before: [top, left, 0], after: [bottom, right, 0] }), w, options);
      const slope = inputNode("slope", y.type.shape);
      const outputs = [y, gradients(sumSamples(sum(mul(y, slope))), [w])[0]!];
      const after = rewritten(outputs);
      expect(printGraph(after)).not.toMatch(/pad/);
      const next = uniformNumbers(3, -1, 1);
      const feeds = new Map([x, w, slope].map((leaf) => [leaf, fillTensor(leaf.type, 3, next)]));
      const expected = interpret(outputs, feeds, { batch: 3 });
      for (const [index, value] of interpret(after, feeds, { batch: 3 }).entries()) {
        expectClose(value, expected[index]!, 1e-12, `output ${index}`);
      }
      for (const [index, value] of runKernels(after, feeds, { batch: 3 }).entries()) {
        expectClose(value, expected[index]!, 1e-5, `kernel of output ${index}`);
      }
    },
  );

  it("stays where a window would see nothing of the image, or the padding is not zeros around it", () => {
    const x = inputNode("x", [4, 4, 2]);
    const w = parameterNode("w", kernel);
    const options = { strides: [1, 1], padding: "valid" } as const;
    const around = { before: [1, 1, 0], after: [1, 1, 0] };
    for (const padded of [
      pad(x, { before: [3, 0, 0], after: [0, 0, 0] }),
      pad(x, { before: [0, 0, 0], after: [0, 3, 0] }),
      pad(x, { ...around, value: 1 }),
      pad(x, { ...around, interior: [1, 0, 0] }),
      pad(inputNode("x", [4, 4, 1]), { before: [1, 1, 1], after: [0, 0, 0] }),
    ]) {
      const y = convolve(padded, w, options);
      expect(rewritten([y])).toEqual([y]);
    }
  });
});
