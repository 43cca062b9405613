/**
 * The head of a .npy file: magic number, version, length, and a dictionary in Python's notation with the type of the elements, the
 * shape, and whether the values lie column by column. Source: NumPy, `numpy/lib/format.py`, "Format Version 1.0" to "3.0".
 */
import { NpyError } from "./npy-error.ts";
import { parsePythonLiteral, type PythonValue } from "./python-literal.ts";

/** What the head says. */
export interface NpyHeader {
  readonly shape: readonly number[];
  /** The type of the elements in NumPy's notation, `<f4`; undefined where elements have fields of several types. */
  readonly descr: string | undefined;
  /** The first index runs fastest. */
  readonly isFortranOrder: boolean;
  /** Where the values begin. */
  readonly dataStart: number;
}

export const MAGIC = Uint8Array.of(0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59);
/** The magic number and two bytes of version. */
export const PREFIX_BYTES = 8;
/** Heads of arrays have about 120 bytes; long ones describe structured types, which are not read here. */
const MAX_HEAD_BYTES = 2 ** 16;
/** The start of a file of so many bytes has the whole head. */
export const MOST_START_BYTES = PREFIX_BYTES + 4 + MAX_HEAD_BYTES;
/** NumPy's own limit. */
const MAX_RANK = 64;

/** By major version: the bytes of the head's length, and the encoding of its text. */
const VERSIONS: ReadonlyMap<number, { readonly lengthBytes: 2 | 4; readonly encoding: "latin1" | "utf-8" }> = new Map([
  [1, { lengthBytes: 2, encoding: "latin1" }],
  [2, { lengthBytes: 4, encoding: "latin1" }],
  [3, { lengthBytes: 4, encoding: "utf-8" }],
]);

/**
 * Reads the head of a file from its first bytes; takes no memory for the values, and does not look whether they are there.
 *
 * @throws NpyError when the bytes are of another kind, or damaged.
 */
export function parseNpyHeader(bytes: Uint8Array): NpyHeader {
  const { start, end, encoding } = placeOfText(bytes);
  const value = parsePythonLiteral(new TextDecoder(encoding).decode(bytes.subarray(start, end)));
  const fields: ReadonlyMap<string, PythonValue> = value instanceof Map ? value : new Map();
  if (fields.size !== 3 || !["descr", "fortran_order", "shape"].every((key) => fields.has(key))) {
    const keys = fields.size === 0 ? "none of them" : [...fields.keys()].join(", ");
    throw new NpyError(`the head of the file must have descr, fortran_order and shape; it has ${keys}`);
  }
  const isFortranOrder = fields.get("fortran_order");
  if (typeof isFortranOrder !== "boolean")
    throw new NpyError("fortran_order in the head of the file is no truth value");
  const descr = fields.get("descr");
  return {
    shape: checkedShape(fields.get("shape")),
    descr: typeof descr === "string" ? descr : undefined,
    isFortranOrder,
    dataStart: end,
  };
}

/** Where the dictionary stands. */
function placeOfText(bytes: Uint8Array): { start: number; end: number; encoding: string } {
  if (!MAGIC.every((byte, index) => bytes[index] === byte)) throw new NpyError(whatElse(bytes));
  const [major = 0, minor = 0] = bytes.subarray(MAGIC.length, PREFIX_BYTES);
  if (bytes.length < PREFIX_BYTES) throw cutShort(bytes.length);
  const version = VERSIONS.get(major);
  if (version === undefined || minor !== 0) {
    throw new NpyError(`the file has version ${major}.${minor} of NumPy's format; 1.0, 2.0 and 3.0 can be read`);
  }
  const { lengthBytes, encoding } = version;
  const start = PREFIX_BYTES + lengthBytes;
  if (bytes.length < start) throw cutShort(bytes.length);
  const view = new DataView(bytes.buffer, bytes.byteOffset, start);
  const length = lengthBytes === 2 ? view.getUint16(PREFIX_BYTES, true) : view.getUint32(PREFIX_BYTES, true);
  if (length > MAX_HEAD_BYTES) {
    throw new NpyError(`the head of the file has ${length} bytes; up to ${MAX_HEAD_BYTES} can be read`);
  }
  if (bytes.length < start + length) throw cutShort(bytes.length);
  return { start, end: start + length, encoding };
}

/** Why bytes without NumPy's magic number cannot be read. */
function whatElse(bytes: Uint8Array): string {
  if (bytes.length < PREFIX_BYTES) return `the file has ${bytes.length} bytes; it is empty or cut short`;
  const [first = 0, second = 0] = bytes;
  if (first === 0x50 && second === 0x4b)
    return "the file is a zip of arrays (.npz), and a single one (.npy) was expected";
  const begins = [...bytes.subarray(0, MAGIC.length)].map((byte) => byte.toString(16).padStart(2, "0")).join(" ");
  if (first === 0x80) {
    return `the file begins with ${begins}, which looks like a Python pickle; these are never opened, because they can run code. ${SAVE_AGAIN}`;
  }
  return `the file begins with ${begins}, and one of NumPy's (.npy) with 93 4e 55 4d 50 59; this is another kind of file`;
}

/** What to do about an array that cannot be read. */
export const SAVE_AGAIN = "Save it again as an array of numbers: numpy.save(path, array.astype(numpy.float32))";

function cutShort(length: number): NpyError {
  return new NpyError(`the file is cut short: it ends after ${length} bytes, inside its head`);
}

function checkedShape(shape: PythonValue | undefined): readonly number[] {
  const isSize = (size: unknown): size is number => Number.isSafeInteger(size) && (size as number) >= 0;
  if (!Array.isArray(shape) || !shape.every(isSize)) {
    throw new NpyError("the shape in the head of the file is no tuple of sizes; the file is damaged");
  }
  if (shape.length > MAX_RANK) {
    throw new NpyError(`the shape in the head of the file has ${shape.length} sizes; NumPy has up to ${MAX_RANK}`);
  }
  return shape;
}
