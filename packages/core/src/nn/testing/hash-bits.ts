/** A number for bits, for comparing hosts: FNV-1a of all bytes of some arrays, one after the other. */
export function hashBits(...arrays: readonly (Float32Array | Uint8Array)[]): number {
  let hashed = 0x811c9dc5;
  for (const { buffer, byteOffset, byteLength } of arrays) {
    for (const byte of new Uint8Array(buffer, byteOffset, byteLength)) {
      hashed = Math.imul(hashed ^ byte, 0x01000193) >>> 0;
    }
  }
  return hashed;
}
