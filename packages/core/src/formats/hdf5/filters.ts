/** How chunks are compressed. Source: HDF5 File Format Specification 3.0, IV.A.2.l "The Data Storage - Filter Pipeline Message". */
import { unzlibSync } from "fflate";
import type { Block } from "./file-bytes.ts";
import { Hdf5Error } from "./hdf5-error.ts";

/** Undoes one step: from the stored bytes to those before it, of which there are at most `size`. */
export type Filter = (stored: Uint8Array, size: number) => Uint8Array;

const DEFLATE = 1;
const SHUFFLE = 2;
const FLETCHER32 = 3;
const CHECKSUM_BYTES = 4;
/** From here on, filters bear their names. */
const FIRST_NAMED = 256;

/**
 * What undoes the filters, in the order of the message, which is that of writing.
 *
 * @throws Hdf5Error when a filter is unknown.
 */
export function readFilters(body: Block): readonly Filter[] {
  const version = body.version(1, 2);
  const count = body.u8();
  if (version === 1) body.skip(6);
  return Array.from({ length: count }, () => {
    const id = body.u16();
    const nameLength = version === 1 || id >= FIRST_NAMED ? body.u16() : 0;
    body.skip(2);
    const numParameters = body.u16();
    body.skip(version === 1 ? Math.ceil(nameLength / 8) * 8 : nameLength);
    const parameters = Array.from({ length: numParameters }, () => body.u32());
    if (version === 1 && numParameters % 2 === 1) body.skip(4);
    return filterOf(id, parameters);
  });
}

function filterOf(id: number, parameters: readonly number[]): Filter {
  if (id === DEFLATE) return inflate;
  if (id === SHUFFLE) return (stored) => unshuffle(stored, parameters[0] ?? 1);
  if (id === FLETCHER32) return (stored) => stored.subarray(0, Math.max(0, stored.length - CHECKSUM_BYTES));
  throw new Hdf5Error(`an array is compressed by filter ${id}; gzip (1), shuffle (2) and fletcher32 (3) can be read`);
}

function inflate(stored: Uint8Array, size: number): Uint8Array {
  try {
    // Given its output, fflate never takes more memory.
    return unzlibSync(stored, { out: new Uint8Array(size) });
  } catch (error) {
    throw new Hdf5Error(`a chunk cannot be decompressed (${error instanceof Error ? error.message : String(error)})`);
  }
}

/** First bytes of all elements, then second bytes, …: back to whole elements. */
function unshuffle(stored: Uint8Array, elementSize: number): Uint8Array {
  const count = Math.floor(stored.length / Math.max(1, elementSize));
  if (count === 0) return stored;
  const result = new Uint8Array(stored);
  for (let byte = 0; byte < elementSize; byte++) {
    for (let index = 0; index < count; index++) {
      result[index * elementSize + byte] = stored[byte * count + index] as number;
    }
  }
  return result;
}
