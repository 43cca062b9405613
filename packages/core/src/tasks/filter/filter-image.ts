/** One kernel over one image: what a convolution computes, in numbers. */
import { GraphError } from "../../graph/error.ts";
import { formatShape, sizeOf } from "../../graph/tensor-type.ts";
import type { Shape } from "../../graph/tensor-type.ts";
import { inFreshSession } from "../../models/fresh-session.ts";
import { Predictions } from "../../models/predictions.ts";
import { conv2d } from "../../nn/layers/index.ts";
import { input } from "../../nn/layers/input-layer.ts";
import { model } from "../../nn/model/functional.ts";
import type { Model } from "../../nn/model/model.ts";
import type { Padding } from "../../ops/window.ts";
import type { Device } from "../../runtime/device.ts";
import { checkKernel, filterKernels } from "./kernels.ts";
import type { FilterKernelName, Kernel } from "./kernels.ts";

/** Values of the shape [height, width, channels], row by row. */
export interface FilterInput {
  readonly shape: Shape;
  readonly values: ArrayLike<number>;
}

export interface FilterImageOptions {
  /** `same` surrounds the image with zeros, so that it keeps its size at stride 1; `valid`, the default, does not. */
  readonly padding?: Padding | undefined;
  /** Pixels from one window to the next; 1 unless given. */
  readonly stride?: number | undefined;
  /** Where to compute; the device that all models share unless given. */
  readonly device?: Device | undefined;
}

export interface FilteredImage {
  /** [rows, columns, channels] */
  readonly shape: readonly [rows: number, columns: number, channels: number];
  /** Row by row, as they were computed: they may be negative. */
  readonly values: Float32Array;
}

/**
 * Slides a kernel over an image, over each channel by itself, with the library's convolution. With the padding before the first pixel:
 *
 *     y[p, q] = Σ kernel[u, v] · x[p·stride + u − padding, q·stride + v − padding]
 *
 * As in all neural networks the kernel is not turned around: mathematicians would call this a cross-correlation.
 *
 * @param image rows of numbers, or values with their shape.
 * @param kernel a name, or rows of numbers.
 * @throws GraphError when the image or the kernel is none, or the kernel does not fit into the image.
 * @throws RangeError when the name is unknown, or the stride is no whole number above 0.
 * @example
 * const { shape, values } = await filterImage(rows, "edge"); // 6×6 → [4, 4, 1]
 */
export async function filterImage(
  image: Kernel | FilterInput,
  kernel: FilterKernelName | Kernel,
  { padding = "valid", stride = 1, device }: FilterImageOptions = {},
): Promise<FilteredImage> {
  const { planes, shape } = toPlanes("shape" in image ? image : fromRows(image));
  const [height, width, channels] = shape;
  const weights = checkKernel(typeof kernel === "string" ? filterKernels[kernel] : kernel);
  const convolution = convolutionOf(weights, { height, width, padding, stride });
  const predictions = new Predictions(device);
  try {
    // Each channel is a sample of its own.
    const results = await predictions.predict(convolution, [planes], { batchSize: channels });
    const [rows = 0, columns = 0] = convolution.output.shape;
    return { shape: [rows, columns, channels], values: interleave(results, channels) };
  } finally {
    await predictions.dispose();
    await convolution.dispose();
  }
}

interface Windows {
  readonly height: number;
  readonly width: number;
  readonly padding: Padding;
  readonly stride: number;
}

/** A model of one convolution with these weights. */
function convolutionOf(weights: Kernel, { height, width, padding, stride }: Windows): Model {
  const size = [weights.length, weights[0]?.length ?? 0] as const;
  const convolution = inFreshSession(0, () => {
    const plane = input([height, width, 1]);
    return model(plane, conv2d(1, size, { strides: stride, padding, useBias: false, name: "filter" })(plane));
  });
  convolution.setWeights([weights.flat()]);
  return convolution;
}

function fromRows(rows: Kernel): FilterInput {
  return { shape: [rows.length, rows[0]?.length ?? 0, 1], values: rows.flat() };
}

/** The channels of an image as images of one channel, one after the other. */
function toPlanes({ shape, values }: FilterInput): {
  readonly planes: Float32Array;
  readonly shape: FilteredImage["shape"];
} {
  const [height = 0, width = 0, channels = 0] = shape;
  if (shape.length !== 3 || sizeOf(shape) !== values.length || values.length === 0) {
    throw new GraphError(
      `${values.length} values of the shape ${formatShape(shape)} came; expected an image [height, width, channels] with as many ` +
        "values, or rows with as many numbers each",
    );
  }
  const size = height * width;
  const planes = Float32Array.from({ length: values.length }, (_, place) => {
    const [channel, pixel] = [Math.floor(place / size), place % size];
    return values[pixel * channels + channel] as number;
  });
  return { planes, shape: [height, width, channels] };
}

/** The opposite. */
function interleave(planes: Float32Array, channels: number): Float32Array {
  const size = planes.length / channels;
  return planes.map((_, place) => planes[(place % channels) * size + Math.floor(place / channels)] as number);
}
