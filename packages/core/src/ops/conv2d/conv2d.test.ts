import { describe, expect, it } from "vitest";
import { gradients } from "../../autodiff/gradient.ts";
import type { Node } from "../../graph/node.ts";
import { perSample, shared } from "../../graph/tensor-type.ts";
import type { TensorType } from "../../graph/tensor-type.ts";
import type { Padding } from "../window.ts";
import { checkGradient } from "../testing/check-gradient.ts";
import { checkKernel } from "../testing/check-kernel.ts";
import { inputNode, parameterNode } from "../leaf.ts";
import { mul } from "../elementwise.ts";
import { sum, sumSamples } from "../reduce.ts";
import { printOnnx } from "../testing/print-onnx.ts";
import { runKernels } from "../testing/run-kernels.ts";
import type { TensorValue } from "../testing/values.ts";
import { conv2d, conv2dTranspose } from "./index.ts";

/** image [H, W], channels in and out, kernel, strides, padding */
const CASES: readonly (readonly [
  readonly [number, number],
  readonly [number, number],
  readonly [number, number],
  readonly [number, number],
  Padding,
])[] = [
  [[5, 4], [1, 1], [3, 3], [1, 1], "same"],
  [[5, 7], [1, 4], [3, 3], [1, 1], "valid"],
  [[7, 5], [3, 2], [3, 3], [2, 2], "same"],
  [[6, 6], [2, 3], [4, 4], [1, 1], "same"],
  [[6, 7], [2, 5], [2, 3], [2, 1], "same"],
  [[9, 8], [1, 9], [5, 5], [3, 2], "same"],
  [[8, 9], [4, 1], [2, 2], [3, 3], "valid"],
  [[3, 3], [2, 2], [5, 5], [1, 1], "same"],
  [[1, 1], [3, 17], [1, 1], [1, 1], "valid"],
  [[4, 6], [17, 3], [1, 2], [1, 2], "same"],
  [[5, 5], [2, 2], [1, 1], [2, 2], "same"],
  [[12, 12], [8, 8], [3, 3], [1, 1], "same"],
  // The kernel's gradient copies channels, some rows or a part of a row at a time.
  [[5, 10], [7, 34], [3, 3], [1, 2], "same"],
  [[2, 21], [2, 32], [2, 2], [1, 1], "valid"],
];

/** Sums of up to 150 products of up to 4 each, every addition rounded to 2⁻²⁴ of a sum of about 20. */
const TOLERANCE = 1e-5;

interface Distances {
  readonly strides: readonly [number, number];
  readonly padding: Padding;
  readonly dilationRate?: readonly [number, number];
  readonly groups?: number;
  readonly outputPadding?: readonly [number, number];
}

/** Checks the kernels and gradients of a convolution of images and kernels of these types. */
function check(
  convolve: typeof conv2d | typeof conv2dTranspose,
  types: readonly TensorType[],
  options: Distances,
): void {
  const build = (x: Node, w: Node): Node => convolve(x, w, options);
  checkKernel(types, (x, w) => build(x, w), { tolerance: TOLERANCE });
  // The gradients' own kernels: of a random linear function of the result.
  const result = build(inputNode("x", types[0]!.shape), parameterNode("w", types[1]!.shape));
  for (const operand of [0, 1]) {
    const gradient = (...[x, w, slope]: Node[]): Node =>
      gradients(sumSamples(sum(mul(build(x!, w!), slope!))), [[x!, w!][operand]!])[0]!;
    checkKernel([...types, result.type], gradient, { tolerance: 4 * TOLERANCE });
  }
  const [, , inputs = 1, outputs = 1] = types[1]!.shape;
  if (inputs * outputs <= 6) checkGradient(types, (x, w) => build(x, w));
}

/** image [H, W], channels in and out, kernel, dilation, strides, padding */
const DILATED: readonly (readonly [...(typeof CASES)[number], dilationRate: readonly [number, number]])[] = [
  [[7, 8], [1, 2], [3, 3], [1, 1], "same", [2, 2]],
  [[7, 8], [2, 3], [3, 2], [1, 1], "valid", [2, 3]],
  [[9, 6], [3, 8], [3, 3], [1, 1], "same", [1, 4]],
  // The kernel reaches over the whole image: some windows meet its middle only, some nothing.
  [[3, 4], [2, 2], [3, 2], [1, 1], "same", [4, 5]],
  [[8, 9], [2, 1], [3, 3], [2, 3], "same", [3, 2]],
  [[12, 11], [1, 2], [4, 2], [4, 2], "valid", [2, 4]],
];

