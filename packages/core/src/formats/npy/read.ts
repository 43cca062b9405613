/** Reads a .npy file: one array. */
import { elementType, type ElementType, type NpyDtype, type NumericData } from "./element-types.ts";
import { parseNpyHeader, type NpyHeader } from "./header.ts";
import { NpyError } from "./npy-error.ts";
import { toRowMajor } from "./row-major.ts";

/** An array of numbers, in C order: the last index runs fastest. */
export interface NpyNumbers {
  readonly shape: readonly number[];
  /** The type in the file; see `NumericData` for what becomes of it. */
  readonly dtype: Exclude<NpyDtype, "text">;
  readonly data: NumericData;
}

/** An array of texts, in C order. */
export interface NpyTexts {
  readonly shape: readonly number[];
  readonly dtype: "text";
  readonly data: readonly string[];
}

export type NpyArray = NpyNumbers | NpyTexts;

/**
 * Reads an array that NumPy saved (`numpy.save`), of format version 1, 2 or 3 and either byte order. Strict: the file has exactly the
 * length that its head promises, and no memory is taken before that is known. Pickled objects are never opened.
 *
 * Values that need no conversion are a view of `bytes`, not a copy.
 *
 * @throws NpyError when the file is of another kind, damaged, or has elements that are neither numbers nor texts; when an integer of 64
 * bits is beyond 2^53.
 * @example
 * const { shape, data } = readNpy(await readFile("images.npy"));
 */
export function readNpy(bytes: Uint8Array): NpyArray {
  const header = parseNpyHeader(bytes);
  const type = elementType(header.descr);
  const count = countElements(header, type, bytes.length - header.dataStart);
  const decoded = type.decode(littleEndianBytes(bytes.subarray(header.dataStart), type), count);
  const { shape } = header;
  const { dtype } = type;
  if (dtype === "text") {
    const texts = decoded as readonly string[];
    return { shape, dtype, data: needsReordering(header) ? toRowMajor(texts, shape, Array<string>(count)) : texts };
  }
  const numbers = decoded as NumericData;
  const data = needsReordering(header) ? toRowMajor<number, NumericData>(numbers, shape, numbers.slice()) : numbers;
  return { shape, dtype, data };
}

/** The number of elements, once it is known that the file has them. */
function countElements({ shape, descr }: NpyHeader, { bytes }: ElementType, available: number): number {
  const count = shape.includes(0) ? 0 : shape.reduce((product, size) => product * size, 1);
  const promised = count * bytes;
  if (promised === available) return count;
  const problem = promised > available ? "cut short" : "too long";
  throw new NpyError(
    `the file is ${problem}: its head says [${shape.join(", ")}] of "${descr}", which makes ${promised} bytes, and ` +
      `${available} follow; save or fetch it again`,
  );
}

/** The bytes of the values in the machine's order, at an address that a typed array can begin at. */
function littleEndianBytes(bytes: Uint8Array, { unitBytes, isBigEndian }: ElementType): Uint8Array {
  if (unitBytes === 1 || (!isBigEndian && bytes.byteOffset % unitBytes === 0)) return bytes;
  // `slice` of Node's buffers makes no copy.
  const copy = new Uint8Array(bytes);
  return isBigEndian ? swapBytes(copy, unitBytes) : copy;
}

function swapBytes(bytes: Uint8Array, unitBytes: number): Uint8Array {
  for (let first = 0; first < bytes.length; first += unitBytes) {
    for (let low = first, high = first + unitBytes - 1; low < high; low++, high--) {
      const byte = bytes[low] as number;
      bytes[low] = bytes[high] as number;
      bytes[high] = byte;
    }
  }
  return bytes;
}

/** With one size above 1, the two orders are the same. */
function needsReordering({ shape, isFortranOrder }: NpyHeader): boolean {
  return isFortranOrder && shape.filter((size) => size !== 1).length > 1;
}
