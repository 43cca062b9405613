/** Pooling, and its padding: zeros around a maximum are wrong unless no pixel is below them. */
import {
  averagePooling2d,
  globalAveragePooling2d,
  globalMaxPooling2d,
  maxPool2d,
  zeroPadding2d,
} from "../../../../nn/layers/index.ts";
import { imageOf, imageValue } from "../images.ts";
import type { OperatorContext } from "../operator-context.ts";
import type { Value } from "../values.ts";
import { kerasPadding, paddingEdges, windowsOf } from "../windows.ts";
import type { Pair, WindowAxis } from "../windows.ts";

export function importMaxPool(context: OperatorContext): Value {
  const { tensor, height, width } = imageOf(context, 0);
  const poolSize = poolSizeOf(context);
  if (context.ints("dilations", [1, 1]).some((dilation) => dilation !== 1)) {
    return context.refuse("has dilations, which no pooling layer has");
  }
  const windows = windowsOf(context, [height, width], poolSize);
  const strides = stridesOf(windows);
  const padding = kerasPadding(windows);
  if (padding !== undefined) {
    return imageValue(context.call(maxPool2d(poolSize, { ...context.options(), strides, padding }), tensor));
  }
  const [y, x] = windows;
  if (isCentred(y) && isCentred(x)) {
    // The maxima around every pixel, of which every so-many-th is taken.
    const around = context.call(maxPool2d(poolSize, { ...context.options(), strides: 1, padding: "same" }), tensor);
    const taken = context.call(maxPool2d(1, { ...context.options("_strides"), strides }), around);
    return imageValue(taken);
  }
  return context.refuse(
    `pads by ${y.before}, ${x.before}, ${y.after}, ${x.after}, which is neither Keras's padding nor half the window`,
  );
}

/** Whether each window lies around the pixel with which it is counted. */
function isCentred({ size, kernel, stride, before, out }: WindowAxis): boolean {
  return before === Math.floor((kernel - 1) / 2) && out === Math.ceil(size / stride);
}

export function importAveragePool(context: OperatorContext): Value {
  const { tensor, height, width } = imageOf(context, 0);
  const poolSize = poolSizeOf(context);
  if (context.ints("dilations", [1, 1]).some((dilation) => dilation !== 1)) {
    return context.refuse("has dilations, which no pooling layer has");
  }
  const windows = windowsOf(context, [height, width], poolSize);
  const strides = stridesOf(windows);
  const isPadded = windows.some(({ before, after }) => before > 0 || after > 0);
  const countsPadding = context.int("count_include_pad", 0) === 1 && isPadded;
  const padding = kerasPadding(windows);
  if (padding !== undefined && !countsPadding) {
    return imageValue(context.call(averagePooling2d(poolSize, { ...context.options(), strides, padding }), tensor));
  }
  if (!countsPadding || context.int("ceil_mode", 0) === 1) {
    return context.refuse("leaves out padding from its means in a way that no layer does");
  }
  const around = context.call(zeroPadding2d(paddingEdges(windows), context.options("_pad")), tensor);
  return imageValue(context.call(averagePooling2d(poolSize, { ...context.options(), strides }), around));
}

export function importGlobalAveragePool(context: OperatorContext): Value {
  return imageValue(
    context.call(globalAveragePooling2d({ ...context.options(), keepDims: true }), imageOf(context, 0).tensor),
  );
}

export function importGlobalMaxPool(context: OperatorContext): Value {
  return imageValue(
    context.call(globalMaxPooling2d({ ...context.options(), keepDims: true }), imageOf(context, 0).tensor),
  );
}

function poolSizeOf(context: OperatorContext): Pair {
  const [height, width, ...more] = context.ints("kernel_shape", []);
  if (height !== undefined && width !== undefined && more.length === 0) return [height, width];
  return context.refuse("has no kernel_shape of two sizes; pooling of images can be read");
}

function stridesOf([y, x]: readonly [WindowAxis, WindowAxis]): Pair {
  return [y.stride, x.stride];
}
