/** Convolutions in ONNX, which puts channels before rows and columns. */
import type { OnnxContext } from "../../graph/op.ts";
import { dilatedSize } from "../window.ts";
import type { Axis, Conv2dGeometry, ImageAxes } from "./geometry.ts";

const TO_CHANNELS_FIRST = [0, 3, 1, 2];
const TO_CHANNELS_LAST = [0, 2, 3, 1];
/** HWIO → OIHW, which is also what ConvTranspose wants of our [KH, KW, out, in]: [in, out, KH, KW]. */
const KERNEL_TO_ONNX = [3, 2, 0, 1];

export function convOnnx(
  opType: "Conv" | "ConvTranspose",
  { y, x, groups }: Conv2dGeometry,
  [image, kernel]: readonly [string, string],
  node: OnnxContext<unknown>["node"],
): string {
  const weights = node("Transpose", [kernel], { perm: KERNEL_TO_ONNX });
  return channelsLast(node, opType, [image, weights], { y, x }, groups);
}

/** An operator of ONNX on an image with channels last, for weights as ONNX wants them. */
export function channelsLast(
  node: OnnxContext<unknown>["node"],
  opType: "Conv" | "ConvTranspose",
  [image, weights]: readonly [string, string],
  { y, x }: ImageAxes,
  groups: number,
): string {
  const result = node(opType, [node("Transpose", [image], { perm: TO_CHANNELS_FIRST }), weights], {
    kernel_shape: [y.kernel, x.kernel],
    strides: [y.stride, x.stride],
    dilations: [y.dilation, x.dilation],
    group: groups,
    pads: [y.windows.before, x.windows.before, after(y), after(x)],
    ...(opType === "ConvTranspose" ? { output_padding: [outputPadding(y), outputPadding(x)] } : {}),
  });
  return node("Transpose", [result], { perm: TO_CHANNELS_LAST });
}

/** Padding at the end; what the windows do not reach is no padding. */
function after(axis: Axis): number {
  return Math.max(0, reach(axis));
}

/** Rows at the end of a transposed convolution's result that no window reaches. */
function outputPadding(axis: Axis): number {
  return Math.max(0, -reach(axis));
}

function reach({ size, kernel, stride, dilation, windows }: Axis): number {
  return (windows.out - 1) * stride + dilatedSize(kernel, dilation) - windows.before - size;
}
