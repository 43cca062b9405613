/**
 * The directory at the end of a zip file: what it holds, and where.
 *
 * Source: PKWARE, APPNOTE.TXT 6.3, sections 4.3.12 (directory), 4.3.16 (end record).
 */
import type { ZipRules } from "./zip-rules.ts";

const END_SIGNATURE = 0x06054b50;
const END_BYTES = 22;
const MAX_COMMENT_BYTES = 0xffff;
const ENTRY_SIGNATURE = 0x02014b50;
const ENTRY_BYTES = 46;
export const LOCAL_SIGNATURE = 0x04034b50;
/** In place of a size or an offset: the true one stands in a zip64 record. */
export const ZIP64 = 0xffffffff;

/** What the directory says of an entry. */
export interface ZipEntry {
  readonly name: string;
  readonly flags: number;
  readonly method: number;
  readonly crc: number;
  readonly storedBytes: number;
  readonly bytes: number;
  /** Where its local header begins. */
  readonly offset: number;
}

/**
 * The entries of a zip file, in the directory's order.
 *
 * @throws the rules' error when the bytes are not a whole zip file, or when two entries have one name.
 */
export function readDirectory(bytes: Uint8Array, rules: ZipRules): readonly ZipEntry[] {
  const view = viewOf(bytes);
  const end = findEnd(view, rules);
  const count = view.getUint16(end + 10, true);
  let position = view.getUint32(end + 16, true);
  if (position === ZIP64) throw rules.error("the zip is a zip64 file of over 4 GiB; smaller ones can be read");
  const entries: ZipEntry[] = [];
  for (let index = 0; index < count; index++) {
    if (position + ENTRY_BYTES > end || view.getUint32(position, true) !== ENTRY_SIGNATURE) {
      throw damaged(rules, `its directory breaks off at entry ${index + 1} of ${count}`);
    }
    const nameBytes = view.getUint16(position + 28, true);
    const extraBytes = view.getUint16(position + 30, true);
    const commentBytes = view.getUint16(position + 32, true);
    const nameAt = position + ENTRY_BYTES;
    entries.push({
      name: new TextDecoder().decode(bytes.subarray(nameAt, nameAt + nameBytes)),
      flags: view.getUint16(position + 8, true),
      method: view.getUint16(position + 10, true),
      crc: view.getUint32(position + 16, true),
      storedBytes: view.getUint32(position + 20, true),
      bytes: view.getUint32(position + 24, true),
      offset: view.getUint32(position + 42, true),
    });
    position = nameAt + nameBytes + extraBytes + commentBytes;
  }
  checkNames(entries, rules);
  return entries;
}

/** The end record stands last, followed only by a comment that is hardly ever there. */
function findEnd(view: DataView, rules: ZipRules): number {
  const last = view.byteLength - END_BYTES;
  for (let position = last; position >= Math.max(0, last - MAX_COMMENT_BYTES); position--) {
    if (view.getUint32(position, true) === END_SIGNATURE) return position;
  }
  if (view.byteLength >= 4 && view.getUint32(0, true) === LOCAL_SIGNATURE) {
    throw damaged(rules, `it has ${view.byteLength} bytes and no end record, so it was cut short`);
  }
  throw rules.error(`the ${view.byteLength} bytes are not a zip file, ${rules.expected}`);
}

/** Readers differ in which of two entries of one name they take, so that what one checks another one may not read. */
function checkNames(entries: readonly ZipEntry[], rules: ZipRules): void {
  const names = new Set<string>();
  for (const { name } of entries) {
    if (names.has(name)) throw rules.error(`the zip has two entries "${name}"; write it again, each name once`);
    names.add(name);
  }
}

export function damaged(rules: ZipRules, how: string): Error {
  return rules.error(`the zip is damaged: ${how}`);
}

export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
