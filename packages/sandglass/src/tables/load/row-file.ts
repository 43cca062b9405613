/** Rows of floats in a file, read by their numbers. */
import { readSync } from "node:fs";
import { open, type FileHandle } from "node:fs/promises";
import { fileSystemError } from "../../data/file-system-error.ts";

const BYTES = Float32Array.BYTES_PER_ELEMENT;
/** Rows no further apart are read at once: to skip less costs more than to read it. */
const LARGEST_GAP = 2 ** 14;
const LARGEST_BLOCK = 2 ** 20;

/** Rows that lie near each other, which are read at once. */
interface Block {
  /** Where they are in the order of the file. */
  readonly from: number;
  to: number;
  readonly firstRow: number;
  lastRow: number;
}

/** A file of rows of `width` floats, which are appended in their order. */
export class RowFile {
  readonly path: string;
  readonly width: number;
  readonly #file: FileHandle;
  #bytes = 0;
  #isClosed = false;

  private constructor(path: string, width: number, file: FileHandle) {
    this.path = path;
    this.width = width;
    this.#file = file;
  }

  /** @throws UserError when the file cannot be made. */
  static async create(path: string, width: number): Promise<RowFile> {
    const file = await open(path, "wx+").catch((error: unknown) => {
      throw fileSystemError(error, path);
    });
    return new RowFile(path, width, file);
  }

  /** @throws UserError when the disk is full. */
  async append(rows: Float32Array): Promise<void> {
    const bytes = new Uint8Array(rows.buffer, rows.byteOffset, rows.byteLength);
    for (let at = 0; at < bytes.length;) {
      const { bytesWritten } = await this.#file
        .write(bytes, at, bytes.length - at, this.#bytes)
        .catch((error: unknown) => {
          throw fileSystemError(error, this.path);
        });
      at += bytesWritten;
      this.#bytes += bytesWritten;
    }
  }

  /**
   * The rows of these numbers, one after the other in the order of the numbers. Reads are short and mostly from the system's cache, where to wait
   * for each of them takes ten times as long as the read itself.
   */
  read(numbers: Uint32Array): Float32Array {
    if (this.#isClosed) throw new Error("the rows of this table were closed before they were read");
    const order = Uint32Array.from(numbers.keys()).toSorted(
      (one, other) => (numbers[one] as number) - (numbers[other] as number),
    );
    const rows = new Float32Array(numbers.length * this.width);
    for (const { from, to, firstRow, lastRow } of this.#blocksOf(numbers, order)) {
      const values = this.#readRows(firstRow, lastRow + 1 - firstRow);
      for (const place of order.subarray(from, to)) {
        const start = ((numbers[place] as number) - firstRow) * this.width;
        rows.set(values.subarray(start, start + this.width), place * this.width);
      }
    }
    return rows;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#file.close();
  }

  #blocksOf(numbers: Uint32Array, order: Uint32Array): readonly Block[] {
    const blocks: Block[] = [];
    const rowBytes = this.width * BYTES;
    let block: Block | undefined;
    for (const [index, place] of order.entries()) {
      const row = numbers[place] as number;
      const isNear =
        block !== undefined &&
        (row - block.lastRow) * rowBytes <= LARGEST_GAP &&
        (row - block.firstRow) * rowBytes <= LARGEST_BLOCK;
      if (block !== undefined && isNear) {
        block.to = index + 1;
        block.lastRow = row;
      } else {
        block = { from: index, to: index + 1, firstRow: row, lastRow: row };
        blocks.push(block);
      }
    }
    return blocks;
  }

  #readRows(first: number, count: number): Float32Array {
    const rowBytes = this.width * BYTES;
    const bytes = new Uint8Array(count * rowBytes);
    for (let at = 0; at < bytes.length;) {
      const read = readSync(this.#file.fd, bytes, at, bytes.length - at, first * rowBytes + at);
      if (read === 0) throw new Error(`${this.path} ends before row ${first + count}`);
      at += read;
    }
    return new Float32Array(bytes.buffer);
  }
}
