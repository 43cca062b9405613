/** Conv as conv2d or depthwiseConv2d, ConvTranspose as conv2dTranspose. Kernels are turned round once. */
import { conv2d, conv2dTranspose, cropping2d, depthwiseConv2d, zeroPadding2d } from "../../../../nn/layers/index.ts";
import type { SymbolicTensor } from "../../../../nn/layers/layer.ts";
import type { Padding } from "../../../../ops/window.ts";
import { imageOf, imageValue } from "../images.ts";
import type { Image } from "../images.ts";
import type { OperatorContext } from "../operator-context.ts";
import type { Value } from "../values.ts";
import { transposed } from "../weights.ts";
import { kerasPadding, paddingEdges, windowsOf } from "../windows.ts";
import type { Pair } from "../windows.ts";

/** [filters, channels, height, width] → [height, width, channels, filters] */
const KERNEL_TO_KERAS = [2, 3, 1, 0];
/** [channels · multiplier, 1, height, width] → [height, width, channels · multiplier, 1] */
const DEPTHWISE_TO_KERAS = [2, 3, 0, 1];

export function importConv(context: OperatorContext): Value {
  const image = imageOf(context, 0);
  const kernel = kernelOf(context);
  const [filters, channelsPerGroup, height, width] = kernel.dims;
  const groups = context.int("group", 1);
  if (channelsPerGroup * groups !== image.channels || filters % groups !== 0) {
    return context.refuse(
      `has a kernel [${kernel.dims.join(", ")}] in ${groups} groups for ${image.channels} channels; they do not fit`,
    );
  }
  const { tensor, padding } = padded(context, image, [height, width]);
  const bias = biasOf(context, filters);
  const options = {
    ...context.weightedOptions(),
    strides: pairOf(context, "strides"),
    dilationRate: pairOf(context, "dilations"),
    padding,
    useBias: bias !== undefined,
  };
  const isDepthwise = channelsPerGroup === 1 && groups > 1 && options.strides[0] === options.strides[1];
  const layer = isDepthwise
    ? depthwiseConv2d([height, width], { ...options, depthMultiplier: filters / groups })
    : conv2d(filters, [height, width], { ...options, groups });
  const weights = transposed(kernel, isDepthwise ? DEPTHWISE_TO_KERAS : KERNEL_TO_KERAS);
  return imageValue(context.call(layer, tensor, bias === undefined ? [weights] : [weights, bias]));
}

/** As Keras does without padding: every pixel makes a window. What ONNX pads is cut off at the edges. */
export function importConvTranspose(context: OperatorContext): Value {
  const { tensor, height: rows, width: columns } = imageOf(context, 0);
  const kernel = kernelOf(context);
  const [, filters, height, width] = kernel.dims;
  const strides = pairOf(context, "strides");
  const dilationRate = pairOf(context, "dilations");
  if (context.int("group", 1) !== 1)
    return context.refuse("has groups, which Keras's transposed convolution does not have");
  if (context.text("auto_pad", "NOTSET") !== "NOTSET" || context.optionalInts("output_shape") !== undefined) {
    return context.refuse("chooses its padding by itself; export the model with explicit pads");
  }
  const bias = biasOf(context, filters);
  const layer = conv2dTranspose(filters, [height, width], {
    ...context.weightedOptions(),
    strides,
    dilationRate,
    padding: "valid",
    useBias: bias !== undefined,
  });
  const weights = transposed(kernel, KERNEL_TO_KERAS);
  const whole = context.call(layer, tensor, bias === undefined ? [weights] : [weights, bias]);
  const edges = [
    croppingOf(context, 0, {
      size: rows,
      made: whole.shape[0] as number,
      kernel: height,
      stride: strides[0],
      dilation: dilationRate[0],
    }),
    croppingOf(context, 1, {
      size: columns,
      made: whole.shape[1] as number,
      kernel: width,
      stride: strides[1],
      dilation: dilationRate[1],
    }),
  ] as const;
  if (edges.flat().every((count) => count === 0)) return imageValue(whole);
  return imageValue(context.call(cropping2d(edges, context.options("_crop")), whole));
}

/** How many rows or columns of the unpadded result ONNX does not have, before and after. */
function croppingOf(
  context: OperatorContext,
  axis: 0 | 1,
  {
    size,
    made,
    kernel,
    stride,
    dilation,
  }: { readonly [Name in "size" | "made" | "kernel" | "stride" | "dilation"]: number },
): Pair {
  const pads = context.ints("pads", [0, 0, 0, 0]);
  const before = pads[axis] ?? 0;
  const outputPadding = context.ints("output_padding", [0, 0])[axis] ?? 0;
  const wanted = stride * (size - 1) + outputPadding + (kernel - 1) * dilation + 1 - before - (pads[axis + 2] ?? 0);
  const after = made - before - wanted;
  if (before >= 0 && after >= 0) return [before, after];
  return context.refuse("pads its result by more than its padding takes away, which no layer does");
}

/** The image as the convolution wants it, and the padding that is left to the convolution. */
function padded(
  context: OperatorContext,
  { tensor, height, width }: Image,
  kernel: Pair,
): { readonly tensor: SymbolicTensor; readonly padding: Padding } {
  const windows = windowsOf(context, [height, width], kernel);
  const padding = kerasPadding(windows);
  if (padding !== undefined) return { tensor, padding };
  return {
    tensor: context.call(zeroPadding2d(paddingEdges(windows), context.options("_pad")), tensor),
    padding: "valid",
  };
}

interface Kernel {
  readonly dims: readonly [number, number, number, number];
  readonly data: Float32Array;
}

function kernelOf(context: OperatorContext): Kernel {
  const { dims, data } = context.floats(1);
  const [first, second, height, width] = dims;
  if (first === undefined || second === undefined || height === undefined || width === undefined || dims.length !== 4) {
    return context.refuse(`has a kernel [${dims.join(", ")}]; those of images have four axes`);
  }
  return { dims: [first, second, height, width], data };
}

function biasOf(context: OperatorContext, filters: number): Float32Array | undefined {
  if (context.optionalFixed(2) === undefined) return undefined;
  const { data } = context.floats(2);
  return data.length === filters ? data : context.refuse(`has a bias of ${data.length} numbers for ${filters} filters`);
}

function pairOf(context: OperatorContext, name: string): Pair {
  const [first = 1, second = 1] = context.ints(name, [1, 1]);
  return [first, second];
}
