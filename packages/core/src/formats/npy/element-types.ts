/** The types of elements that arrays of NumPy's have, and how their bytes become values. */
import { float16Values } from "../half-precision.ts";
import { SAVE_AGAIN } from "./header.ts";
import { NpyError } from "./npy-error.ts";

/** The type of an array's elements by NumPy's name. */
export type NpyDtype =
  | "bool"
  | "uint8"
  | "int8"
  | "uint16"
  | "int16"
  | "uint32"
  | "int32"
  | "uint64"
  | "int64"
  | "float16"
  | "float32"
  | "float64"
  | "text";

/** Numbers of an array: bool as 0 and 1, float16 as float32, integers of 64 bits as float64. */
export type NumericData =
  Uint8Array | Int8Array | Uint16Array | Int16Array | Uint32Array | Int32Array | Float32Array | Float64Array;

export interface ElementType {
  readonly dtype: NpyDtype;
  /** Of one element. */
  readonly bytes: number;
  /** Of the numbers that an element consists of, which big-endian files have the other way round: a text has many. */
  readonly unitBytes: number;
  readonly isBigEndian: boolean;
  /**
   * The values of little-endian bytes, which lie at a multiple of `unitBytes`.
   *
   * @throws NpyError when a value has no equal here.
   */
  decode(bytes: Uint8Array, count: number): NumericData | readonly string[];
}

type NumberType = Omit<ElementType, "isBigEndian" | "unitBytes">;

const NUMBER_TYPES: ReadonlyMap<string, NumberType> = new Map<string, NumberType>([
  ["b1", { dtype: "bool", bytes: 1, decode: (bytes) => Uint8Array.from(bytes, (byte) => (byte === 0 ? 0 : 1)) }],
  ["u1", { dtype: "uint8", bytes: 1, decode: (bytes, count) => viewed(Uint8Array, bytes, count) }],
  ["i1", { dtype: "int8", bytes: 1, decode: (bytes, count) => viewed(Int8Array, bytes, count) }],
  ["u2", { dtype: "uint16", bytes: 2, decode: (bytes, count) => viewed(Uint16Array, bytes, count) }],
  ["i2", { dtype: "int16", bytes: 2, decode: (bytes, count) => viewed(Int16Array, bytes, count) }],
  ["u4", { dtype: "uint32", bytes: 4, decode: (bytes, count) => viewed(Uint32Array, bytes, count) }],
  ["i4", { dtype: "int32", bytes: 4, decode: (bytes, count) => viewed(Int32Array, bytes, count) }],
  ["u8", { dtype: "uint64", bytes: 8, decode: (bytes, count) => wideIntegers("uint64", Uint32Array, bytes, count) }],
  ["i8", { dtype: "int64", bytes: 8, decode: (bytes, count) => wideIntegers("int64", Int32Array, bytes, count) }],
  ["f2", { dtype: "float16", bytes: 2, decode: (bytes, count) => float16Values(viewed(Uint16Array, bytes, count)) }],
  ["f4", { dtype: "float32", bytes: 4, decode: (bytes, count) => viewed(Float32Array, bytes, count) }],
  ["f8", { dtype: "float64", bytes: 8, decode: (bytes, count) => viewed(Float64Array, bytes, count) }],
]);

/** By the letter of a type: what it holds, and what to do about it. */
const REFUSED: ReadonlyMap<string, string> = new Map([
  ["O", `Python objects (a pickle), which are never opened, because they can run code. ${SAVE_AGAIN}`],
  [
    "V",
    "elements with fields of several types. Save each field as an array of its own: numpy.savez(path, x=array['x'])",
  ],
  ["c", "complex numbers. Save their parts: numpy.stack([array.real, array.imag], axis=-1)"],
  ["M", `dates. ${SAVE_AGAIN}`],
  ["m", `spans of time. ${SAVE_AGAIN}`],
  ["S", "texts of bytes. Save them as Unicode: numpy.save(path, array.astype(str))"],
]);

/**
 * The type that NumPy's notation names: `<f4`, `|u1`, `>U12`.
 *
 * @param descr undefined for elements with fields.
 * @throws NpyError when elements of that type are not read here: objects, fields, complex numbers, dates.
 */
export function elementType(descr: string | undefined): ElementType {
  const [, order = "", kind = "", digits = ""] = /^([<>|])([A-Za-z])(\d{0,9})/u.exec(descr ?? "|V") ?? [];
  const isBigEndian = order === ">";
  const number = NUMBER_TYPES.get(kind + digits);
  if (number !== undefined && (order !== "|" || number.bytes === 1)) {
    return { ...number, unitBytes: number.bytes, isBigEndian };
  }
  const length = Number(digits);
  if (kind === "U" && order !== "|" && length > 0) {
    return { dtype: "text", bytes: 4 * length, unitBytes: 4, isBigEndian, decode: (bytes) => texts(bytes, length) };
  }
  const holds = REFUSED.get(kind);
  if (holds !== undefined) throw new NpyError(`the array holds ${holds}`);
  const known = [...NUMBER_TYPES.keys(), "U"].join(", ");
  throw new NpyError(`the array has elements of type "${descr}"; those of type ${known} can be read. ${SAVE_AGAIN}`);
}

interface ViewConstructor<T> {
  new (buffer: ArrayBufferLike, byteOffset: number, length: number): T;
}

/** Typed arrays are little-endian on every machine that JavaScript runs on. */
function viewed<T>(View: ViewConstructor<T>, bytes: Uint8Array, count: number): T {
  return new View(bytes.buffer, bytes.byteOffset, count);
}

/** Integers of 64 bits, whose upper halves have the sign. */
function wideIntegers(
  dtype: NpyDtype,
  Upper: ViewConstructor<Int32Array | Uint32Array>,
  bytes: Uint8Array,
  count: number,
): Float64Array {
  const lower = viewed(Uint32Array, bytes, 2 * count);
  const upper = viewed(Upper, bytes, 2 * count);
  const values = new Float64Array(count);
  for (let index = 0; index < count; index++) {
    const value = (upper[2 * index + 1] as number) * 2 ** 32 + (lower[2 * index] as number);
    if (!Number.isSafeInteger(value)) {
      throw new NpyError(
        `value ${index} of the ${dtype} array is about ${value}; integers are exact up to 2^53 only. ` +
          "Save it as float64 if so many digits do not matter: array.astype(numpy.float64)",
      );
    }
    values[index] = value;
  }
  return values;
}

/** Texts of so many code points each, filled up with zeros. */
function texts(bytes: Uint8Array, length: number): readonly string[] {
  const points = viewed(Uint32Array, bytes, bytes.length / 4);
  return Array.from({ length: points.length / length }, (_, index) => {
    let end = (index + 1) * length;
    while (end > index * length && points[end - 1] === 0) end--;
    let text = "";
    for (let at = index * length; at < end; at++) text += character(points[at] as number, index);
    return text;
  });
}

function character(point: number, index: number): string {
  if (point <= 0x10ffff && (point < 0xd800 || point > 0xdfff)) return String.fromCodePoint(point);
  throw new NpyError(
    `text ${index} of the array has the character 0x${point.toString(16)}, which is none of Unicode's`,
  );
}
