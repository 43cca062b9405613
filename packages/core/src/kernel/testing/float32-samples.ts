/** Samples of the 2³² float32 values, taken evenly from their bit patterns. */

/** Every `stride`-th pattern: both signs, subnormals, infinities and NaNs. An odd stride reaches all final digits. */
export function sampleAll(stride: number): Float32Array {
  return fromBits(0, 2 ** 32, stride);
}

/** Every `stride`-th value of size low to high, of both signs. */
export function sampleSizes(low: number, high: number, stride: number): Float32Array {
  const [first = 0, last = 0] = new Uint32Array(Float32Array.of(low, high).buffer);
  const positive = fromBits(first, last + 1, stride);
  const both = new Float32Array(2 * positive.length);
  both.set(positive);
  both.set(
    positive.map((value) => -value),
    positive.length,
  );
  return both;
}

function fromBits(first: number, end: number, stride: number): Float32Array {
  const bits = new Uint32Array(Math.ceil((end - first) / stride));
  for (let i = 0; i < bits.length; i++) bits[i] = first + i * stride;
  return new Float32Array(bits.buffer);
}
