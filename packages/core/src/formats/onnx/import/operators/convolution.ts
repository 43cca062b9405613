/** Conv as conv2d or depthwiseConv2d, ConvTranspose as conv2dTranspose. Kernels are turned round once. */
import { conv2d, conv2dTranspose, cropping2d, depthwiseConv2d, zeroPadding2d } from "../../../../nn/layers/index.ts";
import type { SymbolicTensor } from "../../../../nn/layers/layer.ts";
import { windowGeometry } from "../../../../ops/window.ts";
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

/** Keras pads by its rule or not at all: then what ONNX pads is cut off at the edges. */
export function importConvTranspose(context: OperatorContext): Value {
  const { tensor, height: rows, width: columns } = imageOf(context, 0);
  const kernel = kernelOf(context);
  const [, filters, height, width] = kernel.dims;
  if (context.int("group", 1) !== 1) {
    return context.refuse("has groups, which Keras's transposed convolution does not have");
  }
  if (context.text("auto_pad", "NOTSET") !== "NOTSET" || context.optionalInts("output_shape") !== undefined) {
    return context.refuse("chooses its padding by itself; export the model with explicit pads");
  }
  const axes = [transposedAxis(context, 0, rows, height), transposedAxis(context, 1, columns, width)] as const;
  const isSame = axes.every(followsRule);
  const bias = biasOf(context, filters);
  const layer = conv2dTranspose(filters, [height, width], {
    ...context.weightedOptions(),
    strides: pairOf(context, "strides"),
    dilationRate: pairOf(context, "dilations"),
    useBias: bias !== undefined,
    ...(isSame ? { padding: "same" } : { padding: "valid", outputPadding: outputPaddingOf(axes) }),
  });
  const weights = transposed(kernel, KERNEL_TO_KERAS);
  const whole = context.call(layer, tensor, bias === undefined ? [weights] : [weights, bias]);
  const edges = axes.map(({ before, after }): Pair => [before, after]) as [Pair, Pair];
  if (isSame || edges.flat().every((count) => count === 0)) return imageValue(whole);
  return imageValue(context.call(cropping2d(edges, context.options("_crop")), whole));
}

/** One axis of a transposed convolution; `before` and `after` are what ONNX cuts off. */
interface TransposedAxis {
  readonly size: number;
  /** How many rows an input row reaches over, dilation included. */
  readonly kernel: number;
  readonly stride: number;
  readonly before: number;
  readonly after: number;
  readonly outputPadding: number;
}

function transposedAxis(context: OperatorContext, axis: 0 | 1, size: number, kernel: number): TransposedAxis {
  const pads = context.ints("pads", [0, 0, 0, 0]);
  const [before = 0, after = 0] = [pads[axis], pads[axis + 2]];
  if (before < 0 || after < 0) return context.refuse("has pads below 0, which no layer has");
  return {
    size,
    kernel: (kernel - 1) * pairOf(context, "dilations")[axis] + 1,
    stride: pairOf(context, "strides")[axis],
    before,
    after,
    outputPadding: context.ints("output_padding", [0, 0])[axis] ?? 0,
  };
}

/** Whether Keras's padding "same" makes as many rows, and cuts off as many before them. */
function followsRule({ size, kernel, stride, before, after, outputPadding }: TransposedAxis): boolean {
  const made = stride * (size - 1) + outputPadding + kernel - before - after;
  return made === size * stride && windowGeometry(made, kernel, stride, "same").before === before;
}

function outputPaddingOf([rows, columns]: readonly [TransposedAxis, TransposedAxis]): Pair {
  return [rows.outputPadding, columns.outputPadding];
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
