import { perceptualHash, THUMBNAIL_SIDE, type Dataset } from "@sandglass/core";
import type { ImageLook } from "./fingerprint-images.ts";

/** Whether samples are images that are large enough to have looks. */
export function haveLooks({ shape }: Pick<Dataset, "shape">): boolean {
  const [height = 0, width = 0] = shape;
  return shape.length === 3 && Math.min(height, width) >= THUMBNAIL_SIDE;
}

/** A sample as `[32, 32]` grey bytes, each the mean of what lies there, with their hash; undefined where there is next to nothing to be seen. */
export function lookOfSample({ values, shape, scale }: Dataset, sample: number): ImageLook | undefined {
  const [height = 1, width = 1, channels = 1] = shape;
  const colors = Math.min(channels, 3);
  const sums = new Float64Array(THUMBNAIL_SIDE ** 2);
  const counts = new Uint32Array(sums.length);
  const across = placesOf(width);
  let at = sample * height * width * channels;
  for (const down of placesOf(height)) {
    for (let column = 0; column < width; column++, at += channels) {
      const place = down * THUMBNAIL_SIDE + (across[column] as number);
      for (let channel = 0; channel < colors; channel++) {
        sums[place] = (sums[place] as number) + (values[at + channel] as number);
      }
      counts[place] = (counts[place] as number) + colors;
    }
  }
  const thumbnail = new Uint8Array(sums.length);
  for (const [place, sum] of sums.entries()) {
    thumbnail[place] = Math.round(255 * Math.min(1, Math.max(0, (sum * scale) / (counts[place] as number))));
  }
  const hash = perceptualHash(thumbnail);
  return hash && { hash, thumbnail };
}

/** Where the rows or columns of an image lie in its thumbnail. */
function placesOf(length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, at) => Math.floor((at * THUMBNAIL_SIDE) / length));
}
