/**
 * The bytes of a file that nobody vouches for. Everything is read through blocks that lie within the file, and every block
 * is charged to an allowance of a few times the file's size: structures that refer to themselves use it up and end in an
 * error, whatever they look like.
 */
import { Hdf5Error } from "./hdf5-error.ts";

/** How many times over the structure of a sound file may be read: headers are read once, names and heaps a few times. */
const MAX_READINGS = 8;
const MIN_ALLOWANCE_BYTES = 2 ** 16;
/** Even an empty block costs something. */
const MIN_BLOCK_COST = 16;

/** Stands for "nowhere" in place of an address. */
const UNDEFINED_ADDRESS = 0xffff_ffff_ffff_ffffn;

export class FileBytes {
  readonly #bytes: Uint8Array;
  #allowance: number;

  constructor(bytes: Uint8Array) {
    // Of Node's Buffers, whose slices are no copies, a plain view.
    this.#bytes = new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#allowance = MIN_ALLOWANCE_BYTES + MAX_READINGS * bytes.length;
  }

  get length(): number {
    return this.#bytes.length;
  }

  /**
   * A part of the file.
   *
   * @param what names it in errors.
   * @throws Hdf5Error when it does not lie within the file, or far more has been read than a file of this size holds.
   */
  block(address: number, size: number, what: string): Block {
    if (!(address >= 0 && size >= 0 && address + size <= this.#bytes.length)) {
      throw new Hdf5Error(
        `${what} would lie at ${address} with ${size} bytes; the file has ${this.#bytes.length}, so it is damaged or cut short`,
      );
    }
    this.#allowance -= Math.max(size, MIN_BLOCK_COST);
    if (this.#allowance < 0) throw new Hdf5Error(`${what} is part of a structure that refers to itself`);
    return new Block(this.#bytes.subarray(address, address + size), what);
  }

  /** Whether these characters stand at an address. */
  startsWith(address: number, signature: string): boolean {
    const at = this.#bytes.subarray(Math.max(0, address), Math.max(0, address) + signature.length);
    return at.length === signature.length && String.fromCharCode(...at) === signature;
  }

  /** The bytes of an array, which its own allowance covers. */
  content(address: number, size: number, what: string): Uint8Array {
    if (address >= 0 && address + size <= this.#bytes.length) return this.#bytes.subarray(address, address + size);
    throw new Hdf5Error(`${what} would lie at ${address} with ${size} bytes; the file has ${this.#bytes.length}`);
  }
}

/** A block that is read from front to back. Numbers are little-endian. */
export class Block {
  readonly bytes: Uint8Array;
  readonly #view: DataView;
  readonly #what: string;
  #at = 0;

  constructor(bytes: Uint8Array, what: string) {
    this.bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#what = what;
  }

  get position(): number {
    return this.#at;
  }

  get left(): number {
    return this.bytes.length - this.#at;
  }

  u8(): number {
    return this.#view.getUint8(this.#take(1));
  }

  u16(): number {
    return this.#view.getUint16(this.#take(2), true);
  }

  u32(): number {
    return this.#view.getUint32(this.#take(4), true);
  }

  /** A length of 8 bytes. */
  u64(): number {
    const value = this.#view.getBigUint64(this.#take(8), true);
    if (value <= BigInt(Number.MAX_SAFE_INTEGER)) return Number(value);
    throw new Hdf5Error(`${this.#what} holds the size or address ${value}, which no file reaches`);
  }

  /** An address of 8 bytes; undefined where it is none. */
  address(): number | undefined {
    const value = this.#view.getBigUint64(this.#take(8), true);
    if (value === UNDEFINED_ADDRESS) return undefined;
    this.#at -= 8;
    return this.u64();
  }

  /** A number of 1 to 8 bytes. */
  unsigned(width: number): number {
    let value = 0;
    const start = this.#take(width);
    for (let byte = width - 1; byte >= 0; byte--) value = value * 256 + (this.bytes[start + byte] as number);
    return value;
  }

  /** The next `size` bytes as a block of their own. */
  part(size: number): Block {
    const start = this.#take(size);
    return new Block(this.bytes.subarray(start, start + size), this.#what);
  }

  /** The whole block once more, from its beginning. */
  again(): Block {
    return new Block(this.bytes, this.#what);
  }

  /** Text of a given number of bytes, up to its first zero. */
  text(size: number): string {
    const { bytes } = this.part(size);
    const end = bytes.indexOf(0);
    return decodeText(end < 0 ? bytes : bytes.subarray(0, end));
  }

  skip(size: number): void {
    this.#take(size);
  }

  /** Leaves out what fills up to a multiple of 8 bytes from the block's beginning. */
  align8(): void {
    this.skip(Math.min(this.left, (8 - (this.#at % 8)) % 8));
  }

  /** @throws Hdf5Error unless the block goes on with these characters. */
  signature(expected: string): void {
    const came = this.left < expected.length ? "" : this.text(expected.length);
    if (came !== expected) throw new Hdf5Error(`${this.#what} must begin with "${expected}"; the file is damaged`);
  }

  /** @throws Hdf5Error unless the next byte is one of these version numbers. */
  version(...known: readonly number[]): number {
    const version = this.u8();
    if (known.includes(version)) return version;
    throw new Hdf5Error(`${this.#what} has the version ${version}; ${known.join(", ")} can be read`);
  }

  #take(size: number): number {
    const start = this.#at;
    if (!(size >= 0 && start + size <= this.bytes.length)) {
      throw new Hdf5Error(`${this.#what} ends before its content does; the file is damaged`);
    }
    this.#at += size;
    return start;
  }
}

/** Text as HDF5 holds it. */
export function decodeText(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}
