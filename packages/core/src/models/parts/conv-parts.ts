/**
 * Convolutional halves of models, as functions from tensor to tensor, for images of any size. An encoder halves the sides, odd ones
 * rounded up; its decoder doubles them and cuts off what the rounding added. A table's columns are taken as a signal, an
 * image of one column.
 */
import { GraphError } from "../../graph/error.ts";
import { formatShape } from "../../graph/tensor-type.ts";
import type { Shape } from "../../graph/tensor-type.ts";
import {
  activation as activationLayer,
  batchNormalization,
  conv2d,
  conv2dTranspose,
  cropping2d,
  maxPool2d,
  reshape,
  upSampling2d,
} from "../../nn/layers/index.ts";
import type { SymbolicTensor } from "../../nn/layers/layer.ts";

export interface ConvSettings {
  /** Of each halving; the decoder's in the order in which it doubles. */
  readonly filters: readonly number[];
  /** Side of the kernels. */
  readonly kernel: number;
  readonly activation: string;
  readonly batchNorm: boolean;
}

type Sides = readonly [height: number, width: number];

/**
 * The shape as images have it: [height, width, channels]; columns become [columns, 1, 1].
 *
 * @throws GraphError when it is neither an image's nor a table's.
 */
export function imageShape(family: string, shape: Shape): readonly [height: number, width: number, channels: number] {
  const [height = 1, width = 1, channels = 1] = shape;
  if (shape.length === 1 || shape.length === 3) return [height, width, channels];
  throw new GraphError(
    `the convolutions of the model "${family}" take images [height, width, channels] or columns [columns]; ` +
      `samples of shape ${formatShape(shape)} came. Fully connected models, such as "deep", take any shape`,
  );
}

/** The sides before the first halving, after it, and so on. */
export function halvedSides([height, width]: Sides, halvings: number): Sides[] {
  const sides: Sides[] = [[height, width]];
  for (let index = 0; index < halvings; index++) {
    const [before] = sides.slice(-1) as [Sides];
    sides.push([Math.ceil(before[0] / 2), Math.ceil(before[1] / 2)]);
  }
  return sides;
}

/** Convolutions that halve the sides: [height, width, channels] → [height / 2ⁿ, width / 2ⁿ, the last filters]. */
export function convEncoder(
  image: SymbolicTensor,
  {
    filters,
    kernel,
    activation,
    batchNorm,
    downsampling,
  }: ConvSettings & { readonly downsampling: "pooling" | "strides" },
): SymbolicTensor {
  return filters.reduce((tensor, count) => {
    const steps = stepsFor(sidesOf(tensor));
    const strides = downsampling === "strides" ? steps : ([1, 1] as const);
    const size = kernelFor(tensor, kernel);
    const maps = activated(
      (plain) => conv2d(count, size, { padding: "same", strides, ...plain }),
      activation,
      batchNorm,
    )(tensor);
    return downsampling === "strides" ? maps : maxPool2d(steps, { padding: "same" })(maps);
  }, image);
}

/**
 * The way back to an image of the shape, one doubling for each number of filters:
 * [height / 2ⁿ, width / 2ⁿ, maps] → [height, width, channels].
 */
export function convDecoder(
  maps: SymbolicTensor,
  shape: readonly [height: number, width: number, channels: number],
  settings: ConvSettings & { readonly upsampling: "nearest" | "transposed"; readonly outputActivation: string },
): SymbolicTensor {
  const { filters, kernel, activation, batchNorm, upsampling, outputActivation } = settings;
  const sides = halvedSides([shape[0], shape[1]], filters.length).toReversed().slice(1);
  const grown = filters.reduce((tensor, count, index) => {
    const target = sides[index] as Sides;
    const steps = stepsFor(target);
    const size = kernelFor(tensor, kernel);
    const large =
      upsampling === "transposed"
        ? activated(
            (plain) => conv2dTranspose(count, size, { padding: "same", strides: steps, ...plain }),
            activation,
            batchNorm,
          )(tensor)
        : upSampling2d(steps)(
            activated((plain) => conv2d(count, size, { padding: "same", ...plain }), activation, batchNorm)(tensor),
          );
    return cutTo(large, target);
  }, maps);
  return conv2d(shape[2], kernelFor(grown, kernel), { padding: "same", activation: outputActivation })(grown);
}

/** An image as convolutions take it: columns become an image of one column. */
export function asImage(sample: SymbolicTensor, family: string): SymbolicTensor {
  const shape = imageShape(family, sample.shape);
  return sample.shape.length === 3 ? sample : reshape(shape)(sample);
}

/** The inverse of `asImage`. */
export function asSample(image: SymbolicTensor, shape: Shape): SymbolicTensor {
  return shape.length === 3 ? image : reshape(shape)(image);
}

interface Plain {
  readonly activation?: string;
  readonly useBias?: boolean;
}

/** A convolution with its activation, between them batch normalization where that is wanted, which makes the bias useless. */
function activated(
  convolution: (plain: Plain) => (tensor: SymbolicTensor) => SymbolicTensor,
  activation: string,
  batchNorm: boolean,
): (tensor: SymbolicTensor) => SymbolicTensor {
  if (!batchNorm) return convolution({ activation });
  return (tensor) => activationLayer(activation)(batchNormalization()(convolution({ useBias: false })(tensor)));
}

function sidesOf({ shape: [height = 1, width = 1] }: SymbolicTensor): Sides {
  return [height, width];
}

/** Strides that halve or double the sides; a side of 1 cannot be halved. */
export function stepsFor([height, width]: Sides): [number, number] {
  return [height > 1 ? 2 : 1, width > 1 ? 2 : 1];
}

/** Along a side of 1, a kernel would only ever meet padding beside it. */
export function kernelFor(tensor: SymbolicTensor, kernel: number): [number, number] {
  const [height, width] = sidesOf(tensor);
  return [height > 1 ? kernel : 1, width > 1 ? kernel : 1];
}

/** Cuts off the last rows and columns. */
export function cutTo(tensor: SymbolicTensor, [height, width]: Sides): SymbolicTensor {
  const [rows, columns] = sidesOf(tensor);
  if (rows === height && columns === width) return tensor;
  return cropping2d([
    [0, rows - height],
    [0, columns - width],
  ])(tensor);
}
