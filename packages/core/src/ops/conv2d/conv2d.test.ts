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
];

/** Sums of up to 150 products of up to 4 each, every addition rounded to 2⁻²⁴ of a sum of about 20. */
const TOLERANCE = 1e-5;

/** Checks the kernels and gradients of a convolution of images and kernels of these types. */
function check(
  convolve: typeof conv2d | typeof conv2dTranspose,
  types: readonly TensorType[],
  strides: readonly [number, number],
  padding: Padding,
): void {
  const build = (x: Node, w: Node): Node => convolve(x, w, { strides, padding });
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

describe("conv2d", () => {
  it.each(CASES)(
    "image %j, channels %j, kernel %j, strides %j, %s",
    (image, [channelsIn, channelsOut], kernel, strides, padding) => {
      const types = [perSample([...image, channelsIn]), shared([...kernel, channelsIn, channelsOut])];
      check(conv2d, types, strides, padding);
    },
  );

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
  });
});

describe("conv2dTranspose", () => {
  it.each(CASES)(
    "image %j, channels %j, kernel %j, strides %j, %s",
    (windows, [channelsIn, channelsOut], kernel, strides, padding) => {
      const types = [perSample([...windows, channelsIn]), shared([...kernel, channelsOut, channelsIn])];
      check(conv2dTranspose, types, strides, padding);
    },
  );
});
