/**
 * HDF5 notes in the header of every group and dataset when it was made. Here the notes are set to zero, so that the
 * same weights give the same bytes.
 *
 * Source: HDF5 File Format Specification 3.0, IV.A.1.b "Version 2 Data Object Header Prefix".
 */
import { lookup3 } from "./lookup3.ts";

const SIGNATURE = [0x4f, 0x48, 0x44, 0x52] as const; // "OHDR"
const VERSION = 2;
const FIXED_BYTES = 6; // signature, version, flags
const TIMES_BYTES = 16; // access, modification, change and birth, in seconds
const TIMES_FLAG = 0x20;
const PHASE_CHANGE_FLAG = 0x10;
const PHASE_CHANGE_BYTES = 4;
const SIZE_WIDTH_FLAGS = 0x03;

/** Sets every time stamp of an HDF5 file to zero, in place. */
export function clearTimestamps(file: Uint8Array): void {
  for (let at = file.indexOf(SIGNATURE[0]); at >= 0; at = file.indexOf(SIGNATURE[0], at + 1)) {
    const flags = file[at + 5] ?? 0;
    const isHeader = SIGNATURE.every((byte, index) => file[at + index] === byte) && file[at + 4] === VERSION;
    if (!isHeader || (flags & TIMES_FLAG) === 0) continue;
    clearHeader(file, at, flags);
  }
}

function clearHeader(file: Uint8Array, at: number, flags: number): void {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const sizeAt = at + FIXED_BYTES + TIMES_BYTES + ((flags & PHASE_CHANGE_FLAG) === 0 ? 0 : PHASE_CHANGE_BYTES);
  const sizeWidth = 2 ** (flags & SIZE_WIDTH_FLAGS);
  if (sizeAt + sizeWidth > file.length) return;
  let messageBytes = 0;
  for (let byte = sizeWidth - 1; byte >= 0; byte--) messageBytes = messageBytes * 256 + (file[sizeAt + byte] ?? 0);
  const checksumAt = sizeAt + sizeWidth + messageBytes;
  if (checksumAt + 4 > file.length) return;
  const header = file.subarray(at, checksumAt);
  // Weights may hold these bytes by chance; only a header ends with its own checksum.
  if (view.getUint32(checksumAt, true) !== lookup3(header)) return;
  header.fill(0, FIXED_BYTES, FIXED_BYTES + TIMES_BYTES);
  view.setUint32(checksumAt, lookup3(header), true);
}
