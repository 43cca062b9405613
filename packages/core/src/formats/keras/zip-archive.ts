/**
 * The zip around a Keras file. Writing is fflate's work; reading takes the directory apart here, because fflate checks
 * neither checksums nor declared sizes, and a model file may come from anywhere.
 *
 * Source: PKWARE, APPNOTE.TXT 6.3, sections 4.3.7 (local header), 4.3.12 (directory), 4.3.16 (end record).
 */
import { inflateSync, zipSync } from "fflate";
import { crc32 } from "./crc32.ts";
import { KerasFileError } from "./keras-file-error.ts";

const END_SIGNATURE = 0x06054b50;
const END_BYTES = 22;
const MAX_COMMENT_BYTES = 0xffff;
const DIRECTORY_SIGNATURE = 0x02014b50;
const DIRECTORY_ENTRY_BYTES = 46;
const LOCAL_SIGNATURE = 0x04034b50;
const LOCAL_HEADER_BYTES = 30;
const STORED = 0;
const DEFLATED = 8;
const ENCRYPTED_FLAG = 1;
/** In place of a size or an offset: the true one stands in a zip64 record. */
const ZIP64 = 0xffffffff;

/** Keras stores without compression; whoever compressed a file again reaches no ratio like this with that many weights. */
const MAX_EXPANSION = 8;
const EXPANSION_FLOOR_BYTES = 64 * 2 ** 20;

/** The start of time in zip files; fflate writes local time, and this is the same in every time zone. */
const FIXED_DATE = new Date(1980, 0, 1);

interface Entry {
  readonly name: string;
  readonly flags: number;
  readonly method: number;
  readonly crc: number;
  readonly storedBytes: number;
  readonly bytes: number;
  readonly offset: number;
}

/** A zip file whose entries are read, and checked, when asked for. */
export interface ZipArchive {
  readonly names: readonly string[];
  /**
   * The content of an entry.
   *
   * @throws KerasFileError when there is none of that name, or when it is damaged or too large.
   */
  read(name: string): Uint8Array;
}

/** A zip of uncompressed entries, as Keras writes it; the same bytes for the same entries. */
export function writeZip(entries: Readonly<Record<string, Uint8Array>>): Uint8Array {
  return zipSync({ ...entries }, { level: 0, mtime: FIXED_DATE });
}

/**
 * Reads the directory of a zip file.
 *
 * @throws KerasFileError when the bytes are not a whole zip file.
 */
export function openZip(bytes: Uint8Array): ZipArchive {
  const entries = new Map(readDirectory(bytes).map((entry) => [entry.name, entry]));
  const names = [...entries.keys()];
  return {
    names,
    read(name) {
      const entry = entries.get(name);
      if (entry !== undefined) return readEntry(bytes, entry);
      throw new KerasFileError(
        `the zip has no "${name}"; it has ${names.length === 0 ? "no entries" : names.join(", ")}`,
      );
    },
  };
}

function readDirectory(bytes: Uint8Array): readonly Entry[] {
  const view = viewOf(bytes);
  const end = findEnd(view);
  const count = view.getUint16(end + 10, true);
  let position = view.getUint32(end + 16, true);
  if (position === ZIP64) throw new KerasFileError("the zip is a zip64 file of over 4 GiB; smaller ones can be read");
  const entries: Entry[] = [];
  for (let index = 0; index < count; index++) {
    if (position + DIRECTORY_ENTRY_BYTES > end || view.getUint32(position, true) !== DIRECTORY_SIGNATURE) {
      throw damaged(`its directory breaks off at entry ${index + 1} of ${count}`);
    }
    const nameBytes = view.getUint16(position + 28, true);
    const extraBytes = view.getUint16(position + 30, true);
    const commentBytes = view.getUint16(position + 32, true);
    const nameAt = position + DIRECTORY_ENTRY_BYTES;
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
  return entries;
}

/** The end record stands last, followed only by a comment that is hardly ever there. */
function findEnd(view: DataView): number {
  const last = view.byteLength - END_BYTES;
  for (let position = last; position >= Math.max(0, last - MAX_COMMENT_BYTES); position--) {
    if (view.getUint32(position, true) === END_SIGNATURE) return position;
  }
  if (view.byteLength >= 4 && view.getUint32(0, true) === LOCAL_SIGNATURE) {
    throw damaged(`it has ${view.byteLength} bytes and no end record, so it was cut short`);
  }
  throw new KerasFileError(
    `the ${view.byteLength} bytes are not a zip file, which a .keras file is; ` +
      "an older model (.h5, SavedModel) can be saved as .keras by Keras 3",
  );
}

function readEntry(bytes: Uint8Array, entry: Entry): Uint8Array {
  const { name, method, crc } = entry;
  checkSize(entry);
  const stored = storedBytes(bytes, entry);
  const content = method === STORED ? new Uint8Array(stored) : inflate(stored, entry);
  if (crc32(content) !== crc) throw damaged(`the checksum of "${name}" does not match its content`);
  return content;
}

/** Judges what the directory declares before any memory is taken for it. */
function checkSize({ name, flags, method, storedBytes, bytes }: Entry): void {
  if (storedBytes === ZIP64 || bytes === ZIP64) {
    throw new KerasFileError(`"${name}" in the zip is over 4 GiB; smaller files can be read`);
  }
  if ((flags & ENCRYPTED_FLAG) !== 0) throw new KerasFileError(`"${name}" in the zip is encrypted`);
  if (method !== STORED && method !== DEFLATED) {
    throw new KerasFileError(`"${name}" is compressed by method ${method}; stored (0) and deflated (8) can be read`);
  }
  if (method === STORED && bytes !== storedBytes) {
    throw damaged(`"${name}" is stored as it is, in ${storedBytes} bytes, but declares ${bytes}`);
  }
  if (bytes > EXPANSION_FLOOR_BYTES && bytes > MAX_EXPANSION * storedBytes) {
    throw new KerasFileError(
      `"${name}" declares ${bytes} bytes out of ${storedBytes} compressed ones, more than ${MAX_EXPANSION} times as ` +
        "many; no weights compress like that, so the file is refused",
    );
  }
}

function storedBytes(bytes: Uint8Array, { name, offset, storedBytes }: Entry): Uint8Array {
  const view = viewOf(bytes);
  if (offset + LOCAL_HEADER_BYTES > bytes.length || view.getUint32(offset, true) !== LOCAL_SIGNATURE) {
    throw damaged(`"${name}" is not where the directory says`);
  }
  const start = offset + LOCAL_HEADER_BYTES + view.getUint16(offset + 26, true) + view.getUint16(offset + 28, true);
  if (start + storedBytes > bytes.length) throw damaged(`"${name}" goes beyond the end of the file`);
  return bytes.subarray(start, start + storedBytes);
}

function inflate(stored: Uint8Array, { name, bytes }: Entry): Uint8Array {
  // Given its output, fflate never takes more memory: what does not fit is dropped, and the checksum tells.
  let content: Uint8Array;
  try {
    content = inflateSync(stored, { out: new Uint8Array(bytes) });
  } catch (error) {
    throw damaged(`"${name}" cannot be decompressed (${error instanceof Error ? error.message : String(error)})`);
  }
  if (content.length !== bytes) throw damaged(`"${name}" has ${content.length} bytes and declares ${bytes}`);
  return content;
}

function damaged(how: string): KerasFileError {
  return new KerasFileError(`the zip is damaged: ${how}`);
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
