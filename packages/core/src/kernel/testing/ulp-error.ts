export interface WorstError {
  /** In units of the last place of the expected value; ∞ where one of the two is NaN or infinite and the other is not. */
  readonly ulps: number;
  /** Where it occurs. */
  readonly index: number;
}

const ULP_OF_SUBNORMALS = 2 ** -149;

/**
 * The largest error of float32 results against float64 values. Values smaller than `flushed` may have any result of at
 * most that size.
 */
export function worstError(expected: Float64Array, actual: Float32Array, flushed: number): WorstError {
  const rounded = new Float32Array(1);
  const bits = new Int32Array(rounded.buffer);
  let worst: WorstError = { ulps: 0, index: -1 };
  for (let index = 0; index < expected.length; index++) {
    const value = expected[index] ?? NaN;
    const result = actual[index] ?? NaN;
    const nearest = Math.fround(value);
    if (Object.is(nearest, result)) continue;
    const size = Math.abs(value);
    if (size < flushed && Math.abs(result) <= flushed) continue;
    let ulps = Infinity;
    if (Number.isFinite(nearest) && Number.isFinite(result)) {
      // The power of two at or below the value, from the exponent's bits.
      rounded[0] = nearest;
      bits[0] = (bits[0] ?? 0) & 0x7f800000;
      const power = rounded[0] > size ? rounded[0] / 2 : rounded[0];
      ulps = Math.abs(result - value) / Math.max(power * 2 ** -23, ULP_OF_SUBNORMALS);
    }
    if (ulps > worst.ulps) worst = { ulps, index };
  }
  return worst;
}
