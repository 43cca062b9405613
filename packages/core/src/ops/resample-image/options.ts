/** What resampling depends on beside its operands, in the words of Keras's `ops.image.affine_transform`. */
import { GraphError } from "../../graph/error.ts";
import { formatShape, formatType, sameShape } from "../../graph/tensor-type.ts";
import type { TensorType } from "../../graph/tensor-type.ts";

/** Whether a pixel is the one nearest to where it is read, or a mean of the four around. */
export type Interpolation = "nearest" | "bilinear";

/**
 * What lies outside of an image of pixels abcd, in one direction:
 *
 *     constant  kkkk|abcd|kkkk     k being the fill value
 *     nearest   aaaa|abcd|dddd
 *     reflect   dcba|abcd|dcba
 *     wrap      abcd|abcd|abcd
 */
export type FillMode = "constant" | "nearest" | "reflect" | "wrap";

export interface ResampleImageOptions {
  /** Rows and columns of the result. Default: those of the image. */
  readonly outputSize?: readonly [number, number];
  /** Default: "bilinear". */
  readonly interpolation?: Interpolation;
  /** Default: "constant". */
  readonly fillMode?: FillMode;
  /** What lies outside, where the mode is "constant". Default: 0. */
  readonly fillValue?: number;
}

export interface ResampleAttributes {
  /** Rows and columns of the image. */
  readonly imageSize: readonly [number, number];
  /** Rows and columns of the resampled image. */
  readonly outputSize: readonly [number, number];
  readonly interpolation: Interpolation;
  readonly fillMode: FillMode;
  readonly fillValue: number;
}

const TRANSFORM_SIZE = 8;

/** Checks the operands; `image` has the size `from`, which one of the attributes names. Returns the number of channels. */
export function checkResampling(
  opName: string,
  image: TensorType,
  transform: TensorType,
  from: readonly [number, number],
  { outputSize, imageSize, fillValue }: ResampleAttributes,
): number {
  const [, , channels] = image.shape;
  if (image.scope !== "sample" || channels === undefined || !sameShape(image.shape, [...from, channels])) {
    throw new GraphError(
      `${opName}: got ${formatType(image)}, and needs images [height, width, channels] per sample` +
        `${image.shape.length === 3 ? ` of ${from.join(" × ")} pixels` : ""}. Reshape or broadcast the operand.`,
    );
  }
  if (!sameShape(transform.shape, [TRANSFORM_SIZE])) {
    throw new GraphError(
      `${opName}: a transform has the shape [8], per sample or shared, and ${formatType(transform)} came. Give a0, a1, a2, ` +
        "b0, b1, b2, c0 and c1.",
    );
  }
  if (![...outputSize, ...imageSize].every((size) => Number.isInteger(size) && size > 0)) {
    throw new GraphError(`${opName}: the output size ${formatShape(outputSize)} must be two whole numbers above 0.`);
  }
  if (!Number.isFinite(fillValue)) {
    throw new GraphError(`${opName}: the fill value is ${fillValue}, and must be a finite number.`);
  }
  return channels;
}
