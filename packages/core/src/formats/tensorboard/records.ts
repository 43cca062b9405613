/**
 * TFRecord: the length of a record and its bytes, each with a checksum behind it.
 *
 * Source: tensorflow/core/lib/io/record_writer.h, "Format of a single record".
 */
import { crc32c } from "../crc32c.ts";

const HEAD_BYTES = 12;
const TAIL_BYTES = 4;
/** Checksums are rotated and moved by this, so that those of data that hold checksums are none themselves. */
const MASK_DELTA = 0xa282ead8;

/** A record with its length and checksums. */
export function encodeRecord(data: Uint8Array): Uint8Array {
  const record = new Uint8Array(HEAD_BYTES + data.length + TAIL_BYTES);
  const view = new DataView(record.buffer);
  view.setBigUint64(0, BigInt(data.length), true);
  view.setUint32(8, maskedCrc(record.subarray(0, 8)), true);
  record.set(data, HEAD_BYTES);
  view.setUint32(HEAD_BYTES + data.length, maskedCrc(data), true);
  return record;
}

function maskedCrc(bytes: Uint8Array): number {
  const crc = crc32c(bytes);
  return (((crc >>> 15) | (crc << 17)) + MASK_DELTA) >>> 0;
}
