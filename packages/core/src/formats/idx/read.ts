import { idxDtypes, lengthError, parseIdxHeader, type IdxData, type IdxDtype } from "./header.ts";
import { inflateIdx, isGzip } from "./inflate.ts";

/** The content of an IDX file. */
export interface IdxArray {
  /** Sizes, outermost first: `[60000, 28, 28]` for MNIST's images. */
  readonly dims: number[];
  readonly dtype: IdxDtype;
  /** The values in row-major order, of the type that `dtype` names. */
  readonly data: IdxData;
}

/**
 * Reads an IDX file, plain or gzip-compressed, from its bytes. Strict: the file must have exactly the length that its
 * head promises, and no memory is taken for the values before that is known.
 *
 * Values of one byte that were not compressed are a view of `bytes`, not a copy.
 *
 * @throws IdxError when the file is of another kind, cut short, too long or damaged.
 * @example
 * const { dims, data } = await readIdx(new Uint8Array(await response.arrayBuffer()));
 */
export async function readIdx(bytes: Uint8Array): Promise<IdxArray> {
  return parseIdx(isGzip(bytes) ? await inflateIdx(bytes) : bytes);
}

function parseIdx(bytes: Uint8Array): IdxArray {
  const header = parseIdxHeader(bytes);
  if (bytes.length !== header.fileBytes) {
    throw lengthError(header, `${bytes.length}`, bytes.length < header.fileBytes ? "cut short" : "too long");
  }
  const { dims, dtype, headerBytes } = header;
  const values = bytes.subarray(headerBytes);
  return { dims: [...dims], dtype, data: decoders[dtype](values, values.length / idxDtypes[dtype].bytes) };
}

const decoders: Readonly<Record<IdxDtype, (values: Uint8Array, count: number) => IdxData>> = {
  uint8: (values) => values,
  int8: (values, count) => new Int8Array(values.buffer, values.byteOffset, count),
  int16: (values, count) => decode(values, new Int16Array(count), (view, at) => view.getInt16(at)),
  int32: (values, count) => decode(values, new Int32Array(count), (view, at) => view.getInt32(at)),
  float32: (values, count) => decode(values, new Float32Array(count), (view, at) => view.getFloat32(at)),
  float64: (values, count) => decode(values, new Float64Array(count), (view, at) => view.getFloat64(at)),
};

/** Turns big-endian values into an array of the machine's own byte order. */
function decode<T extends Exclude<IdxData, Uint8Array | Int8Array>>(
  values: Uint8Array,
  target: T,
  get: (view: DataView, at: number) => number,
): T {
  const view = new DataView(values.buffer, values.byteOffset, values.byteLength);
  for (let index = 0; index < target.length; index++) target[index] = get(view, index * target.BYTES_PER_ELEMENT);
  return target;
}
