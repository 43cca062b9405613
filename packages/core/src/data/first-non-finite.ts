/**
 * The position of the first NaN or infinity, or −1. Every prediction and every training looks through its data, so the usual
 * case is fast: v · 0 is NaN exactly where v is not finite, and four running sums of that need no test for each value.
 */
export function firstNonFinite(values: Float32Array): number {
  const whole = values.length - (values.length % 4);
  let [a, b, c, d] = [0, 0, 0, 0];
  for (let i = 0; i < whole; i += 4) {
    a += (values[i] as number) * 0;
    b += (values[i + 1] as number) * 0;
    c += (values[i + 2] as number) * 0;
    d += (values[i + 3] as number) * 0;
  }
  for (let i = whole; i < values.length; i++) a += (values[i] as number) * 0;
  if (a + b + c + d === 0) return -1;
  return values.findIndex((value) => !Number.isFinite(value));
}
