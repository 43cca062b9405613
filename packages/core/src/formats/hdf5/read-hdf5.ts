/** An HDF5 file as groups and arrays. Nothing in it is trusted. */
import { readArrayBytes } from "./array-data.ts";
import type { ExpansionLimit } from "./array-data.ts";
import { readAttributes } from "./attributes.ts";
import type { AttributeTexts } from "./attributes.ts";
import { readDataspace } from "./dataspace.ts";
import { describeElementType, readElementType } from "./element-type.ts";
import type { ElementType } from "./element-type.ts";
import { FileBytes } from "./file-bytes.ts";
import { readFilters } from "./filters.ts";
import { GlobalHeaps } from "./global-heap.ts";
import { Hdf5Error } from "./hdf5-error.ts";
import { readLinks } from "./links.ts";
import type { Message } from "./object-header.ts";
import { MESSAGE, readHeader } from "./object-header.ts";
import { rootAddress } from "./superblock.ts";

/** The values of an array, by element type. Floats of 16 bits come as their bits. */
export type Hdf5Data =
  | Float32Array
  | Float64Array
  | Int8Array
  | Uint8Array
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | BigInt64Array
  | BigUint64Array;

export interface Hdf5Array {
  readonly kind: "array";
  readonly path: string;
  readonly shape: readonly number[];
  /** As NumPy says it: `float32`. */
  readonly elementType: string;
  /**
   * The values in C order.
   *
   * @throws Hdf5Error when they are not all there, or of a type that cannot be read.
   */
  read(): Hdf5Data;
}

export interface Hdf5Group {
  readonly kind: "group";
  /** From the root, without a slash before it; empty for the root. */
  readonly path: string;
  readonly names: readonly string[];
  /** Undefined where the group has nothing of that name. Does not take a path. */
  get(name: string): Hdf5Group | Hdf5Array | undefined;
  hasAttribute(name: string): boolean;
  /** The texts of an attribute; undefined where there is none, or it holds something else. */
  attribute(name: string): AttributeTexts;
}

/** Compression may make the arrays of a file that much larger than the file, and small files this large. */
const MAX_EXPANSION = 8;
const EXPANSION_FLOOR_BYTES = 64 * 2 ** 20;
/** Groups of a file of Keras's are a few deep for each nested model; a damaged one may hold itself. */
const MAX_DEPTH = 64;

const DATA_TYPES: Readonly<Record<string, (bytes: ArrayBuffer) => Hdf5Data>> = {
  float16: (bytes) => new Uint16Array(bytes),
  float32: (bytes) => new Float32Array(bytes),
  float64: (bytes) => new Float64Array(bytes),
  int8: (bytes) => new Int8Array(bytes),
  uint8: (bytes) => new Uint8Array(bytes),
  int16: (bytes) => new Int16Array(bytes),
  uint16: (bytes) => new Uint16Array(bytes),
  int32: (bytes) => new Int32Array(bytes),
  uint32: (bytes) => new Uint32Array(bytes),
  int64: (bytes) => new BigInt64Array(bytes),
  uint64: (bytes) => new BigUint64Array(bytes),
};

/**
 * Opens an HDF5 file. Links to other files and to names are not followed.
 *
 * @throws Hdf5Error when the bytes are no HDF5 file, or damaged.
 */
export function readHdf5(bytes: Uint8Array): Hdf5Group {
  const file = new FileBytes(bytes);
  const context: Context = {
    file,
    heaps: new GlobalHeaps(file),
    plain: { bytesLeft: bytes.length },
    compressed: { bytesLeft: Math.max(EXPANSION_FLOOR_BYTES, MAX_EXPANSION * bytes.length) },
  };
  const root = open(context, rootAddress(file), "", 0);
  if (root.kind === "group") return root;
  throw new Hdf5Error("the root of the file is an array; it is damaged");
}

interface Context {
  readonly file: FileBytes;
  readonly heaps: GlobalHeaps;
  /** What arrays in one piece may hold: together they cannot be larger than the file. */
  readonly plain: ExpansionLimit;
  readonly compressed: ExpansionLimit;
}

function open(context: Context, address: number, path: string, depth: number): Hdf5Group | Hdf5Array {
  if (depth > MAX_DEPTH) throw new Hdf5Error(`the groups of the file are nested over ${MAX_DEPTH} deep`);
  const messages = readHeader(context.file, address);
  if (messages.some(({ type }) => type === MESSAGE.layout)) return openArray(context, messages, path);
  return openGroup(context, messages, path, depth);
}

function openGroup(context: Context, messages: readonly Message[], path: string, depth: number): Hdf5Group {
  const links = new Map((readLinks(context.file, messages) ?? []).map(({ name, address }) => [name, address]));
  const attributes = readAttributes(context.file, context.heaps, messages);
  return {
    kind: "group",
    path,
    names: [...links.keys()],
    get(name) {
      if (!links.has(name)) return undefined;
      const childPath = path === "" ? name : `${path}/${name}`;
      const address = links.get(name);
      if (address !== undefined) return open(context, address, childPath, depth + 1);
      throw new Hdf5Error(`"${childPath}" is a link to another place; only groups and arrays themselves are read`);
    },
    hasAttribute: (name) => attributes.has(name),
    attribute: (name) => attributes.get(name),
  };
}

function openArray(context: Context, messages: readonly Message[], path: string): Hdf5Array {
  const find = (type: number): Message | undefined => messages.find((message) => message.type === type);
  const [space, type, layout, filters] = [
    find(MESSAGE.dataspace),
    find(MESSAGE.datatype),
    find(MESSAGE.layout),
    find(MESSAGE.filters),
  ];
  if (space === undefined || type === undefined || layout === undefined) {
    throw new Hdf5Error(`the array "${path}" lacks its shape or its type; the file is damaged`);
  }
  if ([space, type, layout, filters].some((message) => message?.isShared)) {
    throw new Hdf5Error(`the array "${path}" shares its type with others; such files cannot be read`);
  }
  if (find(MESSAGE.externalFiles) !== undefined) {
    throw new Hdf5Error(`the array "${path}" lies in another file, which is not read`);
  }
  const shape = readDataspace(space.body);
  if (shape === undefined) throw new Hdf5Error(`the array "${path}" is empty and without a shape`);
  const elementType = readElementType(type.body);
  const applied = filters === undefined ? [] : readFilters(filters.body);
  return {
    kind: "array",
    path,
    shape,
    elementType: describeElementType(elementType),
    read() {
      const make = dataOf(elementType, path);
      const form = { path, shape, elementSize: elementType.size, filters: applied };
      const limit = applied.length === 0 ? context.plain : context.compressed;
      return make(readArrayBytes(context.file, layout.body.again(), form, limit).buffer as ArrayBuffer);
    },
  };
}

function dataOf(type: ElementType, path: string): (bytes: ArrayBuffer) => Hdf5Data {
  const name = describeElementType(type);
  const make = DATA_TYPES[name];
  if (make !== undefined) return make;
  const known = Object.keys(DATA_TYPES).join(", ");
  throw new Hdf5Error(`the array "${path}" has the element type ${name}; ${known} can be read`);
}
