/** Attributes and geometry that the three convolution ops have in common. */
import { GraphError } from "../../graph/error.ts";
import { formatShape, formatType } from "../../graph/tensor-type.ts";
import type { Shape, TensorType } from "../../graph/tensor-type.ts";
import { windowGeometry } from "../window.ts";
import type { Padding, WindowGeometry } from "../window.ts";

export interface Conv2dOptions {
  readonly strides: readonly [number, number];
  readonly padding: Padding | ExplicitPadding;
}

/** Where the windows of each axis begin and how many there are. */
export interface ExplicitPadding {
  readonly y: WindowGeometry;
  readonly x: WindowGeometry;
}

export interface Conv2dTransposeOptions extends Conv2dOptions {
  /** Height and width of the result; a convolution of the result must give the input's size. */
  readonly outputSize: readonly [number, number];
}

export interface Conv2dKernelGradOptions extends Conv2dOptions {
  readonly kernelSize: readonly [number, number];
}

/** One axis of a convolution: an image of `size` elements under `windows.out` windows of `kernel` elements. */
export interface Axis {
  readonly size: number;
  readonly kernel: number;
  readonly stride: number;
  readonly windows: WindowGeometry;
}

/** The sizes of a convolution from images `[height, width, imageChannels]` to windows `[rows, columns, windowChannels]`. */
export interface Conv2dGeometry {
  readonly y: Axis;
  readonly x: Axis;
  readonly imageChannels: number;
  readonly windowChannels: number;
}

export function conv2dGeometry(imageShape: Shape, kernelShape: Shape, options: Conv2dOptions): Conv2dGeometry {
  const [height, width, imageChannels] = imageShape as [number, number, number];
  const [kernelHeight, kernelWidth, , windowChannels] = kernelShape as [number, number, number, number];
  const { strides, padding } = options;
  const axis = (name: "y" | "x", size: number, kernel: number, stride: number): Axis => ({
    size,
    kernel,
    stride,
    windows: typeof padding === "string" ? windowGeometry(size, kernel, stride, padding) : padding[name],
  });
  return {
    y: axis("y", height, kernelHeight, strides[0]),
    x: axis("x", width, kernelWidth, strides[1]),
    imageChannels,
    windowChannels,
  };
}

/** The convolution that a transposed one is the transpose of. */
export function transposeGeometry(kernelShape: Shape, options: Conv2dTransposeOptions): Conv2dGeometry {
  return conv2dGeometry([...options.outputSize, kernelShape[2] as number], kernelShape, options);
}

/** The shape of the windows; an error where none fits. */
export function windowsShape(name: string, { y, x, windowChannels }: Conv2dGeometry): Shape {
  if (y.windows.out < 1 || x.windows.out < 1) {
    throw new GraphError(
      `${name}: a ${y.kernel}×${x.kernel} kernel does not fit into a ${y.size}×${x.size} image without padding; ` +
        `use a smaller kernel or padding "same"`,
    );
  }
  return [y.windows.out, x.windows.out, windowChannels];
}

/** Checks that `x` is an image and `w` a kernel, that the image's channels are the kernel's `axis`, and the strides. */
export function checkConvOperands(
  name: string,
  x: TensorType,
  w: TensorType,
  axis: 2 | 3,
  { strides }: Conv2dOptions,
): void {
  if (!strides.every((stride) => Number.isInteger(stride) && stride > 0)) {
    throw new GraphError(`${name}: the strides ${formatShape(strides)} must be two whole numbers above 0`);
  }
  if (x.scope !== "sample" || x.shape.length !== 3 || w.scope !== "shared" || w.shape.length !== 4) {
    throw new GraphError(
      `${name} takes images [height, width, channels] per sample and a shared kernel of four axes, and got ` +
        `${formatType(x)} and ${formatType(w)}`,
    );
  }
  if (x.shape[2] !== w.shape[axis]) {
    throw new GraphError(
      `${name}: a kernel of shape ${formatShape(w.shape)} needs images of ${w.shape[axis]} channels, and the input has ` +
        `shape ${formatShape(x.shape)}`,
    );
  }
}

export function printConv2d({ strides, padding }: Conv2dOptions): string {
  const name =
    typeof padding === "string" ? padding : `${padding.y.before} rows and ${padding.x.before} columns before`;
  return `strides ${formatShape(strides)}, ${name}`;
}
