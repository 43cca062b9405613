/**
 * Reads values of the wire format of Protocol Buffers. Nothing is taken on trust: every length is held against the bytes
 * that are there, and content that ends too early is an error. (Of the small libraries for this, pbf hands out bytes and
 * texts that are cut short without a word and follows nested lengths beyond the end; hence this reader.)
 */
import { ProtobufError } from "./protobuf-error.ts";
import { FIXED32, FIXED64, LENGTH_DELIMITED, VARINT } from "./wire-types.ts";
import type { WireType } from "./wire-types.ts";

/** Seven bits a byte: a varint of 64 bits has at most ten. */
const MAX_VARINT_BYTES = 10;
/** So many bytes hold 49 bits, which a number represents exactly. */
const EXACT_VARINT_BYTES = 7;

/** In a file, messages may have two bytes each; in memory each is an object of a hundred. The largest models have some 100,000. */
const MAX_MESSAGES = 2 ** 20;

const TEXT = new TextDecoder("utf-8");

/** How many messages may still be opened in a file. */
interface Allowance {
  messages: number;
}

export class ProtobufReader {
  readonly #view: DataView;
  readonly #start: number;
  readonly #end: number;
  readonly #allowance: Allowance;
  #position: number;

  /** Reads `bytes`, a part of a file that begins `start` bytes into it; parts of one file share an allowance. */
  constructor(bytes: Uint8Array, start = 0, allowance: Allowance = { messages: MAX_MESSAGES }) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#start = start;
    this.#end = bytes.byteLength;
    this.#position = 0;
    this.#allowance = allowance;
  }

  /** Whether everything has been read. */
  get done(): boolean {
    return this.#position >= this.#end;
  }

  /** The number of the next field, and the kind of its value. */
  tag(): { readonly field: number; readonly wireType: WireType } {
    const tag = this.int64();
    const field = Math.floor(tag / 8);
    const wireType = tag % 8;
    if (field < 1 || !isWireType(wireType)) throw this.#damaged(`the tag ${tag} is none of a field`);
    return { field, wireType };
  }

  /** A whole number. Beyond ±2⁵³ it is rounded to the nearest that a number represents. */
  int64(): number {
    const start = this.#position;
    let value = 0;
    for (let index = 0; index < MAX_VARINT_BYTES; index++) {
      const byte = this.#view.getUint8(this.#take(1));
      value += (byte % 128) * 2 ** (7 * index);
      if (byte < 128) return index < EXACT_VARINT_BYTES ? value : this.#signed(start);
    }
    throw this.#damaged(`a number has more than ${MAX_VARINT_BYTES} bytes`);
  }

  float(): number {
    return this.#view.getFloat32(this.#take(4), true);
  }

  double(): number {
    return this.#view.getFloat64(this.#take(8), true);
  }

  /** A view of the file's bytes, not a copy. */
  bytes(): Uint8Array {
    const length = this.int64();
    const at = this.#take(length);
    return new Uint8Array(this.#view.buffer, this.#view.byteOffset + at, length);
  }

  text(): string {
    return TEXT.decode(this.bytes());
  }

  /** A reader of the bytes that follow, which must be read with it alone. */
  nested(): ProtobufReader {
    const bytes = this.bytes();
    this.#allowance.messages--;
    if (this.#allowance.messages < 0) throw this.#damaged(`the file has more than ${MAX_MESSAGES} messages`);
    return new ProtobufReader(bytes, this.#start + this.#position - bytes.length, this.#allowance);
  }

  /** Passes over a value. */
  skip(wireType: WireType): void {
    if (wireType === VARINT) this.int64();
    else if (wireType === LENGTH_DELIMITED) this.bytes();
    else this.#take(wireType === FIXED32 ? 4 : 8);
  }

  /** Goes on by so many bytes, and returns where they begin. */
  #take(length: number): number {
    const at = this.#position;
    if (!(length >= 0 && length <= this.#end - at)) {
      throw this.#damaged(`${length} bytes are announced and ${this.#end - at} are left`);
    }
    this.#position += length;
    return at;
  }

  /** The signed number of a varint of more than 49 bits. */
  #signed(from: number): number {
    let value = 0n;
    for (let at = from; at < this.#position; at++) {
      value |= BigInt(this.#view.getUint8(at) & 127) << BigInt(7 * (at - from));
    }
    return Number(BigInt.asIntN(64, value));
  }

  #damaged(how: string): ProtobufError {
    return new ProtobufError(`at byte ${this.#start + this.#position}, ${how}`);
  }
}

function isWireType(value: number): value is WireType {
  return value === VARINT || value === FIXED64 || value === LENGTH_DELIMITED || value === FIXED32;
}
