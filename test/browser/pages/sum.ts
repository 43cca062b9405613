/** The sum of some numbers: something for a worker to import and to answer. */
export function sum(values: Float32Array): number {
  return values.reduce((total, value) => total + value, 0);
}
