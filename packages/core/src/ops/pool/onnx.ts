/** Pooling in ONNX, whose images are [batch, channels, height, width]. */
import { GraphError } from "../../graph/error.ts";
import type { OnnxAttribute, OnnxContext } from "../../graph/op.ts";
import { formatType } from "../../graph/tensor-type.ts";
import { poolGeometry } from "./geometry.ts";
import type { Pool2dOptions, PoolAxis } from "./geometry.ts";

export function writeOnnxPool(
  context: OnnxContext<Pool2dOptions>,
  opType: "MaxPool" | "AveragePool",
  more: Readonly<Record<string, OnnxAttribute>>,
): string {
  const { inputs, types, attributes } = context;
  const image = types[0]!;
  if (image.scope === "shared") {
    throw new GraphError(`${opType}: ONNX pools images of a batch, and the operand is ${formatType(image)}.`);
  }
  const { y, x } = poolGeometry(image.shape, attributes);
  const channelsFirst = context.node("Transpose", [inputs[0]!], { perm: [0, 3, 1, 2] });
  const pooled = context.node(opType, [channelsFirst], {
    kernel_shape: attributes.poolSize,
    strides: attributes.strides,
    pads: [y.windows.before, x.windows.before, paddingAfter(y), paddingAfter(x)],
    ...more,
  });
  return context.node("Transpose", [pooled], { perm: [0, 2, 3, 1] });
}

/** How far the last window reaches beyond the last element. */
function paddingAfter({ size, kernel, stride, windows }: PoolAxis): number {
  return Math.max(0, (windows.out - 1) * stride + kernel - size - windows.before);
}
