/** Where texts of any length lie. Source: HDF5 File Format Specification 3.0, III.E "Disk Format: Level 1E - Global Heap". */
import type { FileBytes } from "./file-bytes.ts";
import { Hdf5Error } from "./hdf5-error.ts";

const PREFIX_BYTES = 16;
const OBJECT_PREFIX_BYTES = 16;

/** The global heaps of a file; each is read once. */
export class GlobalHeaps {
  readonly #file: FileBytes;
  readonly #heaps = new Map<number, ReadonlyMap<number, Uint8Array>>();

  constructor(file: FileBytes) {
    this.#file = file;
  }

  /** @throws Hdf5Error when the heap at this address has no object of that number. */
  object(address: number, index: number): Uint8Array {
    let heap = this.#heaps.get(address);
    if (heap === undefined) {
      heap = this.#readHeap(address);
      this.#heaps.set(address, heap);
    }
    const object = heap.get(index);
    if (object !== undefined) return object;
    throw new Hdf5Error(`a text lies in a heap as number ${index}, which is not there; the file is damaged`);
  }

  #readHeap(address: number): ReadonlyMap<number, Uint8Array> {
    const prefix = this.#file.block(address, PREFIX_BYTES, "a heap of texts");
    prefix.signature("GCOL");
    prefix.version(1);
    prefix.skip(3);
    const size = prefix.u64();
    const block = this.#file.block(address + PREFIX_BYTES, Math.max(0, size - PREFIX_BYTES), "a heap of texts");
    const objects = new Map<number, Uint8Array>();
    while (block.left >= OBJECT_PREFIX_BYTES) {
      const index = block.u16();
      block.skip(6);
      const length = block.u64();
      // Number 0 is the space that is left.
      if (index === 0) break;
      objects.set(index, block.part(length).bytes);
      block.align8();
    }
    return objects;
  }
}
