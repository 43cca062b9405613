/** What makes samples of arrays known again: their values, and what they look like where they are large enough. */
import { createHash } from "node:crypto";
import { perceptualHash, THUMBNAIL_SIDE, type Dataset } from "@sandglass/core";
import type { FingerprintResult, ImageLook } from "../../images/leaks/index.ts";

/** Of each sample. Samples of the same values have the same one, as files of the same bytes do. */
export function arrayFingerprints(data: Dataset): FingerprintResult[] {
  const { values, count, shape } = data;
  const size = values.length / count;
  const [height = 0, width = 0] = shape;
  const hasLooks = shape.length === 3 && Math.min(height, width) >= THUMBNAIL_SIDE;
  return Array.from({ length: count }, (_, sample) => {
    const { buffer, byteOffset, byteLength } = values.subarray(sample * size, (sample + 1) * size);
    const sha256 = createHash("sha256")
      .update(new Uint8Array(buffer, byteOffset, byteLength))
      .digest("hex");
    const look = hasLooks ? lookOf(data, sample) : undefined;
    return { sha256, ...(look && { look }) };
  });
}

/** The image as `[32, 32]` grey bytes, each the mean of what lies there. */
function lookOf({ values, shape, scale }: Dataset, sample: number): ImageLook | undefined {
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
