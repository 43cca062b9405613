/**
 * Zip files, as formats that are one inside use them (Keras's, NumPy's). Writing is fflate's work; reading takes the directory
 * apart here, because fflate checks neither checksums nor declared sizes, and a file may come from anywhere.
 *
 * Source: PKWARE, APPNOTE.TXT 6.3, section 4.3.7 (local header); `directory.ts` has the rest.
 */
import { Inflate, inflateSync, zipSync } from "fflate";
import { crc32 } from "./crc32.ts";
import { damaged, LOCAL_SIGNATURE, readDirectory, viewOf, ZIP64, type ZipEntry } from "./directory.ts";
import type { ZipRules } from "./zip-rules.ts";

const LOCAL_HEADER_BYTES = 30;
const STORED = 0;
const DEFLATED = 8;
const ENCRYPTED_FLAG = 1;

/** The start of time in zip files; fflate writes local time, and this is the same in every time zone. */
const FIXED_DATE = new Date(1980, 0, 1);

/** A zip file whose entries are read, and checked, when asked for. */
export interface ZipArchive {
  readonly names: readonly string[];
  /**
   * The content of an entry, in memory of its own.
   *
   * @throws the rules' error when there is none of that name, or when it is damaged or too large.
   */
  read(name: string): Uint8Array<ArrayBuffer>;
  /**
   * The first bytes of an entry, up to so many, without the work of decompressing the rest; no checksum vouches for them.
   *
   * @throws as `read` does.
   */
  readStart(name: string, most: number): Uint8Array;
}

/** A zip of entries, uncompressed unless asked otherwise; the same bytes for the same entries. */
export function writeZip(
  entries: Readonly<Record<string, Uint8Array>>,
  { compress = false }: { readonly compress?: boolean | undefined } = {},
): Uint8Array<ArrayBuffer> {
  return zipSync({ ...entries }, { level: compress ? 6 : 0, mtime: FIXED_DATE });
}

/**
 * Reads the directory of a zip file.
 *
 * @throws the rules' error when the bytes are not a whole zip file, or declare more than the rules allow.
 */
export function openZip(bytes: Uint8Array, rules: ZipRules): ZipArchive {
  const entries = new Map(readDirectory(bytes, rules).map((entry) => [entry.name, entry]));
  const names = [...entries.keys()];
  // Entries may point to the same bytes, and so expand together to what none does alone.
  const total = [...entries.values()].reduce((sum, entry) => sum + (entry.bytes === ZIP64 ? 0 : entry.bytes), 0);
  checkExpansion("the zip", total, bytes.length, rules);
  const find = (name: string): ZipEntry => {
    const entry = entries.get(name);
    if (entry !== undefined) return entry;
    throw rules.error(`the zip has no "${name}"; it has ${names.length === 0 ? "no entries" : names.join(", ")}`);
  };
  return {
    names,
    read: (name) => readEntry(bytes, find(name), rules),
    readStart: (name, most) => readEntryStart(bytes, find(name), most, rules),
  };
}

function readEntry(bytes: Uint8Array, entry: ZipEntry, rules: ZipRules): Uint8Array<ArrayBuffer> {
  checkEntry(entry, rules);
  const stored = storedBytes(bytes, entry, rules);
  const content = entry.method === STORED ? new Uint8Array(stored) : inflate(stored, entry, rules);
  if (crc32(content) !== entry.crc) {
    throw damaged(rules, `the checksum of "${entry.name}" does not match its content`);
  }
  return content;
}

/** Compressed bytes fed at a time: what one piece can inflate to stays small. */
const PIECE_BYTES = 4096;

function readEntryStart(bytes: Uint8Array, entry: ZipEntry, most: number, rules: ZipRules): Uint8Array {
  checkEntry(entry, rules);
  const stored = storedBytes(bytes, entry, rules);
  if (entry.method === STORED) return stored.subarray(0, most);
  const start = new Uint8Array(Math.min(most, entry.bytes));
  let length = 0;
  const inflater = new Inflate((piece) => {
    start.set(piece.subarray(0, start.length - length), length);
    length += Math.min(piece.length, start.length - length);
  });
  for (let at = 0; at < stored.length && length < start.length; at += PIECE_BYTES) {
    guardInflation(entry, rules, () => inflater.push(stored.subarray(at, at + PIECE_BYTES)));
  }
  return start.subarray(0, length);
}

/** Judges what the directory declares before any memory is taken for it. */
function checkEntry({ name, flags, method, storedBytes, bytes }: ZipEntry, rules: ZipRules): void {
  if (storedBytes === ZIP64 || bytes === ZIP64) {
    throw rules.error(`"${name}" in the zip is over 4 GiB; smaller files can be read`);
  }
  if ((flags & ENCRYPTED_FLAG) !== 0) throw rules.error(`"${name}" in the zip is encrypted`);
  if (method !== STORED && method !== DEFLATED) {
    throw rules.error(`"${name}" is compressed by method ${method}; stored (0) and deflated (8) can be read`);
  }
  if (method === STORED && bytes !== storedBytes) {
    throw damaged(rules, `"${name}" is stored as it is, in ${storedBytes} bytes, but declares ${bytes}`);
  }
  checkExpansion(`"${name}"`, bytes, storedBytes, rules);
}

function checkExpansion(what: string, bytes: number, storedBytes: number, rules: ZipRules): void {
  const { maxExpansion, freeBytes, content } = rules;
  if (bytes <= freeBytes || bytes <= maxExpansion * storedBytes) return;
  throw rules.error(
    `${what} declares ${bytes} bytes out of ${storedBytes} compressed ones, more than ${maxExpansion} times as ` +
      `many; no ${content} compress like that, so the file is refused`,
  );
}

function storedBytes(bytes: Uint8Array, { name, offset, storedBytes }: ZipEntry, rules: ZipRules): Uint8Array {
  const view = viewOf(bytes);
  if (offset + LOCAL_HEADER_BYTES > bytes.length || view.getUint32(offset, true) !== LOCAL_SIGNATURE) {
    throw damaged(rules, `"${name}" is not where the directory says`);
  }
  const start = offset + LOCAL_HEADER_BYTES + view.getUint16(offset + 26, true) + view.getUint16(offset + 28, true);
  if (start + storedBytes > bytes.length) throw damaged(rules, `"${name}" goes beyond the end of the file`);
  return bytes.subarray(start, start + storedBytes);
}

function inflate(stored: Uint8Array, entry: ZipEntry, rules: ZipRules): Uint8Array<ArrayBuffer> {
  const { name, bytes } = entry;
  // Given its output, fflate never takes more memory: what does not fit is dropped, and the checksum tells.
  const content = guardInflation(entry, rules, () => inflateSync(stored, { out: new Uint8Array(bytes) }));
  if (content.length !== bytes) throw damaged(rules, `"${name}" has ${content.length} bytes and declares ${bytes}`);
  return content;
}

function guardInflation<T>({ name }: ZipEntry, rules: ZipRules, work: () => T): T {
  try {
    return work();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw damaged(rules, `"${name}" cannot be decompressed (${reason})`);
  }
}
