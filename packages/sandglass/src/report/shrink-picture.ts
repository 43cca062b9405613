import type { Pixels } from "../images/index.ts";

/**
 * The picture with neither side longer than `longest`: each pixel the mean of a square, to which pixels add as much color as they are opaque. Small
 * pictures stay as they are.
 */
export function shrinkPicture(picture: Pixels, longest: number): Pixels {
  const { width, height, channels, data } = picture;
  const factor = Math.ceil(Math.max(width, height) / longest);
  if (factor <= 1) return picture;
  const small = { width: Math.ceil(width / factor), height: Math.ceil(height / factor) };
  const sums = new Float64Array(small.width * small.height * channels);
  const weights = new Float64Array(sums.length);
  for (const [index, value] of data.entries()) {
    const channel = index % channels;
    const column = Math.floor(index / channels) % width;
    const row = Math.floor(index / (channels * width));
    const place = (Math.floor(row / factor) * small.width + Math.floor(column / factor)) * channels + channel;
    const weight = channels === 4 && channel < 3 ? (data[index - channel + 3] as number) : 1;
    sums[place] = (sums[place] ?? 0) + weight * value;
    weights[place] = (weights[place] ?? 0) + weight;
  }
  // What has no weight has a sum of 0, too.
  return {
    ...small,
    channels,
    data: Uint8Array.from(sums, (sum, place) => (sum === 0 ? 0 : Math.round(sum / (weights[place] ?? 1)))),
  };
}
