/** Pictures on one sheet, in cells of one or several side by side: an original and its reconstruction, or a sample alone. */
import type { Pixels } from "./pixels.ts";

/** Pictures that belong together, left to right. */
export type Cell = readonly [Pixels, ...Pixels[]];

const PAPER = 255;
/** Pixels between the pictures of a cell, and around cells. */
const INNER_GAP = 1;
const OUTER_GAP = 4;

/**
 * The cells in rows, left to right and top to bottom. All have as many pictures, of the same size.
 *
 * @param columns cells in a row.
 */
export function drawSheet(cells: readonly [Cell, ...Cell[]], columns: number): Pixels {
  const [first] = cells;
  const { width, height, channels } = first[0];
  const across = Math.min(columns, cells.length);
  const cellWidth = first.length * (width + INNER_GAP) - INNER_GAP + OUTER_GAP;
  const cellHeight = height + OUTER_GAP;
  const sheetWidth = across * cellWidth + OUTER_GAP;
  const sheetHeight = Math.ceil(cells.length / across) * cellHeight + OUTER_GAP;
  const data = new Uint8Array(sheetWidth * sheetHeight * channels).fill(PAPER);

  function place(picture: Pixels, left: number, top: number): void {
    for (let row = 0; row < height; row++) {
      const line = picture.data.subarray(row * width * channels, (row + 1) * width * channels);
      data.set(line, ((top + row) * sheetWidth + left) * channels);
    }
  }

  for (const [index, cell] of cells.entries()) {
    const left = OUTER_GAP + (index % across) * cellWidth;
    const top = OUTER_GAP + Math.floor(index / across) * cellHeight;
    for (const [position, picture] of cell.entries()) place(picture, left + position * (width + INNER_GAP), top);
  }
  return { width: sheetWidth, height: sheetHeight, channels, data };
}
