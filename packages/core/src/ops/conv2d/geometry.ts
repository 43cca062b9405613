/** Attributes and geometry that the three convolution ops have in common. */
import { GraphError } from "../../graph/error.ts";
import { formatShape, formatType } from "../../graph/tensor-type.ts";
import type { Shape, TensorType } from "../../graph/tensor-type.ts";
import { dilatedSize, windowGeometry } from "../window.ts";
import type { Padding, WindowGeometry } from "../window.ts";

/** Where the windows of a kernel lie. */
export interface WindowOptions {
  readonly strides: readonly [number, number];
  readonly padding: Padding | ExplicitPadding;
  /** Distance between the elements that a kernel's neighbours meet, down and across; 1 unless given. */
  readonly dilationRate?: readonly [number, number];
}

export interface Conv2dOptions extends WindowOptions {
  /** Into how many groups the channels are cut, each convolved by itself; 1 unless given. */
  readonly groups?: number;
}

/** What the gradients of an op hand on: the options that all three have. */
export function commonOptions({ strides, padding, dilationRate = [1, 1], groups = 1 }: Conv2dOptions): Conv2dOptions {
  return { strides, padding, dilationRate, groups };
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
  readonly dilation: number;
  readonly windows: WindowGeometry;
}

/** Both axes of images, down and across. */
export interface ImageAxes {
  readonly y: Axis;
  readonly x: Axis;
}

/**
 * The sizes of a convolution from images `[height, width, imageChannels]` to windows `[rows, columns, windowChannels]`.
 * A group's channels follow one another, and its windows see its images only.
 */
export interface Conv2dGeometry extends ImageAxes {
  readonly imageChannels: number;
  readonly windowChannels: number;
  readonly groups: number;
  /** Channels of one group. */
  readonly imageGroup: number;
  readonly windowGroup: number;
}

/** The axes under a kernel `[rows, columns, …]`. */
export function imageAxes(
  [height, width]: Shape,
  [kernelHeight, kernelWidth]: Shape,
  { strides, padding, dilationRate = [1, 1] }: WindowOptions,
): ImageAxes {
  const axis = (name: "y" | "x", size: number, kernel: number, stride: number, dilation: number): Axis => {
    const windows =
      typeof padding === "string"
        ? windowGeometry(size, dilatedSize(kernel, dilation), stride, padding)
        : padding[name];
    return { size, kernel, stride, dilation, windows };
  };
  return {
    y: axis("y", height as number, kernelHeight as number, strides[0], dilationRate[0]),
    x: axis("x", width as number, kernelWidth as number, strides[1], dilationRate[1]),
  };
}

export function conv2dGeometry(imageShape: Shape, kernelShape: Shape, options: Conv2dOptions): Conv2dGeometry {
  const [, , imageChannels] = imageShape as [number, number, number];
  const [, , imageGroup, windowChannels] = kernelShape as [number, number, number, number];
  const { groups = 1 } = options;
  return {
    ...imageAxes(imageShape, kernelShape, options),
    imageChannels,
    windowChannels,
    groups,
    imageGroup,
    windowGroup: windowChannels / groups,
  };
}

/** The convolution that a transposed one is the transpose of. */
export function transposeGeometry(kernelShape: Shape, options: Conv2dTransposeOptions): Conv2dGeometry {
  const imageChannels = (kernelShape[2] as number) * (options.groups ?? 1);
  return conv2dGeometry([...options.outputSize, imageChannels], kernelShape, options);
}

/** Refuses images into which no window fits. */
export function checkWindows(name: string, { y, x }: ImageAxes): void {
  if (y.windows.out < 1 || x.windows.out < 1) {
    const isDilated = y.dilation > 1 || x.dilation > 1;
    throw new GraphError(
      `${name}: a ${y.kernel}×${x.kernel} kernel${isDilated ? ` with dilation ${y.dilation}×${x.dilation}` : ""} does ` +
        `not fit into a ${y.size}×${x.size} image without padding; use a smaller kernel or padding "same"`,
    );
  }
}

/** Checks that `x` is an image and `w` a kernel of four axes, the strides and the dilation. */
export function checkImageAndKernel(
  name: string,
  x: TensorType,
  w: TensorType,
  { strides, dilationRate = [1, 1] }: WindowOptions,
): void {
  checkPair(name, "strides", strides);
  checkPair(name, "dilation rate", dilationRate);
  if (x.scope !== "sample" || x.shape.length !== 3 || w.scope !== "shared" || w.shape.length !== 4) {
    throw new GraphError(
      `${name} takes images [height, width, channels] per sample and a shared kernel of four axes, and got ` +
        `${formatType(x)} and ${formatType(w)}`,
    );
  }
}

/** Checks the operands, that the image's channels are the kernel's `axis`, and that the groups divide the channels. */
export function checkConvOperands(
  name: string,
  x: TensorType,
  w: TensorType,
  axis: 2 | 3,
  options: Conv2dOptions,
): void {
  checkImageAndKernel(name, x, w, options);
  const { groups = 1 } = options;
  const [, , , windowChannels] = w.shape as [number, number, number, number];
  if (!Number.isInteger(groups) || groups < 1 || windowChannels % groups !== 0) {
    throw new GraphError(
      `${name}: ${groups} groups cannot share the ${windowChannels} outputs of a kernel of shape ${formatShape(w.shape)}; ` +
        `take a number of groups that divides them`,
    );
  }
  const expected = axis === 2 ? (w.shape[2] as number) * groups : windowChannels;
  if (x.shape[2] !== expected) {
    throw new GraphError(
      `${name}: a kernel of shape ${formatShape(w.shape)}${groups > 1 ? ` in ${groups} groups` : ""} needs images of ` +
        `${expected} channels, and the input has shape ${formatShape(x.shape)}`,
    );
  }
}

function checkPair(name: string, what: string, pair: readonly [number, number]): void {
  if (!pair.every((number) => Number.isInteger(number) && number > 0)) {
    throw new GraphError(`${name}: the ${what} ${formatShape(pair)} must be two whole numbers above 0`);
  }
}

export function printConv2d({ strides, padding, dilationRate = [1, 1], groups = 1 }: Conv2dOptions): string {
  const name =
    typeof padding === "string" ? padding : `${padding.y.before} rows and ${padding.x.before} columns before`;
  const dilation = dilationRate.some((rate) => rate > 1) ? `, dilation ${formatShape(dilationRate)}` : "";
  return `strides ${formatShape(strides)}, ${name}${dilation}${groups > 1 ? `, ${groups} groups` : ""}`;
}
