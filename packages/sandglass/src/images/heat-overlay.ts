/** Heat maps over pictures: what Grad-CAM says a classifier looked at. */
import type { Pixels } from "./pixels.ts";

type Color = readonly [red: number, green: number, blue: number];

/** From where a little is seen to where the most is. */
const WARM: Color = [255, 214, 0];
const HOT: Color = [204, 0, 34];
/** How much of the color the hottest pixels have; the picture shines through. */
const MOST_COLOR = 0.7;

/**
 * The picture in grey, its pixels the more yellow, then red, the hotter they are. Where nothing is seen it stays grey.
 *
 * @param heat a number from 0 to 1 for each pixel.
 * @throws RangeError when there is not one for each pixel.
 */
export function heatOverlay({ width, height, channels, data }: Pixels, heat: Float32Array): Pixels {
  if (heat.length !== width * height) {
    throw new RangeError(
      `a heat map of ${heat.length} numbers came for a picture of ${height} × ${width}; expected one a pixel`,
    );
  }
  const result = new Uint8Array(3 * heat.length);
  for (const [pixel, value] of heat.entries()) {
    const grey = greyOf(data, pixel * channels, channels);
    const share = MOST_COLOR * value;
    for (const channel of [0, 1, 2] as const) {
      const color = WARM[channel] + (HOT[channel] - WARM[channel]) * value;
      result[3 * pixel + channel] = Math.round(grey * (1 - share) + color * share);
    }
  }
  return { width, height, channels: 3, data: result };
}

/** How bright a pixel is (ITU-R BT.601), on white where light comes through. */
function greyOf(data: Uint8Array, at: number, channels: Pixels["channels"]): number {
  if (channels === 1) return data[at] as number;
  const grey = 0.299 * (data[at] as number) + 0.587 * (data[at + 1] as number) + 0.114 * (data[at + 2] as number);
  if (channels === 3) return grey;
  const opacity = (data[at + 3] as number) / 255;
  return grey * opacity + 255 * (1 - opacity);
}
