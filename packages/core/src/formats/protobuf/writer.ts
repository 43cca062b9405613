/**
 * Writes values of the wire format of Protocol Buffers. What is written is kept in pieces until the end, so that nested
 * messages, whose lengths stand before them, are not copied once for each message around them.
 */
import type { WireType } from "./wire-types.ts";

export class ProtobufWriter {
  readonly #pieces: Uint8Array[] = [];
  #length = 0;

  tag(field: number, wireType: WireType): void {
    this.int64(field * 8 + wireType);
  }

  /** A whole number between ±2⁵³, as a varint; a negative one takes ten bytes. */
  int64(value: number): void {
    let rest = BigInt.asUintN(64, BigInt(value));
    const bytes: number[] = [];
    while (rest >= 128n) {
      bytes.push(Number(rest & 127n) | 128);
      rest >>= 7n;
    }
    this.#append(Uint8Array.of(...bytes, Number(rest)));
  }

  float(value: number): void {
    const bytes = new Uint8Array(4);
    new DataView(bytes.buffer).setFloat32(0, value, true);
    this.#append(bytes);
  }

  double(value: number): void {
    const bytes = new Uint8Array(8);
    new DataView(bytes.buffer).setFloat64(0, value, true);
    this.#append(bytes);
  }

  /** The bytes are not copied before `finish`. */
  bytes(bytes: Uint8Array): void {
    this.int64(bytes.length);
    this.#append(bytes);
  }

  text(text: string): void {
    this.bytes(new TextEncoder().encode(text));
  }

  /** The length of what `write` writes, then that: a message, or packed values. */
  nested(write: (writer: ProtobufWriter) => void): void {
    const inner = new ProtobufWriter();
    write(inner);
    this.int64(inner.#length);
    for (const piece of inner.#pieces) this.#append(piece);
  }

  finish(): Uint8Array {
    const result = new Uint8Array(this.#length);
    let at = 0;
    for (const piece of this.#pieces) {
      result.set(piece, at);
      at += piece.length;
    }
    return result;
  }

  #append(bytes: Uint8Array): void {
    this.#pieces.push(bytes);
    this.#length += bytes.length;
  }
}
