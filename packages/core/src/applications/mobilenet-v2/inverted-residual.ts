/** The block that MobileNetV2 is made of: widen by 1×1, filter each channel by 3×3, narrow by 1×1 without an activation. */
import { add, batchNormalization, conv2d, depthwiseConv2d, relu, zeroPadding2d } from "../../nn/layers/index.ts";
import type { SymbolicTensor } from "../../nn/layers/layer.ts";

export interface ResidualBlock {
  /** Of the narrow image that comes out, at alpha 1. */
  readonly filters: number;
  readonly stride: 1 | 2;
  /** How many times wider the filtered image is than the one that comes in. */
  readonly expansion: number;
}

/** Keras's settings of every batch normalization in the network. */
export const NORMALIZATION = { epsilon: 1e-3, momentum: 0.999 } as const;

const KERNEL_SIZE = 3;

/**
 * [height, width, channels] → [⌈height / stride⌉, ⌈width / stride⌉, filters · alpha]. Where the shape stays, the image that came in is
 * added. The layers are called `block_<index>_expand`, …, those of the first block, which does not widen, `expanded_conv_depthwise`, ….
 */
export function invertedResidual(
  image: SymbolicTensor,
  { filters, stride, expansion }: ResidualBlock,
  alpha: number,
  index: number,
): SymbolicTensor {
  const channels = image.shape[2] as number;
  const width = divisibleBy8(Math.floor(filters * alpha));
  const prefix = index === 0 ? "expanded_conv" : `block_${index}`;

  const normalized = (x: SymbolicTensor, name: string): SymbolicTensor =>
    batchNormalization({ ...NORMALIZATION, name: `${prefix}_${name}_BN` })(x);
  const pointwise = (x: SymbolicTensor, size: number, name: string): SymbolicTensor =>
    normalized(conv2d(size, 1, { padding: "same", useBias: false, name: `${prefix}_${name}` })(x), name);
  const relu6 = (x: SymbolicTensor, name: string): SymbolicTensor =>
    relu({ maxValue: 6, name: `${prefix}_${name}_relu` })(x);

  const wide = index === 0 ? image : relu6(pointwise(image, expansion * channels, "expand"), "expand");
  const padded = stride === 1 ? wide : zeroPadding2d(evenPadding(wide), { name: `${prefix}_pad` })(wide);
  const filtered = depthwiseConv2d(KERNEL_SIZE, {
    strides: stride,
    padding: stride === 1 ? "same" : "valid",
    useBias: false,
    name: `${prefix}_depthwise`,
  })(padded);
  const narrow = pointwise(relu6(normalized(filtered, "depthwise"), "depthwise"), width, "project");
  return stride === 1 && channels === width ? add({ name: `${prefix}_add` })([image, narrow]) : narrow;
}

/**
 * A number of filters as a multiple of 8, the nearest one, but not less than 0.9 of what was asked for (`_make_divisible` of the
 * authors' program and of Keras).
 */
export function divisibleBy8(filters: number): number {
  const nearest = Math.max(8, Math.floor(Math.trunc(filters + 4) / 8) * 8);
  return nearest < 0.9 * filters ? nearest + 8 : nearest;
}

/** Zeros around an image before a stride of 2, as TensorFlow's `same` puts them: one row less above where the height is even. */
export function evenPadding({
  shape,
}: SymbolicTensor): readonly [readonly [number, number], readonly [number, number]] {
  const [rows, columns] = shape as readonly [number, number];
  const half = Math.floor(KERNEL_SIZE / 2);
  const edges = (length: number): readonly [number, number] => [half - (1 - (length % 2)), half];
  return [edges(rows), edges(columns)];
}
