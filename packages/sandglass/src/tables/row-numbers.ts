/**
 * The number of a row in the user's files: from 1 on, through all files, without lines of names. Rows that could not be read have numbers, too.
 *
 * @param row its number in the table, from 0 on.
 */
export type RowNumber = (row: number) => number;

/**
 * Numbers the rows of a table as its files do.
 *
 * @param leftOut the places, from 0 on and ascending, among all rows of the files of those that are not in the table.
 */
export function rowNumbers(leftOut: Uint32Array = new Uint32Array()): RowNumber {
  return (row) => {
    // How many were left out before it: of the one at place k, leftOut[k] − k rows of the table stand before.
    let [low, high] = [0, leftOut.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((leftOut[middle] as number) - middle <= row) low = middle + 1;
      else high = middle;
    }
    return row + low + 1;
  };
}
