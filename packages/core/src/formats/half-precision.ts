/** Floats of 16 bits, which files hold and nothing here computes with, as float32. */

/** IEEE 754 binary16: 1 bit sign, 5 bits exponent, 10 bits fraction. */
export function float16Values(bits: Uint16Array): Float32Array {
  return Float32Array.from(bits, (half) => {
    const sign = half >= 0x8000 ? -1 : 1;
    const exponent = (half >> 10) & 31;
    const fraction = half & 1023;
    if (exponent === 0) return sign * fraction * 2 ** -24;
    if (exponent === 31) return fraction === 0 ? sign * Infinity : NaN;
    return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
  });
}

/** bfloat16: the upper half of a float32. */
export function bfloat16Values(bits: Uint16Array): Float32Array {
  return new Float32Array(Uint32Array.from(bits, (half) => half * 0x10000).buffer);
}
