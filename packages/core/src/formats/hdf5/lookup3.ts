/**
 * The checksum of HDF5's metadata: Bob Jenkins's lookup3 (`hashlittle`, May 2006, public domain), here over
 * little-endian bytes with the initial value 0.
 */

/** The checksum of `bytes` as an unsigned number. */
export function lookup3(bytes: Uint8Array): number {
  const start = 0xdeadbeef + bytes.length;
  let [a, b, c] = [start | 0, start | 0, start | 0];
  let position = 0;
  while (bytes.length - position > 12) {
    a = (a + word(bytes, position)) | 0;
    b = (b + word(bytes, position + 4)) | 0;
    c = (c + word(bytes, position + 8)) | 0;
    a = rotated(a - c, c, 4);
    c = (c + b) | 0;
    b = rotated(b - a, a, 6);
    a = (a + c) | 0;
    c = rotated(c - b, b, 8);
    b = (b + a) | 0;
    a = rotated(a - c, c, 16);
    c = (c + b) | 0;
    b = rotated(b - a, a, 19);
    a = (a + c) | 0;
    c = rotated(c - b, b, 4);
    b = (b + a) | 0;
    position += 12;
  }
  if (position === bytes.length) return c >>> 0;
  a = (a + word(bytes, position)) | 0;
  b = (b + word(bytes, position + 4)) | 0;
  c = (c + word(bytes, position + 8)) | 0;
  c = (c ^ b) - rotate(b, 14);
  a = (a ^ c) - rotate(c, 11);
  b = (b ^ a) - rotate(a, 25);
  c = (c ^ b) - rotate(b, 16);
  a = (a ^ c) - rotate(c, 4);
  b = (b ^ a) - rotate(a, 14);
  c = (c ^ b) - rotate(b, 24);
  return c >>> 0;
}

/** Four bytes as a little-endian integer; bytes beyond the end count as zero. */
function word(bytes: Uint8Array, position: number): number {
  let value = 0;
  for (let byte = 0; byte < 4; byte++) value |= (bytes[position + byte] ?? 0) << (8 * byte);
  return value;
}

function rotate(value: number, bits: number): number {
  return (value << bits) | (value >>> (32 - bits));
}

function rotated(difference: number, other: number, bits: number): number {
  return (difference | 0) ^ rotate(other, bits);
}
