/** Tensors as images: weights, and samples beside what an autoencoder makes of them. */
import type { Shape } from "../../graph/tensor-type.ts";
import type { PixelImage } from "./png.ts";

/** Values as bytes, as `tf.image.convert_image_dtype` makes them: 0 to 1 becomes 0 to 255, others are clipped. */
export function toPixels(values: Float32Array): Uint8Array {
  return Uint8Array.from(values, (value) => Math.min(255, Math.max(0, Math.trunc(Math.fround(value * 255.5)))));
}

/**
 * The images that Keras shows of a weight: a dense kernel lying, each filter of one channel, the rows of larger ones. Undefined
 * where it shows none.
 *
 * Source: `_log_weight_as_image` in keras/src/callbacks/tensorboard.py.
 */
export function weightImages(shape: Shape, values: Float32Array): PixelImage[] | undefined {
  const [a = 1, b = 1, c = 1, d = 1, ...more] = shape.filter((size) => size !== 1);
  const rank = shape.filter((size) => size !== 1).length;
  if (rank === 0 || more.length > 0) return undefined;
  if (rank === 1) return imagesOf([1, a, 1, 1], values);
  if (rank === 2) return imagesOf([1, Math.min(a, b), Math.max(a, b), 1], a > b ? transpose(values, a, b) : values);
  if (rank === 3) return imagesOf([c, a, b, 1], transpose(values, a * b, c));
  return [1, 3, 4].includes(d) ? imagesOf([a, b, c, d], values) : undefined;
}

/** Pairs: each sample and, to its right, another of the same shape `[height, width, channels]`. */
export function imagePairs(shape: Shape, left: Float32Array, right: Float32Array): PixelImage[] {
  const [height = 1, width = 1, channels = 1] = shape;
  const [row, size] = [width * channels, height * width * channels];
  const [leftPixels, rightPixels] = [toPixels(left), toPixels(right)];
  return Array.from({ length: left.length / size }, (_, index) => {
    const pixels = new Uint8Array(2 * size);
    for (let y = 0; y < height; y++) {
      const from = index * size + y * row;
      pixels.set(leftPixels.subarray(from, from + row), 2 * y * row);
      pixels.set(rightPixels.subarray(from, from + row), (2 * y + 1) * row);
    }
    return { width: 2 * width, height, channels, pixels };
  });
}

function imagesOf(
  [count, height, width, channels]: readonly [number, number, number, number],
  values: Float32Array,
): PixelImage[] {
  const size = height * width * channels;
  return Array.from({ length: count }, (_, index) => {
    const pixels = toPixels(values.subarray(index * size, (index + 1) * size));
    return { width, height, channels, pixels };
  });
}

/** [rows, columns] as [columns, rows]. */
function transpose(values: Float32Array, rows: number, columns: number): Float32Array {
  return Float32Array.from(values, (_, at) => values[(at % rows) * columns + Math.floor(at / rows)] as number);
}
