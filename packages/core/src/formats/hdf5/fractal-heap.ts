/**
 * The heap in which newer groups keep many names: blocks of doubling size behind one address space.
 * Source: HDF5 File Format Specification 3.0, III.G "Disk Format: Level 1G - Fractal Heap".
 */
import { checkSum } from "./check-sum.ts";
import type { Block, FileBytes } from "./file-bytes.ts";
import { Hdf5Error } from "./hdf5-error.ts";

const HEADER_BYTES = 142;
const MANAGED = 0;
const ADDRESS_BYTES = 8;

export class FractalHeap {
  readonly #file: FileBytes;
  readonly #offsetBytes: number;
  readonly #lengthBytes: number;
  readonly #tableWidth: number;
  readonly #startSize: number;
  readonly #maxDirectSize: number;
  readonly #rootAddress: number;
  /** 0 where the root is the only block. */
  readonly #rootRows: number;

  constructor(file: FileBytes, address: number) {
    this.#file = file;
    const header = file.block(address, HEADER_BYTES + 4, "a heap");
    header.signature("FRHP");
    header.version(0);
    header.skip(2);
    if (header.u16() > 0) throw new Hdf5Error("a heap of names is compressed; such files cannot be read");
    header.skip(1);
    const maxObjectSize = header.u32();
    header.skip(12 * 8);
    this.#tableWidth = header.u16();
    this.#startSize = header.u64();
    this.#maxDirectSize = header.u64();
    this.#offsetBytes = Math.ceil(header.u16() / 8);
    header.skip(2);
    this.#rootAddress = header.address() ?? 0;
    this.#rootRows = header.u16();
    checkSum(header, "a heap");
    const log2 = (size: number): number => Math.log2(Math.max(1, size));
    this.#lengthBytes = Math.min(Math.ceil(log2(this.#maxDirectSize) / 8), Math.floor(log2(maxObjectSize) / 8) + 1);
    if (this.#offsetBytes > 8 || this.#startSize < 1 || this.#tableWidth < 1) throw new Hdf5Error("a heap is damaged");
  }

  /** The object that the identifier at this place of an index stands for. */
  object(identifier: Block): Block {
    const kind = (identifier.u8() >> 4) & 3;
    if (kind !== MANAGED) throw new Hdf5Error("a heap holds an object of unusual size; such files cannot be read");
    const [offset, length] = [identifier.unsigned(this.#offsetBytes), identifier.unsigned(this.#lengthBytes)];
    const block = this.#rootRows === 0 ? { address: this.#rootAddress, offset: 0 } : this.#directBlock(offset);
    return this.#file.block(block.address + (offset - block.offset), length, "an object of a heap");
  }

  /** The block that holds this place of the heap. The first two rows have blocks of one size, each later one doubles it. */
  #directBlock(offset: number): { address: number; offset: number } {
    let rowStart = 0;
    for (let row = 0; row < this.#rootRows; row++) {
      const size = this.#startSize * 2 ** Math.max(0, row - 1);
      if (size > this.#maxDirectSize) break;
      const rowEnd = rowStart + size * this.#tableWidth;
      if (offset < rowEnd) {
        const column = Math.floor((offset - rowStart) / size);
        const entry = row * this.#tableWidth + column;
        return { address: this.#childAddress(entry), offset: rowStart + column * size };
      }
      rowStart = rowEnd;
    }
    throw new Hdf5Error("a heap of names is larger than any that can be read");
  }

  #childAddress(entry: number): number {
    const prefix = 4 + 1 + ADDRESS_BYTES + this.#offsetBytes;
    if (!this.#file.startsWith(this.#rootAddress, "FHIB")) throw new Hdf5Error("a heap is damaged");
    return this.#file.block(this.#rootAddress + prefix + entry * ADDRESS_BYTES, ADDRESS_BYTES, "a heap").u64();
  }
}
