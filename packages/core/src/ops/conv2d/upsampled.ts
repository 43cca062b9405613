/**
 * Rewriting rules: a convolution of an upsampled image, and its gradients, by a transposed convolution of the small image (see
 * `upsampled-kernel.ts`).
 */
import type { Node } from "../../graph/node.ts";
import type { RewriteRule } from "../../graph/rewrite-rule.ts";
import { sumBlocks2dOp, upSample2dOp } from "../upsample.ts";
import type { UpSample2dOptions } from "../upsample.ts";
import {
  conv2d,
  conv2dKernelGrad,
  conv2dKernelGradOp,
  conv2dOp,
  conv2dTransposeOp,
  conv2dTransposeTo,
} from "./conv2d.ts";
import { conv2dGeometry } from "./geometry.ts";
import type { Conv2dKernelGradOptions, Conv2dOptions } from "./geometry.ts";
import { mergeUpSampling, splitUpSampling } from "./upsampled-kernel.ts";

type Pair = readonly [number, number];

export const upsampledConv2dRules: readonly RewriteRule[] = [
  {
    // conv2d(upSample2d(x), W) = conv2dTranspose(x, K)
    op: conv2dOp,
    rewrite({ inputs, attributes, type }) {
      const [image, w] = inputs as [Node, Node];
      const small = upsampled(image);
      const options = attributes as Conv2dOptions;
      if (small === undefined || !isPlain(options, w.type.shape)) return undefined;
      const transposed = transposedOptions(image, small, w.type.shape, options.padding, small.size);
      return conv2dTransposeTo(small.image, mergeUpSampling(w, small.size), {
        ...transposed,
        outputSize: [type.shape[0] as number, type.shape[1] as number],
      });
    },
  },
  {
    // The gradient of the small image: sumBlocks2d(conv2dTranspose(g, W)) = conv2d(g, K)
    op: sumBlocks2dOp,
    rewrite({ inputs: [large], attributes, type }) {
      if (large?.op !== conv2dTransposeOp) return undefined;
      const [gradient, w] = large.inputs as [Node, Node];
      const options = large.attributes as Conv2dOptions;
      const { size } = attributes as UpSample2dOptions;
      if (!isPlain(options, w.type.shape)) return undefined;
      const transposed = transposedOptions(large, { image: { type } }, w.type.shape, options.padding, size);
      return conv2d(gradient, mergeUpSampling(w, size), transposed);
    },
  },
  {
    // The gradient of the weights: of K, with image and windows exchanged, then of W.
    op: conv2dKernelGradOp,
    rewrite({ inputs, attributes, type }) {
      const [image, gradient] = inputs as [Node, Node];
      const small = upsampled(image);
      const { kernelSize, ...options } = attributes as Conv2dKernelGradOptions;
      if (small === undefined || !isPlain(options, type.shape)) return undefined;
      const transposed = transposedOptions(image, small, type.shape, options.padding, small.size);
      const merged: Pair = [kernelSize[0] + small.size[0] - 1, kernelSize[1] + small.size[1] - 1];
      return splitUpSampling(
        conv2dKernelGrad(gradient, small.image, { ...transposed, kernelSize: merged }),
        small.size,
        kernelSize,
      );
    },
  },
];

function upsampled(image: Node): { image: Node; size: Pair } | undefined {
  if (image.op !== upSample2dOp) return undefined;
  return { image: image.inputs[0] as Node, size: (image.attributes as UpSample2dOptions).size };
}

/** Strides and dilations other than 1 skip parts of the upsampled image, and 1×1 kernels gain nothing. */
function isPlain(
  { strides, dilationRate = [1, 1], groups = 1 }: Conv2dOptions,
  kernelShape: readonly number[],
): boolean {
  if (groups > 1 || [...strides, ...dilationRate].some((distance) => distance > 1)) return false;
  return (kernelShape[0] as number) * (kernelShape[1] as number) > 1;
}

function transposedOptions(
  large: Pick<Node, "type">,
  small: { readonly image: Pick<Node, "type"> },
  kernelShape: readonly number[],
  padding: Conv2dOptions["padding"],
  size: Pair,
): Conv2dOptions {
  const { y, x } = conv2dGeometry(large.type.shape, kernelShape, { strides: [1, 1], padding });
  const [rows, columns] = small.image.type.shape as [number, number];
  return {
    strides: size,
    padding: {
      y: { before: y.kernel - 1 - y.windows.before, out: rows },
      x: { before: x.kernel - 1 - x.windows.before, out: columns },
    },
  };
}
