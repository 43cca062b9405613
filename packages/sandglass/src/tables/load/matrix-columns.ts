import { tables } from "@sandglass/core";

/** A number for each column of each row. */
type Matrix =
  Float32Array | Float64Array | Int8Array | Uint8Array | Int16Array | Uint16Array | Int32Array | Uint32Array;

/**
 * The columns of a matrix that lies row by row, as a table has them.
 *
 * @param values rows × `width`.
 * @param names one a column; `column0`, `column1`, … unless given.
 * @throws TableError when these are no whole rows, or there are not as many names as columns.
 */
export function matrixColumns(
  values: Matrix,
  width: number,
  names: readonly string[] = Array.from({ length: width }, (_, index) => `column${index}`),
): readonly tables.NumberColumn[] {
  const count = values.length / width;
  if (!Number.isInteger(count) || count === 0) {
    throw new tables.TableError(`${values.length} numbers came, which are no whole rows of ${width} columns`);
  }
  if (names.length !== width) {
    throw new tables.TableError(`${names.length} names came for ${width} columns; one a column is expected`);
  }
  return names.map((name, column) => {
    const numbers = new Float64Array(count);
    for (let row = 0; row < count; row++) numbers[row] = values[row * width + column] as number;
    return { name, type: "number", values: numbers };
  });
}