/** channels in and out, groups, padding, dilation */
const GROUPED: readonly (readonly [readonly [number, number], number, Padding, readonly [number, number]])[] = [
  [[4, 4], 2, "same", [1, 1]],
  [[6, 3], 3, "valid", [1, 1]],
  [[4, 14], 2, "same", [2, 1]],
  [[5, 5], 5, "same", [1, 1]],
  [[3, 9], 3, "same", [1, 2]],
];

describe("conv2d", () => {
  it.each(CASES)(
    "image %j, channels %j, kernel %j, strides %j, %s",
    (image, [channelsIn, channelsOut], kernel, strides, padding) => {
      const types = [perSample([...image, channelsIn]), shared([...kernel, channelsIn, channelsOut])];
      check(conv2d, types, { strides, padding });
    },
  );

  it.each([1, 2])(
    "goes through a small image for each few weights of a kernel larger than a cache, in %i groups",
    (groups) => {
      const types = [perSample([2, 3, 300 * groups]), shared([1, 2, 300, 340 * groups])];
      // Sums of 600 products.
      checkKernel(types, (x, w) => conv2d(x, w, { strides: [1, 1], padding: "same", groups }), { tolerance: 1e-4 });
    },
  );

  it.each(DILATED)(
    "image %j, channels %j, kernel %j, strides %j, %s, dilation %j",
    (image, [channelsIn, channelsOut], kernel, strides, padding, dilationRate) => {
      const types = [perSample([...image, channelsIn]), shared([...kernel, channelsIn, channelsOut])];
      check(conv2d, types, { strides, padding, dilationRate });
    },
  );

  it.each(GROUPED)("channels %j in %i groups, %s, dilation %j", (channels, groups, padding, dilationRate) => {
    const types = [perSample([6, 5, channels[0]]), shared([3, 2, channels[0] / groups, channels[1]])];
    check(conv2d, types, { strides: [1, 1], padding, dilationRate, groups });
  });

  it("gives each group its own channels", () => {
    // Two groups of one channel each: 1×1 kernels scale them by 10 and by 100.
    const [x, w] = [inputNode("x", [1, 1, 2]), parameterNode("w", [1, 1, 1, 2])];
    const y = conv2d(x, w, { strides: [1, 1], padding: "valid", groups: 2 });
    const values = new Map<Node, TensorValue>([
      [x, [Float64Array.of(3, 4)]],
      [w, Float64Array.of(10, 100)],
    ]);
    expect(runKernels([y], values, { batch: 1 })).toEqual([[Float64Array.of(30, 400)]]);
  });

  it("skips what lies between a dilated kernel's elements", () => {
    const [x, w] = [inputNode("x", [1, 5, 1]), parameterNode("w", [1, 2, 1, 1])];
    const y = conv2d(x, w, { strides: [1, 1], padding: "valid", dilationRate: [1, 3] });
    const values = new Map<Node, TensorValue>([
      [x, [Float64Array.of(1, 2, 3, 4, 5)]],
      [w, Float64Array.of(1, 10)],
    ]);
    expect(runKernels([y], values, { batch: 1 })).toEqual([[Float64Array.of(41, 52)]]);
  });

  it("names the sizes that do not fit", () => {
    const image = inputNode("image", [2, 2, 3]);
    const options = { strides: [1, 1], padding: "valid" } as const;
    expect(() => conv2d(image, parameterNode("w", [3, 3, 3, 8]), options)).toThrow(
      /3×3 kernel does not fit into a 2×2/,
    );
    expect(() => conv2d(image, parameterNode("w", [1, 1, 4, 8]), options)).toThrow(
      /needs images of 4 channels.*\[2, 2, 3\]/,
    );
    const fractions = { strides: [1.5, 0], padding: "same" } as const;
    expect(() => conv2d(image, parameterNode("w", [1, 1, 3, 8]), fractions)).toThrow(
      /strides \[1.5, 0\] must be two whole/,
    );
    expect(() => conv2d(inputNode("x", [4]), parameterNode("w", [1, 1, 4, 8]), options)).toThrow(
      /\[height, width, channels\]/,
    );
    expect(() => conv2d(image, parameterNode("w", [2, 2, 3, 8]), { ...options, dilationRate: [1, 2] })).toThrow(
      /2×2 kernel with dilation 1×2 does not fit into a 2×2/,
    );
    expect(() => conv2d(image, parameterNode("w", [1, 1, 3, 8]), { ...options, dilationRate: [0, 1] })).toThrow(
      /dilation rate \[0, 1\] must be two whole/,
    );
    expect(() => conv2d(image, parameterNode("w", [1, 1, 1, 8]), { ...options, groups: 3 })).toThrow(
      /3 groups cannot share the 8 outputs of a kernel of shape \[1, 1, 1, 8\]/,
    );
    expect(() => conv2d(image, parameterNode("w", [1, 1, 2, 8]), { ...options, groups: 2 })).toThrow(
      /\[1, 1, 2, 8\] in 2 groups needs images of 4 channels/,
    );
  });
});

