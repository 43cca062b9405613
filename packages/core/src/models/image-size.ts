/** Which images can be halved three times and doubled three times and come out as large as they were. */
import { GraphError } from "../graph/error.ts";
import { formatShape } from "../graph/tensor-type.ts";
import type { Shape } from "../graph/tensor-type.ts";
import type { Padding } from "../ops/window.ts";

/** In words, for lists of models. */
export const HALVED_THRICE = "images whose sides leave the remainder 0, or both 4, when divided by 8";

export interface ImageSize {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  /**
   * The padding of the one layer of the decoder that makes up for what halving rounded: `same` where the sides are
   * multiples of 8; `valid` where they are 4 more than one, as in 28 → 14 → 7 → 3 or 4 → 7 → 14 → 28.
   */
  readonly padding: Padding;
}

/**
 * The sizes of an image that goes through three halvings.
 *
 * @throws GraphError when the shape is no image's, or the sides do not fit.
 */
export function imageSize(family: string, shape: Shape): ImageSize {
  const [height, width, channels] = shape;
  if (height === undefined || width === undefined || channels === undefined || shape.length !== 3) {
    throw new GraphError(
      `the model "${family}" takes images [height, width, channels]; samples of shape ${formatShape(shape)} came. ` +
        'The models "stacked" and "deep" take any shape',
    );
  }
  const remainders = new Set([height % 8, width % 8]);
  const [remainder] = remainders;
  if (remainders.size > 1 || (remainder !== 0 && remainder !== 4) || Math.min(height, width) < 8) {
    const nearest = [height, width].map(nearestMultiple).join("×");
    throw new GraphError(
      `the model "${family}" halves images three times and takes ${HALVED_THRICE}, from 8 on; ` +
        `images of shape ${formatShape(shape)} came. Crop or pad them to ${nearest}, ` +
        'or take the model "stacked" or "deep", which take any size',
    );
  }
  return { height, width, channels, padding: remainder === 0 ? "same" : "valid" };
}

function nearestMultiple(side: number): number {
  return Math.max(8, Math.round(side / 8) * 8);
}
