import type { RowSource } from "./row-source.ts";

/** XᵀX of a table X of rows, in float64: `rows.size` × `rows.size`, row-major. */
export function scatterMatrix(rows: RowSource): Float64Array {
  const { count, size } = rows;
  const sums = new Float64Array(size * size);
  const row = new Float64Array(size);
  for (let index = 0; index < count; index++) {
    rows.write(index, index + 1, row);
    for (let i = 0; i < size; i++) {
      const value = row[i] as number;
      const start = i * size;
      for (let j = 0; j <= i; j++) sums[start + j] = (sums[start + j] as number) + value * (row[j] as number);
    }
  }
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < i; j++) sums[j * size + i] = sums[i * size + j] as number;
  }
  return sums;
}
