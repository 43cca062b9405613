/**
 * Solves A x = b for a small symmetric positive definite matrix by Cholesky's decomposition A = L Lᵀ.
 *
 * @param matrix A, row by row.
 * @returns x; its values are not finite where A is singular.
 */
export function solveSymmetric(matrix: Float64Array, right: Float64Array): Float64Array {
  const size = right.length;
  const lower = new Float64Array(size * size);
  const at = (values: Float64Array, row: number, column: number): number => values[row * size + column] as number;
  for (let row = 0; row < size; row++) {
    for (let column = 0; column <= row; column++) {
      let sum = at(matrix, row, column);
      for (let k = 0; k < column; k++) sum -= at(lower, row, k) * at(lower, column, k);
      lower[row * size + column] = row === column ? Math.sqrt(sum) : sum / at(lower, column, column);
    }
  }
  const x = right.slice();
  // L y = b, downwards; then Lᵀ x = y, upwards.
  for (let row = 0; row < size; row++) {
    for (let k = 0; k < row; k++) x[row] = (x[row] as number) - at(lower, row, k) * (x[k] as number);
    x[row] = (x[row] as number) / at(lower, row, row);
  }
  for (let row = size - 1; row >= 0; row--) {
    for (let k = row + 1; k < size; k++) x[row] = (x[row] as number) - at(lower, k, row) * (x[k] as number);
    x[row] = (x[row] as number) / at(lower, row, row);
  }
  return x;
}
