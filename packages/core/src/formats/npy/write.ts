import type { NumericData } from "./element-types.ts";
import { MAGIC, PREFIX_BYTES } from "./header.ts";
import { NpyError } from "./npy-error.ts";

/** Values in C order to write as an array. */
export interface NpyContent {
  readonly shape: readonly number[];
  /** Typed arrays keep their type; texts become as long as the longest. */
  readonly data: NumericData | readonly string[];
}

/** NumPy begins the values at a multiple of this. */
const ALIGNMENT = 64;
/** NumPy leaves room for as many digits, so that an array can grow in its place. */
const GROWTH_DIGITS = 21;
const LENGTH_BYTES = 2;
/** Of all versions of NumPy; newer ones allow 64. */
const MAX_RANK = 32;

/**
 * The bytes of a .npy file, which are those that `numpy.save` writes.
 *
 * @throws NpyError when the values do not fill the shape.
 * @example
 * await writeFile("codes.npy", writeNpy({ shape: [count, 32], data: codes }));
 */
export function writeNpy({ shape, data }: NpyContent): Uint8Array<ArrayBuffer> {
  checkShape(shape, data.length);
  const { descr, bytes } = isTexts(data) ? encodeTexts(data) : encodeNumbers(data);
  const head = encodeHead(descr, shape);
  const file = new Uint8Array(head.length + bytes.length);
  file.set(head);
  file.set(bytes, head.length);
  return file;
}

function checkShape(shape: readonly number[], length: number): void {
  const printed = `[${shape.join(", ")}]`;
  if (shape.length > MAX_RANK || shape.some((size) => !Number.isSafeInteger(size) || size < 0)) {
    throw new NpyError(`a shape is up to ${MAX_RANK} whole numbers of 0 or more; ${printed} came`);
  }
  const count = shape.reduce((product, size) => product * size, 1);
  if (count !== length) throw new NpyError(`the shape ${printed} needs ${count} values, and ${length} came`);
}

interface Encoded {
  readonly descr: string;
  readonly bytes: Uint8Array;
}

function isTexts(data: NpyContent["data"]): data is readonly string[] {
  return Array.isArray(data);
}

function encodeNumbers(data: NumericData): Encoded {
  return { descr: descrOf(data), bytes: new Uint8Array(data.buffer, data.byteOffset, data.byteLength) };
}

function descrOf(data: NumericData): string {
  if (data instanceof Uint8Array) return "|u1";
  if (data instanceof Int8Array) return "|i1";
  if (data instanceof Uint16Array) return "<u2";
  if (data instanceof Int16Array) return "<i2";
  if (data instanceof Uint32Array) return "<u4";
  if (data instanceof Int32Array) return "<i4";
  return data instanceof Float32Array ? "<f4" : "<f8";
}

/** Each text as its code points, filled up with zeros. */
function encodeTexts(data: readonly string[]): Encoded {
  const texts = data.map((text) => Array.from(text, (character) => character.codePointAt(0) as number));
  const length = texts.reduce((longest, points) => Math.max(longest, points.length), 1);
  const points = new Uint32Array(data.length * length);
  for (const [index, text] of texts.entries()) points.set(text, index * length);
  return { descr: `<U${length}`, bytes: new Uint8Array(points.buffer) };
}

/** Version 1.0, padded with spaces as NumPy pads. */
function encodeHead(descr: string, shape: readonly number[]): Uint8Array {
  const sizes = shape.length === 1 ? `${shape[0]},` : shape.join(", ");
  const room = shape.length === 0 ? 0 : GROWTH_DIGITS - String(shape[0]).length;
  const text = `{'descr': '${descr}', 'fortran_order': False, 'shape': (${sizes}), }${" ".repeat(room)}`;
  const unpadded = PREFIX_BYTES + LENGTH_BYTES + text.length + "\n".length;
  const padded = `${text}${" ".repeat(ALIGNMENT - (unpadded % ALIGNMENT))}\n`;
  const head = new Uint8Array(PREFIX_BYTES + LENGTH_BYTES + padded.length);
  head.set(MAGIC);
  head[MAGIC.length] = 1;
  new DataView(head.buffer).setUint16(PREFIX_BYTES, padded.length, true);
  head.set(new TextEncoder().encode(padded), PREFIX_BYTES + LENGTH_BYTES);
  return head;
}
