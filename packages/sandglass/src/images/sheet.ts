/** Pairs of pictures on one sheet: each original on the left, its reconstruction on the right. */
import type { Pixels } from "./pixels.ts";

export interface PicturePair {
  readonly original: Pixels;
  readonly reconstruction: Pixels;
}

const PAPER = 255;
/** Pixels between the two of a pair, and around pairs. */
const INNER_GAP = 1;
const OUTER_GAP = 4;

/**
 * The pairs in rows, left to right and top to bottom. All pictures are of the same size.
 *
 * @param columns pairs in a row.
 */
export function drawSheet(pairs: readonly [PicturePair, ...PicturePair[]], columns: number): Pixels {
  const { width, height, channels } = pairs[0].original;
  const across = Math.min(columns, pairs.length);
  const cellWidth = 2 * width + INNER_GAP + OUTER_GAP;
  const cellHeight = height + OUTER_GAP;
  const sheetWidth = across * cellWidth + OUTER_GAP;
  const sheetHeight = Math.ceil(pairs.length / across) * cellHeight + OUTER_GAP;
  const data = new Uint8Array(sheetWidth * sheetHeight * channels).fill(PAPER);

  function place(picture: Pixels, left: number, top: number): void {
    for (let row = 0; row < height; row++) {
      const line = picture.data.subarray(row * width * channels, (row + 1) * width * channels);
      data.set(line, ((top + row) * sheetWidth + left) * channels);
    }
  }

  for (const [index, { original, reconstruction }] of pairs.entries()) {
    const left = OUTER_GAP + (index % across) * cellWidth;
    const top = OUTER_GAP + Math.floor(index / across) * cellHeight;
    place(original, left, top);
    place(reconstruction, left + width + INNER_GAP, top);
  }
  return { width: sheetWidth, height: sheetHeight, channels, data };
}
