/** a / b, or 0 where b is 0: Keras's figure where there is nothing to measure. */
export function ratio(a: number, b: number): number {
  return b === 0 ? 0 : a / b;
}