describe("conv2dTranspose", () => {
  it.each(CASES)(
    "image %j, channels %j, kernel %j, strides %j, %s",
    (windows, [channelsIn, channelsOut], kernel, strides, padding) => {
      const types = [perSample([...windows, channelsIn]), shared([...kernel, channelsOut, channelsIn])];
      check(conv2dTranspose, types, { strides, padding });
    },
  );

  it.each(DILATED)(
    "image %j, channels %j, kernel %j, strides %j, %s, dilation %j",
    (windows, [channelsIn, channelsOut], kernel, strides, padding, dilationRate) => {
      const types = [perSample([...windows, channelsIn]), shared([...kernel, channelsOut, channelsIn])];
      check(conv2dTranspose, types, { strides, padding, dilationRate });
    },
  );

  it.each([
    [[3, 3], [2, 2], "same", [1, 0], [6, 5]],
    [[3, 3], [2, 2], "valid", [1, 0], [8, 7]],
    [[4, 5], [3, 3], "same", [2, 1], [8, 8]],
    [[1, 2], [3, 2], "valid", [2, 1], [9, 7]],
  ] as const)("kernel %j, strides %j, %s, output padding %j", (kernel, strides, padding, outputPadding, size) => {
    const options = { strides, padding, outputPadding };
    const types = [perSample([3, 3, 2]), shared([...kernel, 3, 2])];
    const y = conv2dTranspose(inputNode("x", [3, 3, 2]), parameterNode("w", [...kernel, 3, 2]), options);
    expect(y.type).toEqual(perSample([...size, 3]));
    check(conv2dTranspose, types, options);
  });

  it("refuses a size that no convolution shrinks back", () => {
    const [x, w] = [inputNode("x", [3, 3, 2]), parameterNode("w", [4, 4, 1, 2])];
    expect(() => conv2dTranspose(x, w, { strides: [2, 2], padding: "same", outputPadding: [0, 0] })).toThrow(
      /an output of \[4, 4\] belongs to an input of \[2, 2\], and the input has shape \[3, 3, 2\]/,
    );
  });
});

describe("ONNX", () => {
  const [x, w] = [inputNode("x", [7, 6, 4]), parameterNode("w", [3, 2, 2, 6])];

  it("knows dilations, groups and padding at one end", () => {
    const y = conv2d(x, w, { strides: [1, 1], padding: "same", dilationRate: [1, 2], groups: 2 });
    expect(printOnnx(y)).toEqual([
      "%0 = Transpose(w) perm=[3,2,0,1]",
      "%1 = Transpose(x) perm=[0,3,1,2]",
      "%2 = Conv(%1, %0) kernel_shape=[3,2] strides=[1,1] dilations=[1,2] group=2 pads=[1,1,1,1]",
      "%3 = Transpose(%2) perm=[0,2,3,1]",
    ]);
  });

  it("writes output padding as the rows that no window reaches", () => {
    const kernel = parameterNode("k", [3, 3, 5, 4]);
    const y = conv2dTranspose(x, kernel, { strides: [2, 2], padding: "valid", outputPadding: [1, 0] });
    expect(printOnnx(y)[2]).toBe(
      "%2 = ConvTranspose(%1, %0) kernel_shape=[3,3] strides=[2,2] dilations=[1,1] group=1 pads=[0,0,0,0] " +
        "output_padding=[1,0]",
    );
  });
});
