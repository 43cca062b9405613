/**
 * Single entries of a zip archive. The archive's directory was read when the collection was found, and each location holds what it
 * said, so an entry costs two reads: of its own header, whose length only it knows, and of its bytes.
 */
import { open, type FileHandle } from "node:fs/promises";
import { promisify } from "node:util";
import { crc32, inflateRaw } from "node:zlib";
import { fileSystemError } from "../../data/file-system-error.ts";
import { UserError } from "../../errors.ts";
import type { ArchivedLocation } from "./image-collection.ts";

/** The local file header of the format's specification (APPNOTE 6.3.10, section 4.3.7). */
const header = { signature: 0x04034b50, bytes: 30, nameLength: 26, extraLength: 28 } as const;

const inflate = promisify<Uint8Array, { maxOutputLength: number; chunkSize: number }, Uint8Array>(inflateRaw);

/** An archive that is opened with its first entry. */
export class ZipReader {
  readonly #path: string;
  #file: Promise<FileHandle> | undefined;

  constructor(path: string) {
    this.#path = path;
  }

  /**
   * Unpacks one entry in memory, never beyond the size that the directory gives it.
   *
   * @throws UserError when the archive is gone or was changed, or the entry is damaged.
   */
  async read(location: ArchivedLocation): Promise<Uint8Array> {
    const packed = await this.#packedBytes(location);
    const bytes = location.packing === "stored" ? packed : await this.#inflate(packed, location);
    if (bytes.length !== location.bytes) {
      throw this.#damaged(location, `it has ${bytes.length} bytes and should have ${location.bytes}`);
    }
    if (crc32(bytes) !== location.crc32) throw this.#damaged(location, "its checksum is wrong");
    return bytes;
  }

  async close(): Promise<void> {
    const opening = this.#file;
    this.#file = undefined;
    // One that could not be opened has told whoever read it.
    const file = await opening?.catch(() => undefined);
    await file?.close();
  }

  async #packedBytes(location: ArchivedLocation): Promise<Uint8Array> {
    try {
      this.#file ??= open(this.#path);
      const file = await this.#file;
      const start = await readAt(file, location.offset, header.bytes);
      const view = new DataView(start.buffer);
      if (start.length < header.bytes || view.getUint32(0, true) !== header.signature) {
        throw this.#damaged(location, "it is not where the archive's directory says");
      }
      const names = view.getUint16(header.nameLength, true) + view.getUint16(header.extraLength, true);
      return await readAt(file, location.offset + header.bytes + names, location.packedBytes);
    } catch (error) {
      throw fileSystemError(error, this.#path);
    }
  }

  async #inflate(packed: Uint8Array, location: ArchivedLocation): Promise<Uint8Array> {
    try {
      const maxOutputLength = Math.max(location.bytes, 1);
      const chunkSize = Math.min(Math.max(maxOutputLength, 64), 2 ** 20);
      const bytes = await inflate(packed, { maxOutputLength, chunkSize });
      // What is small comes in a buffer that others share, which could not be sent to a thread.
      const isShared = bytes.buffer.byteLength > bytes.byteLength + chunkSize;
      return isShared ? new Uint8Array(bytes) : new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    } catch (error) {
      throw this.#damaged(location, reasonOf(error, location), error);
    }
  }

  #damaged({ entry }: ArchivedLocation, reason: string, cause?: unknown): UserError {
    return new UserError(
      `${entry} in ${this.#path} is damaged: ${reason}; copy or download the archive again, or remove the image from it`,
      { cause },
    );
  }
}

function reasonOf(error: unknown, { bytes }: ArchivedLocation): string {
  if (!(error instanceof Error)) return String(error);
  const isLonger = "code" in error && error.code === "ERR_BUFFER_TOO_LARGE";
  return isLonger ? `it unpacks to more than the ${bytes} bytes that it should have` : error.message;
}

/** As many bytes as there are, from a place in a file, which a damaged directory may put anywhere. */
async function readAt(file: FileHandle, position: number, length: number): Promise<Uint8Array<ArrayBuffer>> {
  if (!Number.isSafeInteger(position + length)) return new Uint8Array(0);
  const bytes = new Uint8Array(length);
  let filled = 0;
  while (filled < length) {
    const { bytesRead } = await file.read(bytes, filled, length - filled, position + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return bytes.subarray(0, filled);
}
