/**
 * The checksum of zip files: CRC-32 with the reflected polynomial 0xEDB88320 (ISO 3309), eight bytes at a time.
 *
 * Source: M. Kounavis, F. Berry, A Systematic Approach to Building High Performance Software-based CRC Generators, 2005 (slicing-by-8).
 */

const SLICES = 8;

/** Table k, at 256 k: the remainder of each byte with k bytes of zeros behind it. Signed, as bit operations are: others would be slow. */
const TABLES = makeTables();

function makeTables(): Int32Array {
  const tables = new Int32Array(SLICES * 256);
  for (let byte = 0; byte < 256; byte++) {
    let remainder = byte;
    for (let bit = 0; bit < 8; bit++) remainder = (remainder >>> 1) ^ (remainder & 1 ? 0xedb88320 : 0);
    tables[byte] = remainder;
  }
  for (let at = 256; at < tables.length; at++) {
    const before = at - 256;
    tables[at] = (of(tables, before) >>> 8) ^ of(tables, of(tables, before) & 255);
  }
  return tables;
}

/** The CRC-32 of `bytes` as an unsigned number. */
export function crc32(bytes: Uint8Array): number {
  let crc = -1;
  const whole = bytes.length - (bytes.length % SLICES);
  for (let at = 0; at < whole; at += SLICES) {
    const low =
      crc ^ (of(bytes, at) | (of(bytes, at + 1) << 8) | (of(bytes, at + 2) << 16) | (of(bytes, at + 3) << 24));
    crc =
      of(TABLES, 1792 + (low & 255)) ^
      of(TABLES, 1536 + ((low >>> 8) & 255)) ^
      of(TABLES, 1280 + ((low >>> 16) & 255)) ^
      of(TABLES, 1024 + (low >>> 24)) ^
      of(TABLES, 768 + of(bytes, at + 4)) ^
      of(TABLES, 512 + of(bytes, at + 5)) ^
      of(TABLES, 256 + of(bytes, at + 6)) ^
      of(TABLES, of(bytes, at + 7));
  }
  for (let at = whole; at < bytes.length; at++) crc = (crc >>> 8) ^ of(TABLES, (crc ^ of(bytes, at)) & 255);
  return (crc ^ -1) >>> 0;
}

function of(values: Int32Array | Uint8Array, at: number): number {
  return values[at] as number;
}
