/** Attributes and geometry of pooling ops. */
import { GraphError } from "../../graph/error.ts";
import { formatShape, formatType } from "../../graph/tensor-type.ts";
import type { Shape, TensorType } from "../../graph/tensor-type.ts";
import { windowGeometry } from "../window.ts";
import type { Padding, WindowGeometry } from "../window.ts";

export interface Pool2dOptions {
  /** Height and width of the windows. */
  readonly poolSize: readonly [number, number];
  /** Distance between windows, down and across. */
  readonly strides: readonly [number, number];
  readonly padding: Padding;
}

/** The attributes of a pooling's gradient, which must know the size of the images. */
export interface Pool2dGradOptions extends Pool2dOptions {
  readonly imageShape: Shape;
}

/** One axis of the images: `size` elements under `windows.out` windows of `kernel` elements. */
export interface PoolAxis {
  readonly size: number;
  readonly kernel: number;
  readonly stride: number;
  readonly windows: WindowGeometry;
}

export interface PoolGeometry {
  readonly y: PoolAxis;
  readonly x: PoolAxis;
  readonly channels: number;
}

/** The geometry of windows over images `[height, width, channels]`. */
export function poolGeometry(imageShape: Shape, { poolSize, strides, padding }: Pool2dOptions): PoolGeometry {
  const [height, width, channels] = imageShape as [number, number, number];
  const axis = (size: number, kernel: number, stride: number): PoolAxis => ({
    size,
    kernel,
    stride,
    windows: windowGeometry(size, kernel, stride, padding),
  });
  return { y: axis(height, poolSize[0], strides[0]), x: axis(width, poolSize[1], strides[1]), channels };
}

/** The type of a pooling's result; an error where no window fits. */
export function inferPool(opName: string, image: TensorType, options: Pool2dOptions): TensorType {
  const { poolSize, strides } = options;
  if (image.shape.length !== 3) {
    throw new GraphError(
      `${opName}: got ${formatType(image)}, and images have the shape [height, width, channels]. Reshape the operand.`,
    );
  }
  for (const [name, pair] of [
    ["pool size", poolSize],
    ["strides", strides],
  ] as const) {
    if (!pair.every((value) => Number.isInteger(value) && value > 0)) {
      throw new GraphError(`${opName}: the ${name} ${formatShape(pair)} must be two whole numbers above 0.`);
    }
  }
  const { y, x, channels } = poolGeometry(image.shape, options);
  if (y.windows.out < 1 || x.windows.out < 1) {
    throw new GraphError(
      `${opName}: windows of ${formatShape(poolSize)} do not fit into images of ${formatShape(image.shape)}. ` +
        'Take smaller windows, or padding "same".',
    );
  }
  return { shape: [y.windows.out, x.windows.out, channels], scope: image.scope };
}

export function printPool({ poolSize, strides, padding }: Pool2dOptions): string {
  return `${formatShape(poolSize)} strides ${formatShape(strides)} ${padding}`;
}
