/**
 * Rewriting rules: convolutions, and the gradients of their kernels, of an image with zeros around it read the image as it is, with
 * windows that begin before it. The padded copy is then never made: on large images writing it takes as long as a depthwise
 * convolution.
 */
import { apply } from "../graph/node.ts";
import type { Node } from "../graph/node.ts";
import type { Op } from "../graph/op.ts";
import type { RewriteRule } from "../graph/rewrite-rule.ts";
import { conv2dKernelGradOp, conv2dOp } from "./conv2d/conv2d.ts";
import { imageAxes } from "./conv2d/geometry.ts";
import type { Axis, WindowOptions } from "./conv2d/geometry.ts";
import { depthwiseConv2dKernelGradOp, depthwiseConv2dOp } from "./depthwise-conv2d/depthwise-conv2d.ts";
import { padOp } from "./slice.ts";
import type { PadAttributes } from "./slice.ts";
import type { WindowGeometry } from "./window.ts";

export const paddedWindowRules: readonly RewriteRule[] = [
  ruleFor(conv2dOp, ({ inputs }) => (inputs[1] as Node).type.shape),
  ruleFor(conv2dKernelGradOp, ({ type }) => type.shape),
  ruleFor(depthwiseConv2dOp, ({ inputs }) => (inputs[1] as Node).type.shape),
  ruleFor(depthwiseConv2dKernelGradOp, ({ type }) => type.shape),
];

function ruleFor<Options extends WindowOptions>(
  op: Op<Options>,
  kernelOf: (node: Node) => readonly number[],
): RewriteRule {
  return {
    op,
    rewrite(node) {
      const [image, other] = node.inputs as [Node, Node];
      const options = node.attributes as Options;
      if (image.op !== padOp) return undefined;
      const [inner] = image.inputs as [Node];
      const { before, after, interior, value } = image.attributes as PadAttributes;
      const isPlain = value === 0 && interior.every((count) => count === 0) && before[2] === 0 && after[2] === 0;
      if (!isPlain) return undefined;
      const axes = imageAxes(image.type.shape, kernelOf(node), options);
      const y = windowsWithout(axes.y, before[0] as number, inner.type.shape[0] as number);
      const x = windowsWithout(axes.x, before[1] as number, inner.type.shape[1] as number);
      if (y === undefined || x === undefined) return undefined;
      return apply(op, [inner, other], { ...options, padding: { y, x } });
    },
  };
}

/** The same windows over the `size` elements behind the first `before`; undefined where one would see none of them. */
function windowsWithout(axis: Axis, before: number, size: number): WindowGeometry | undefined {
  const { kernel, stride, dilation, windows } = axis;
  const first = windows.before + before;
  const reach = (kernel - 1) * dilation + 1;
  const last = (windows.out - 1) * stride - first;
  return first < reach && last < size ? { out: windows.out, before: first } : undefined;
}
