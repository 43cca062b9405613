/** Attributes and geometry that the three depthwise ops have in common. */
import type { Shape } from "../../graph/tensor-type.ts";
import { imageAxes } from "../conv2d/geometry.ts";
import type { ImageAxes, WindowOptions } from "../conv2d/geometry.ts";

export type DepthwiseOptions = WindowOptions;

export interface DepthwiseTransposeOptions extends DepthwiseOptions {
  /** Height and width of the result; a convolution of the result must give the input's size. */
  readonly outputSize: readonly [number, number];
}

export interface DepthwiseKernelGradOptions extends DepthwiseOptions {
  readonly kernelSize: readonly [number, number];
}

/** From images `[height, width, channels]` to windows `[rows, columns, channels · multiplier]`. */
export interface DepthwiseGeometry extends ImageAxes {
  readonly channels: number;
  readonly multiplier: number;
}

export function depthwiseGeometry(
  imageSize: readonly [number, number],
  kernelShape: Shape,
  options: DepthwiseOptions,
): DepthwiseGeometry {
  const [, , channels, multiplier] = kernelShape as [number, number, number, number];
  return { ...imageAxes(imageSize, kernelShape, options), channels, multiplier };
}

/** What the gradients of an op hand on: the options that all three have. */
export function windowOptions({ strides, padding, dilationRate = [1, 1] }: DepthwiseOptions): DepthwiseOptions {
  return { strides, padding, dilationRate };
}
