/**
 * The position of the first NaN or infinity, or −1. Every prediction and every training looks through its data, so the usual
 * case is fast: v − v is NaN exactly where v is not finite, and four running sums of that need no test for each value.
 */
export function firstNonFinite(values: Float32Array | Float64Array): number {
  const whole = values.length - (values.length % 4);
  let [a, b, c, d] = [0, 0, 0, 0];
  for (let i = 0; i < whole; i += 4) {
    a += difference(values, i);
    b += difference(values, i + 1);
    c += difference(values, i + 2);
    d += difference(values, i + 3);
  }
  for (let i = whole; i < values.length; i++) a += difference(values, i);
  if (a + b + c + d === 0) return -1;
  return values.findIndex((value) => !Number.isFinite(value));
}

/** A value minus itself. */
function difference(values: Float32Array | Float64Array, position: number): number {
  const value = values[position] as number;
  return value - value;
}
