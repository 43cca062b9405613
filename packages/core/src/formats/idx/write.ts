import { fixedHeaderBytes, formatDims, IdxError, idxDtypes, type IdxData, type IdxDtype } from "./header.ts";

/**
 * Writes values as an uncompressed IDX file, whose element type follows from the array's.
 *
 * @param dims sizes, outermost first; their product is the number of values.
 * @throws IdxError when the sizes do not fit the data or the format.
 * @example
 * const file = encodeIdx([2, 28, 28], new Uint8Array(2 * 28 * 28));
 */
export function encodeIdx(dims: readonly number[], data: IdxData): Uint8Array<ArrayBuffer> {
  checkDims(dims, data.length);
  const dtype = dtypeOf(data);
  const { code, bytes } = idxDtypes[dtype];
  const headerBytes = fixedHeaderBytes + 4 * dims.length;
  const file = new Uint8Array(headerBytes + data.length * bytes);
  const view = new DataView(file.buffer);
  file[2] = code;
  file[3] = dims.length;
  dims.forEach((dim, axis) => view.setUint32(fixedHeaderBytes + 4 * axis, dim));
  const set = setters[dtype];
  for (let index = 0; index < data.length; index++) set(view, headerBytes + index * bytes, data[index] ?? 0);
  return file;
}

function checkDims(dims: readonly number[], length: number): void {
  if (dims.length < 1 || dims.length > 255) {
    throw new IdxError(`an IDX file has 1 to 255 dimensions; ${dims.length} came`);
  }
  const bad = dims.find((dim) => !Number.isInteger(dim) || dim < 0 || dim >= 2 ** 32);
  if (bad !== undefined) {
    throw new IdxError(`the sizes of an IDX file are integers from 0 to 2³² − 1; ${bad} came in ${formatDims(dims)}`);
  }
  const count = dims.reduce((product, dim) => product * dim, 1);
  if (count !== length) {
    throw new IdxError(`the shape ${formatDims(dims)} needs ${count} values, and ${length} came`);
  }
}

function dtypeOf(data: IdxData): IdxDtype {
  if (data instanceof Uint8Array) return "uint8";
  if (data instanceof Int8Array) return "int8";
  if (data instanceof Int16Array) return "int16";
  if (data instanceof Int32Array) return "int32";
  if (data instanceof Float32Array) return "float32";
  return "float64";
}

const setters: Readonly<Record<IdxDtype, (view: DataView, at: number, value: number) => void>> = {
  uint8: (view, at, value) => view.setUint8(at, value),
  int8: (view, at, value) => view.setInt8(at, value),
  int16: (view, at, value) => view.setInt16(at, value),
  int32: (view, at, value) => view.setInt32(at, value),
  float32: (view, at, value) => view.setFloat32(at, value),
  float64: (view, at, value) => view.setFloat64(at, value),
};
