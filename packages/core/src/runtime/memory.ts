/** The memory of a device: one WebAssembly memory, handed out in blocks that never move. */
const PAGE_BYTES = 64 * 1024;
/** The first page is for control; kernels count on it that no data lie there (see `kernel/wasm/pointers.ts`). */
const FIRST_ADDRESS = PAGE_BYTES;
const ALIGNMENT = 64;
/** 4 GiB is what 32-bit addresses reach; hosts that reserve less get asked for less. */
const MAXIMUM_PAGES = [65_536, 32_768, 16_384];

interface Block {
  readonly address: number;
  readonly bytes: number;
}

export class DeviceMemory {
  readonly memory: WebAssembly.Memory;
  readonly shared: boolean;
  readonly maximumPages: number;
  readonly #taken = new Map<number, number>();
  /** Free blocks in order of their addresses, never adjacent. */
  #free: Block[] = [];
  #end = FIRST_ADDRESS;
  #floats: Float32Array | undefined;

  constructor(shared: boolean) {
    this.shared = shared;
    const { memory, maximumPages } = createMemory(shared);
    this.memory = memory;
    this.maximumPages = maximumPages;
  }

  /** Bytes handed out at the moment. */
  get bytesInUse(): number {
    let total = 0;
    for (const bytes of this.#taken.values()) total += bytes;
    return total;
  }

  /** Reserves a block, zeroed. Throws a RangeError where memory does not suffice. */
  allocate(bytes: number): number {
    const size = Math.max(ALIGNMENT, Math.ceil(bytes / ALIGNMENT) * ALIGNMENT);
    const fit = this.#free.findIndex((block) => block.bytes >= size);
    let address = this.#end;
    if (fit >= 0) {
      const block = this.#free[fit] as Block;
      address = block.address;
      const rest = { address: block.address + size, bytes: block.bytes - size };
      this.#free.splice(fit, 1, ...(rest.bytes > 0 ? [rest] : []));
    } else {
      this.#grow(this.#end + size);
      this.#end += size;
    }
    this.#taken.set(address, size);
    this.floats(address, size / 4).fill(0);
    return address;
  }

  free(address: number): void {
    const bytes = this.#taken.get(address);
    if (bytes === undefined) throw new Error(`no block begins at ${address}`);
    this.#taken.delete(address);
    const blocks = [...this.#free, { address, bytes }].toSorted((a, b) => a.address - b.address);
    this.#free = [];
    for (const block of blocks) {
      const last = this.#free.at(-1);
      if (last !== undefined && last.address + last.bytes === block.address) {
        this.#free[this.#free.length - 1] = { address: last.address, bytes: last.bytes + block.bytes };
      } else {
        this.#free.push(block);
      }
    }
  }

  /** A view of `length` floats. Views stay right when the memory grows, but end at what it was when they were made. */
  floats(address: number, length: number): Float32Array {
    if (this.#floats === undefined || this.#floats.length * 4 < address + length * 4) {
      this.#floats = new Float32Array(this.memory.buffer);
    }
    return this.#floats.subarray(address / 4, address / 4 + length);
  }

  #grow(bytes: number): void {
    const missing = Math.ceil(bytes / PAGE_BYTES) - this.memory.buffer.byteLength / PAGE_BYTES;
    if (missing <= 0) return;
    try {
      this.memory.grow(missing);
    } catch {
      throw new RangeError(
        `out of memory: ${Math.round(bytes / 2 ** 20)} MiB are needed in all, and ` +
          `${Math.round((this.maximumPages * PAGE_BYTES) / 2 ** 20)} MiB is the most there can be; use smaller batches or a smaller model`,
      );
    }
    this.#floats = undefined;
  }
}

function createMemory(shared: boolean): { memory: WebAssembly.Memory; maximumPages: number } {
  let failure: unknown;
  for (const maximumPages of MAXIMUM_PAGES) {
    try {
      return { memory: new WebAssembly.Memory({ initial: 16, maximum: maximumPages, shared }), maximumPages };
    } catch (error) {
      failure = error;
    }
  }
  throw failure;
}
