import { describe, expect, it } from "vitest";
import { gradients } from "../../autodiff/gradient.ts";
import type { Node } from "../../graph/node.ts";
import { perSample, shared } from "../../graph/tensor-type.ts";
import { mul } from "../elementwise.ts";
import { inputNode, parameterNode } from "../leaf.ts";
import { sum, sumSamples } from "../reduce.ts";
import { checkGradient } from "../testing/check-gradient.ts";
import { checkKernel } from "../testing/check-kernel.ts";
import { printOnnx } from "../testing/print-onnx.ts";
import { runKernels } from "../testing/run-kernels.ts";
import type { TensorValue } from "../testing/values.ts";
import type { Padding } from "../window.ts";
import { depthwiseConv2d } from "./index.ts";

type Pair = readonly [number, number];

/** image [H, W], channels, multiplier, kernel, strides, padding, dilation */
const CASES: readonly (readonly [Pair, number, number, Pair, Pair, Padding, Pair])[] = [
  [[5, 4], 1, 1, [3, 3], [1, 1], "same", [1, 1]],
  [[3, 17], 2, 1, [3, 3], [1, 1], "same", [1, 1]],
  [[6, 7], 2, 2, [3, 3], [1, 1], "valid", [1, 1]],
  [[7, 8], 3, 1, [3, 3], [2, 2], "same", [1, 1]],
  [[8, 7], 1, 3, [3, 2], [2, 2], "valid", [1, 1]],
  [[9, 6], 2, 1, [5, 5], [1, 1], "same", [1, 1]],
  [[11, 12], 1, 1, [7, 7], [2, 2], "same", [1, 1]],
  [[2, 3], 2, 2, [5, 4], [1, 1], "same", [1, 1]],
  [[4, 5], 3, 2, [1, 1], [1, 1], "same", [1, 1]],
  [[6, 5], 2, 1, [2, 2], [3, 3], "valid", [1, 1]],
  [[9, 8], 2, 1, [3, 3], [1, 1], "same", [2, 2]],
  [[9, 8], 1, 2, [3, 3], [1, 1], "valid", [3, 2]],
  [[10, 11], 2, 1, [3, 3], [2, 2], "same", [2, 3]],
  [[3, 4], 2, 1, [3, 2], [1, 1], "same", [4, 5]],
];

/** Sums of up to 49 products of up to 4 each; over samples and positions up to 19 · 140, every addition rounded. */
const TOLERANCE = 4e-5;

describe.each(CASES)("image %j, %i channels times %i, kernel %j, strides %j, %s, dilation %j", (...parameters) => {
  const [image, channels, multiplier, kernel, strides, padding, dilationRate] = parameters;
  const types = [perSample([...image, channels]), shared([...kernel, channels, multiplier])] as const;
  const convolve = (x: Node, w: Node): Node => depthwiseConv2d(x, w, { strides, padding, dilationRate });
  const result = convolve(inputNode("x", types[0].shape), parameterNode("w", types[1].shape)).type;

  it("forward", () => {
    checkKernel(types, (x, w) => convolve(x, w), { tolerance: TOLERANCE });
  });

  /** The gradient of the image (0) or of the kernel (1), for a slope of the result. */
  const gradientOf =
    (operand: 0 | 1) =>
    (...[x, w, slope]: Node[]): Node =>
      gradients(sumSamples(sum(mul(convolve(x!, w!), slope!))), [[x!, w!][operand]!])[0]!;

  it("the gradients' own kernels", () => {
    for (const operand of [0, 1] as const) {
      checkKernel([...types, result], gradientOf(operand), { tolerance: TOLERANCE });
    }
  });

  it("gradient, and the gradients' gradients", () => {
    checkGradient(types, (x, w) => convolve(x, w));
    for (const operand of [0, 1] as const) {
      checkGradient([...types, result], (...operands) => mul(operands[operand]!, gradientOf(operand)(...operands)));
    }
  });
});

describe("depthwiseConv2d", () => {
  it("puts a channel's results side by side", () => {
    const [x, w] = [inputNode("x", [1, 1, 2]), parameterNode("w", [1, 1, 2, 2])];
    const y = depthwiseConv2d(x, w, { strides: [1, 1], padding: "valid" });
    const values = new Map<Node, TensorValue>([
      [x, [Float64Array.of(3, 4)]],
      [w, Float64Array.of(1, 10, 100, 1000)],
    ]);
    expect(runKernels([y], values, { batch: 1 })).toEqual([[Float64Array.of(3, 30, 400, 4000)]]);
  });

  it("names what does not fit", () => {
    const image = inputNode("image", [2, 2, 3]);
    const options = { strides: [1, 1], padding: "valid" } as const;
    expect(() => depthwiseConv2d(image, parameterNode("w", [3, 3, 3, 1]), options)).toThrow(
      /depthwiseConv2d: a 3×3 kernel does not fit into a 2×2/,
    );
    expect(() => depthwiseConv2d(image, parameterNode("w", [1, 1, 4, 2]), options)).toThrow(
      /needs images of 4 channels.*\[2, 2, 3\]/,
    );
    expect(() => depthwiseConv2d(image, parameterNode("w", [1, 1, 3, 2]), { ...options, strides: [0, 1] })).toThrow(
      /strides \[0, 1\] must be two whole/,
    );
    expect(() => depthwiseConv2d(inputNode("x", [4]), parameterNode("w", [1, 1, 4, 1]), options)).toThrow(
      /\[height, width, channels\]/,
    );
  });

  it("is a convolution in groups in ONNX", () => {
    const [x, w] = [inputNode("x", [7, 6, 4]), parameterNode("w", [3, 3, 4, 2])];
    expect(printOnnx(depthwiseConv2d(x, w, { strides: [2, 2], padding: "same" }))).toEqual([
      "%0 = Transpose(w) perm=[2,3,0,1]",
      "%1 = Reshape(%0, int64[4]{8, 1, 3, 3})",
      "%2 = Transpose(x) perm=[0,3,1,2]",
      "%3 = Conv(%2, %1) kernel_shape=[3,3] strides=[2,2] dilations=[1,1] group=4 pads=[1,0,1,1]",
      "%4 = Transpose(%3) perm=[0,2,3,1]",
    ]);
  });
});
