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
  const counts = new Float64Array(sums.length);
  let at = sample * height * width * channels;
  for (let row = 0; row < height; row++) {
    const down = Math.floor((row * THUMBNAIL_SIDE) / height) * THUMBNAIL_SIDE;
    for (let column = 0; column < width; column++, at += channels) {
      const place = down + Math.floor((column * THUMBNAIL_SIDE) / width);
      let sum = 0;
      for (let channel = 0; channel < colors; channel++) sum += values[at + channel] as number;
      sums[place] = (sums[place] as number) + (sum / colors) * scale;
      counts[place] = (counts[place] as number) + 1;
    }
  }
  const thumbnail = Uint8Array.from(sums, (sum, place) =>
    Math.round(255 * Math.min(1, Math.max(0, sum / (counts[place] as number)))),
  );
  const hash = perceptualHash(thumbnail);
  return hash && { hash, thumbnail };
}
