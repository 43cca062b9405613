import { describe, expect, it } from "vitest";
import { gradients } from "../autodiff/gradient.ts";
import { printGraph } from "../graph/print.ts";
import { conv2d } from "../ops/conv2d/index.ts";
import { add, mul, square } from "../ops/elementwise.ts";
import { inputNode, parameterNode } from "../ops/leaf.ts";
import { sum, sumSamples } from "../ops/reduce.ts";
import { expectClose } from "../ops/testing/check-kernel.ts";
import { interpret } from "../ops/testing/interpret.ts";
import { fillTensor, uniformNumbers } from "../ops/testing/values.ts";
import { upSample2d } from "../ops/upsample.ts";
import { simplify } from "./simplify.ts";

/** The outputs' forms after rewriting. */
function rewritten(...outputs: ReturnType<typeof add>[]) {
  const named = Object.fromEntries(outputs.map((output, i) => [`o${i}`, output]));
  return Object.values(simplify({ outputs: named, batchSize: 4 }).outputs);
}

describe("simplify", () => {
  it.each([
    { image: [4, 3, 2], kernel: [3, 3], size: [2, 2], padding: "same" },
    { image: [4, 4, 1], kernel: [3, 3], size: [2, 2], padding: "valid" },
    { image: [3, 2, 3], kernel: [5, 5], size: [2, 2], padding: "same" },
    { image: [3, 4, 2], kernel: [2, 4], size: [3, 2], padding: "same" },
    { image: [2, 3, 1], kernel: [1, 2], size: [2, 3], padding: "valid" },
  ] as const)(
    "makes one transposed convolution of upsampling and convolution: $image, kernel $kernel, size $size, $padding",
    ({ image, kernel, size, padding }) => {
      const x = inputNode("x", image);
      const w = parameterNode("w", [...kernel, image[2], 3]);
      const slope = inputNode("slope", []);
      const y = conv2d(upSample2d(square(x), { size }), w, { strides: [1, 1], padding });
      const loss = sumSamples(mul(sum(square(y)), slope));
      // Differentiated once more, so that the gradients' own gradients go through the rules too.
      const [dw] = gradients(loss, [w]);
      const outputs = [y, loss, dw!, ...gradients(sum(square(dw!)), [w])];
      const after = rewritten(...outputs);
      expect(printGraph(after)).not.toMatch(/upSample2d|sumBlocks2d/);
      const next = uniformNumbers(5, -1, 1);
      const feeds = new Map([x, w, slope].map((leaf) => [leaf, fillTensor(leaf.type, 3, next)]));
      const expected = interpret(outputs, feeds, { batch: 3 });
      const actual = interpret(after, feeds, { batch: 3 });
      for (const [i, value] of actual.entries()) expectClose(value, expected[i]!, 1e-12, `output ${i}`);
    },
  );

  it("leaves upsampling alone where a convolution skips parts of it, or gains nothing", () => {
    const x = upSample2d(inputNode("x", [4, 4, 2]), { size: [2, 2] });
    const strided = conv2d(x, parameterNode("w", [3, 3, 2, 1]), { strides: [2, 2], padding: "same" });
    const pointwise = conv2d(x, parameterNode("w", [1, 1, 2, 1]), { strides: [1, 1], padding: "same" });
    expect(rewritten(strided, pointwise)).toEqual([strided, pointwise]);
  });

  it("computes equal nodes once, and never joins leaves", () => {
    const [a, b] = [inputNode("x", [2]), inputNode("x", [2])];
    const [same] = rewritten(add(square(a), square(a)));
    expect(same!.inputs[0]).toBe(same!.inputs[1]);
    const [different] = rewritten(add(square(a), square(b)));
    expect(different!.inputs[0]).not.toBe(different!.inputs[1]);
  });
});
