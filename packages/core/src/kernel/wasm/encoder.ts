/**
 * A small encoder of WebAssembly binaries: one imported memory, functions of i32 parameters without results, exports.
 *
 * Source: WebAssembly Core Specification 2.0, chapter 5 (binary format), and the relaxed SIMD proposal.
 */

const MAGIC_AND_VERSION = [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00];
const SECTION = { type: 1, import: 2, function: 3, export: 7, code: 10 } as const;
const FUNCTION_TYPE = 0x60;
const MEMORY_IMPORT = 0x02;
const FUNCTION_EXPORT = 0x00;
const I32 = 0x7f;
const V128 = 0x7b;

/** A growing list of bytes with the number formats of WebAssembly. */
export class ByteWriter {
  #bytes = new Uint8Array(256);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  byte(value: number): void {
    this.#reserve(1);
    this.#bytes[this.#length++] = value;
  }

  bytes(values: Iterable<number> & { readonly length: number }): void {
    this.#reserve(values.length);
    this.#bytes.set(values instanceof Uint8Array ? values : Uint8Array.from(values), this.#length);
    this.#length += values.length;
  }

  /** Unsigned LEB128. */
  unsigned(value: number): void {
    if (!Number.isInteger(value) || value < 0) throw new Error(`${value} is not an unsigned integer`);
    let rest = value;
    while (rest >= 0x80) {
      this.byte((rest % 0x80) | 0x80);
      rest = Math.floor(rest / 0x80);
    }
    this.byte(rest);
  }

  /** Signed LEB128 of a 32-bit integer. */
  signed(value: number): void {
    let rest = value | 0;
    for (;;) {
      const low = rest & 0x7f;
      rest >>= 7;
      const signBit = (low & 0x40) !== 0;
      if ((rest === 0 && !signBit) || (rest === -1 && signBit)) {
        this.byte(low);
        return;
      }
      this.byte(low | 0x80);
    }
  }

  /** A name or a byte list: its length, then its bytes. */
  sized(content: Uint8Array | string): void {
    const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
    this.unsigned(bytes.length);
    this.bytes(bytes);
  }

  /** Four bytes, the lowest first. */
  word(bits: number): void {
    for (let shift = 0; shift < 32; shift += 8) this.byte((bits >>> shift) & 0xff);
  }

  finish(): Uint8Array<ArrayBuffer> {
    return this.#bytes.slice(0, this.#length);
  }

  #reserve(count: number): void {
    if (this.#length + count <= this.#bytes.length) return;
    const grown = new Uint8Array(Math.max(this.#bytes.length * 2, this.#length + count));
    grown.set(this.#bytes.subarray(0, this.#length));
    this.#bytes = grown;
  }
}

export interface FunctionCode {
  /** Number of i32 parameters. */
  readonly numParameters: number;
  /** Further locals, numbered after the parameters: first all i32, then all v128. */
  readonly numI32: number;
  readonly numV128: number;
  /** Instructions without the final `end`. */
  readonly code: Uint8Array;
  /** The name under which hosts call the function, if they do. */
  readonly exportName?: string;
}

export interface MemoryImport {
  readonly shared: boolean;
  readonly minimumPages: number;
  readonly maximumPages: number;
}

/** A module of `functions` over the memory imported as `env.memory`. */
export function encodeModule(functions: readonly FunctionCode[], memory: MemoryImport): Uint8Array<ArrayBuffer> {
  const arities = [...new Set(functions.map((f) => f.numParameters))];
  const exported = functions.flatMap((f, index) => (f.exportName === undefined ? [] : [{ name: f.exportName, index }]));
  const module = new ByteWriter();
  module.bytes(MAGIC_AND_VERSION);
  section(module, SECTION.type, arities, (writer, arity) => {
    writer.byte(FUNCTION_TYPE);
    writer.unsigned(arity);
    for (let i = 0; i < arity; i++) writer.byte(I32);
    writer.unsigned(0);
  });
  section(module, SECTION.import, [memory], (writer, { shared, minimumPages, maximumPages }) => {
    writer.sized("env");
    writer.sized("memory");
    writer.byte(MEMORY_IMPORT);
    writer.byte(shared ? 0x03 : 0x01);
    writer.unsigned(minimumPages);
    writer.unsigned(maximumPages);
  });
  section(module, SECTION.function, functions, (writer, f) => writer.unsigned(arities.indexOf(f.numParameters)));
  section(module, SECTION.export, exported, (writer, { name, index }) => {
    writer.sized(name);
    writer.byte(FUNCTION_EXPORT);
    writer.unsigned(index);
  });
  section(module, SECTION.code, functions, (writer, f) => {
    const body = new ByteWriter();
    const groups = [
      [f.numI32, I32],
      [f.numV128, V128],
    ].filter(([count]) => count !== 0) as [number, number][];
    body.unsigned(groups.length);
    for (const [count, type] of groups) {
      body.unsigned(count);
      body.byte(type);
    }
    body.bytes(f.code);
    body.byte(0x0b);
    writer.sized(body.finish());
  });
  return module.finish();
}

function section<T>(
  module: ByteWriter,
  id: number,
  items: readonly T[],
  write: (w: ByteWriter, item: T) => void,
): void {
  const content = new ByteWriter();
  content.unsigned(items.length);
  for (const item of items) write(content, item);
  module.byte(id);
  module.sized(content.finish());
}
