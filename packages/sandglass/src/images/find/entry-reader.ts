/** Bytes of images, wherever they lie. */
import { readFile } from "node:fs/promises";
import { fileSystemError } from "../../data/file-system-error.ts";
import type { ImageEntry } from "./image-collection.ts";
import { ZipReader } from "./zip-reader.ts";

/**
 * Reads the bytes of entries in any order, several at once. An archive is opened when its first entry is read and stays open until `close`;
 * whoever makes a reader closes it. Entries are plain data, so each thread can have a reader of its own.
 */
export class EntryReader {
  readonly #archives = new Map<string, ZipReader>();
  readonly #reading = new Set<Promise<Uint8Array>>();
  #isClosed = false;

  /**
   * Reads one image.
   *
   * @throws UserError when the file is gone or may not be read, or the entry of an archive is damaged.
   */
  async read({ location }: Pick<ImageEntry, "location">): Promise<Uint8Array> {
    if (this.#isClosed) throw new Error("this reader of images is closed");
    if (location.kind === "file") return readPlainFile(location.path);
    const reading = this.#archive(location.archive).read(location);
    this.#reading.add(reading);
    try {
      return await reading;
    } finally {
      this.#reading.delete(reading);
    }
  }

  /** Closes the archives, after what is being read. Closing twice does no harm. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await Promise.allSettled(this.#reading);
    const archives = [...this.#archives.values()];
    this.#archives.clear();
    await Promise.all(archives.map((archive) => archive.close()));
  }

  #archive(path: string): ZipReader {
    const known = this.#archives.get(path);
    if (known !== undefined) return known;
    const opened = new ZipReader(path);
    this.#archives.set(path, opened);
    return opened;
  }
}

async function readPlainFile(path: string): Promise<Uint8Array> {
  try {
    // As plain bytes: a view that is a Node Buffer would surprise whoever compares or sends it.
    const { buffer, byteOffset, byteLength } = await readFile(path);
    return new Uint8Array(buffer, byteOffset, byteLength);
  } catch (error) {
    throw fileSystemError(error, path);
  }
}
