/** The bytes of an array: in one piece, or in chunks. Source: HDF5 File Format Specification 3.0, IV.A.2.i "The Data Layout Message". */
import { walkTree } from "./btree-v1.ts";
import { countOf } from "./dataspace.ts";
import type { Block, FileBytes } from "./file-bytes.ts";
import type { Filter } from "./filters.ts";
import { Hdf5Error } from "./hdf5-error.ts";

/** What is known of an array before its values are read. */
export interface ArrayForm {
  readonly path: string;
  readonly shape: readonly number[];
  readonly elementSize: number;
  readonly filters: readonly Filter[];
}

/** How many bytes arrays may take that compression makes larger than the file, all together. */
export interface ExpansionLimit {
  bytesLeft: number;
}

/** All chunks of an array together may be that many times as large as the array, or this large. */
const MAX_CHUNK_SURPLUS = 8;
const CHUNK_FLOOR_BYTES = 2 ** 20;

const COMPACT = 0;
const CONTIGUOUS = 1;
const CHUNKED = 2;
const CHUNK_TREE = 1;

/**
 * The values of an array as little-endian bytes in C order.
 *
 * @param limit is charged before memory is taken.
 * @throws Hdf5Error when they do not lie in the file, or the layout cannot be read.
 */
export function readArrayBytes(file: FileBytes, layout: Block, form: ArrayForm, limit: ExpansionLimit): Uint8Array {
  const size = countOf(form.shape) * form.elementSize;
  limit.bytesLeft -= size;
  if (!(limit.bytesLeft >= 0)) {
    throw new Hdf5Error(
      `the array "${form.path}" declares ${size} bytes by its shape [${form.shape.join(", ")}], more than the file can hold`,
    );
  }
  const version = layout.version(3, 4);
  const kind = layout.u8();
  if (kind === COMPACT) return sized(layout.part(layout.u16()).bytes, size, form);
  if (kind === CONTIGUOUS) return contiguous(file, layout, size, form);
  if (kind === CHUNKED && version === 3) return chunked(file, layout, size, form);
  throw new Hdf5Error(
    `the array "${form.path}" is stored in a way (layout ${kind}, version ${version}) that cannot be read; ` +
      "h5py's and Keras's own ways can",
  );
}

function contiguous(file: FileBytes, layout: Block, size: number, form: ArrayForm): Uint8Array {
  const [address, stored] = [layout.address(), layout.u64()];
  if (size === 0) return new Uint8Array(0);
  if (address === undefined) throw new Hdf5Error(`the array "${form.path}" was declared and never written`);
  return sized(file.content(address, stored, `the array "${form.path}"`), size, form);
}

function sized(bytes: Uint8Array, size: number, { path }: ArrayForm): Uint8Array {
  if (bytes.length >= size) return bytes.slice(0, size);
  throw new Hdf5Error(`the array "${path}" has ${bytes.length} bytes; its shape and type ask for ${size}`);
}

function chunked(file: FileBytes, layout: Block, size: number, form: ArrayForm): Uint8Array {
  const { path, shape, elementSize } = form;
  const rank = layout.u8() - 1;
  const tree = layout.address();
  const chunkShape = Array.from({ length: Math.max(0, rank) }, () => layout.u32());
  const chunkBytes = countOf(chunkShape) * elementSize;
  if (rank !== shape.length || layout.u32() !== elementSize || !(chunkBytes > 0)) {
    throw new Hdf5Error(`the chunks [${chunkShape.join(", ")}] of the array "${path}" do not fit its shape`);
  }
  // Chunks at the borders go beyond the array, but not by so much.
  const whole = countOf(shape.map((dim, axis) => roundUp(dim, chunkShape[axis] as number))) * elementSize;
  if (whole > MAX_CHUNK_SURPLUS * size + CHUNK_FLOOR_BYTES) {
    throw new Hdf5Error(`the chunks [${chunkShape.join(", ")}] of the array "${path}" are too large for its shape`);
  }
  const result = new Uint8Array(size);
  if (tree === undefined) return result;
  const seen = new Set<string>();
  const keyBytes = 8 + 8 * (rank + 1);
  walkTree(file, tree, { type: CHUNK_TREE, keyBytes }, (key, address) => {
    const [stored, mask] = [key.u32(), key.u32()];
    const origin = Array.from({ length: rank }, () => key.u64());
    const place = origin.join(",");
    // Each chunk is unpacked once, so that the work is bounded by the array's size.
    if (
      seen.has(place) ||
      origin.some((at, axis) => at >= (shape[axis] as number) || at % (chunkShape[axis] as number) !== 0)
    ) {
      throw new Hdf5Error(`the array "${path}" has a chunk at [${place}], where none can be; the file is damaged`);
    }
    seen.add(place);
    const content = file.content(address, stored, `a chunk of the array "${path}"`);
    const bytes = form.filters.reduceRight(
      (packed, filter, index) => ((mask & (1 << index)) === 0 ? filter(packed, chunkBytes + 4) : packed),
      content,
    );
    if (bytes.length < chunkBytes) {
      throw new Hdf5Error(`a chunk of the array "${path}" has ${bytes.length} bytes; ${chunkBytes} were expected`);
    }
    copyChunk(bytes, result, { origin, chunkShape, shape, elementSize });
  });
  return result;
}

/** The next multiple of `step`. */
function roundUp(value: number, step: number): number {
  return Math.ceil(value / step) * step;
}

interface Placement {
  readonly origin: readonly number[];
  readonly chunkShape: readonly number[];
  readonly shape: readonly number[];
  readonly elementSize: number;
}

/** Copies row by row what lies within the array. */
function copyChunk(chunk: Uint8Array, result: Uint8Array, { origin, chunkShape, shape, elementSize }: Placement): void {
  const copyFrom = (axis: number, from: number, to: number): void => {
    const [start, length] = [origin[axis] ?? 0, chunkShape[axis] ?? 1];
    const inside = Math.min(length, (shape[axis] ?? 1) - start);
    if (axis >= shape.length - 1) {
      const begin = from * length * elementSize;
      const at = (to * (shape[axis] ?? 1) + start) * elementSize;
      result.set(chunk.subarray(begin, begin + inside * elementSize), at);
      return;
    }
    for (let row = 0; row < inside; row++)
      copyFrom(axis + 1, from * length + row, to * (shape[axis] ?? 1) + start + row);
  };
  copyFrom(0, 0, 0);
}
