/**
 * The head of an IDX file, the format of MNIST and its relatives: two zero bytes, a type byte, the number of
 * dimensions, then each dimension as a big-endian uint32. The values follow, big-endian, nothing after them.
 * Source: Y. LeCun's description of the format on the MNIST page.
 */

/** Element type of an IDX file. */
export type IdxDtype = "uint8" | "int8" | "int16" | "int32" | "float32" | "float64";

/** Array that holds the values of an IDX file. */
export type IdxData = Uint8Array | Int8Array | Int16Array | Int32Array | Float32Array | Float64Array;

/** Says why bytes are not a valid IDX file. */
export class IdxError extends Error {
  override readonly name = "IdxError";
}

/** Type byte and width in bytes of every element type of the format. */
export const idxDtypes: Readonly<Record<IdxDtype, { readonly code: number; readonly bytes: number }>> = {
  uint8: { code: 0x08, bytes: 1 },
  int8: { code: 0x09, bytes: 1 },
  int16: { code: 0x0b, bytes: 2 },
  int32: { code: 0x0c, bytes: 4 },
  float32: { code: 0x0d, bytes: 4 },
  float64: { code: 0x0e, bytes: 8 },
};

/** What the head of an IDX file promises. */
export interface IdxHeader {
  readonly dtype: IdxDtype;
  readonly dims: readonly number[];
  /** Length of the head in bytes. */
  readonly headerBytes: number;
  /** Length that the whole file must have, in bytes. */
  readonly fileBytes: number;
}

/** Length of the fixed part: two zeros, the type byte and the number of dimensions. */
export const fixedHeaderBytes = 4;

/** The longest head there is: 255 dimensions. */
export const maxHeaderBytes = fixedHeaderBytes + 4 * 255;

/**
 * Reads the head of an uncompressed IDX file from its first bytes. Checks everything but the length of the file, and
 * takes no memory for the values.
 *
 * @throws IdxError when the magic number, the type or the sizes are not those of an IDX file.
 */
export function parseIdxHeader(bytes: Uint8Array): IdxHeader {
  if (bytes.length < fixedHeaderBytes) {
    throw new IdxError(
      `the file has ${bytes.length} bytes, and an IDX file begins with a head of at least ${fixedHeaderBytes + 4}; ` +
        "it is empty or cut short",
    );
  }
  const [zero0 = 0, zero1 = 0, code = 0, rank = 0] = bytes;
  const magic = `0x${[zero0, zero1, code, rank].map((byte) => byte.toString(16).padStart(2, "0")).join("")}`;
  if (zero0 !== 0 || zero1 !== 0) {
    throw new IdxError(
      `the magic number is ${magic}, and that of an IDX file begins with two zero bytes ` +
        "(0x00000803 for images, 0x00000801 for labels); this is another kind of file",
    );
  }
  const dtype = dtypeOfCode(code);
  if (dtype === undefined) {
    const known = Object.entries(idxDtypes).map(([name, type]) => `${hex(type.code)} ${name}`);
    throw new IdxError(
      `the magic number ${magic} names the element type ${hex(code)}; IDX files have ${known.join(", ")}`,
    );
  }
  if (rank === 0) {
    throw new IdxError(`the magic number ${magic} says that there are no dimensions; an IDX file has 1 to 255`);
  }
  const headerBytes = fixedHeaderBytes + 4 * rank;
  if (bytes.length < headerBytes) {
    throw new IdxError(
      `the file is cut short: it ends after ${bytes.length} bytes, inside its head of ${headerBytes} bytes ` +
        `(${rank} dimensions)`,
    );
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, headerBytes);
  const dims = Array.from({ length: rank }, (_, axis) => view.getUint32(fixedHeaderBytes + 4 * axis));
  // A zero among huge dimensions would make the product NaN once the rest overflows to infinity.
  const count = dims.includes(0) ? 0 : dims.reduce((product, dim) => product * dim, 1);
  const fileBytes = headerBytes + count * idxDtypes[dtype].bytes;
  if (!Number.isSafeInteger(fileBytes)) {
    throw new IdxError(
      `the head promises ${formatDims(dims)} ${dtype} values, more than any file holds; it is damaged`,
    );
  }
  return { dtype, dims, headerBytes, fileBytes };
}

/** Writes a shape as the rest of the system does: `[60000, 28, 28]`. */
export function formatDims(dims: readonly number[]): string {
  return `[${dims.join(", ")}]`;
}

/** The error of a file whose length is not the one its head promises. */
export function lengthError(header: IdxHeader, actual: string, problem: "cut short" | "too long"): IdxError {
  return new IdxError(
    `the file is ${problem}: its head says ${formatDims(header.dims)} ${header.dtype}, which makes ` +
      `${header.fileBytes} bytes, and it has ${actual}; fetch it again from its source`,
  );
}

function dtypeOfCode(code: number): IdxDtype | undefined {
  return (Object.keys(idxDtypes) as IdxDtype[]).find((name) => idxDtypes[name].code === code);
}

function hex(byte: number): string {
  return `0x${byte.toString(16).padStart(2, "0")}`;
}
