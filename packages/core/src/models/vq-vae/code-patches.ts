/** What each code of a convolutional codebook stands for: the mean of what is drawn around the places that have it. */
import type { Shape } from "../../graph/tensor-type.ts";

export interface CodedImages {
  /** [height, width, channels] */
  readonly shape: Shape;
  /** Image after image. */
  readonly images: Float32Array;
  /** [rows, columns] of codes. */
  readonly map: Shape;
  /** Map after map. */
  readonly codes: Float32Array;
}

export interface Patches {
  readonly shape: Shape;
  /** A patch for each of the codes. */
  readonly values: Float32Array;
}

/** Mean patches of three by three places around each place with the code; what lies outside of an image does not count. */
export function codePatches({ shape, images, map, codes }: CodedImages, wanted: readonly number[]): Patches {
  const [height, width, channels] = shape as [number, number, number];
  const [rows, columns] = map as [number, number];
  const [cellHeight, cellWidth] = [Math.ceil(height / rows), Math.ceil(width / columns)];
  const patch = [3 * cellHeight, 3 * cellWidth, channels] as const;
  const size = patch[0] * patch[1] * channels;
  const sums = new Float64Array(wanted.length * size);
  const counts = new Float64Array(wanted.length * size);
  const orderOf = new Map(wanted.map((code, order) => [code, order]));
  for (const [place, code] of codes.entries()) {
    const order = orderOf.get(code);
    if (order === undefined) continue;
    const [image, within] = [Math.floor(place / (rows * columns)), place % (rows * columns)];
    const top = (Math.floor(within / columns) - 1) * cellHeight;
    const left = ((within % columns) - 1) * cellWidth;
    for (let at = 0; at < size; at++) {
      const y = top + Math.floor(at / (patch[1] * channels));
      const x = left + (Math.floor(at / channels) % patch[1]);
      if (y < 0 || y >= height || x < 0 || x >= width) continue;
      const pixel = ((image * height + y) * width + x) * channels + (at % channels);
      sums[order * size + at]! += images[pixel] as number;
      counts[order * size + at]! += 1;
    }
  }
  return { shape: patch, values: Float32Array.from(sums, (sum, at) => sum / Math.max(1, counts[at] as number)) };
}
