/** `model.weights.h5`: arrays in HDF5 groups named by the path to each variable. */
import type { Dataset, Group } from "h5wasm";
import { createHdf5, openHdf5 } from "./hdf5-module.ts";
import type { Hdf5Library } from "./hdf5-module.ts";
import { clearTimestamps } from "./hdf5-timestamps.ts";
import { KerasFileError } from "./keras-file-error.ts";
import { countOf, formatShape } from "./weight-array.ts";
import type { WeightArray, WeightData } from "./weight-array.ts";

/** A file of Keras's is a few groups deep for each nested model; a damaged one may hold itself. */
const MAX_DEPTH = 64;
const MAX_OBJECTS = 1_000_000;

/**
 * The element types that can be read, in the notation of h5wasm, which is Python's. An array comes from it in the right
 * type; a single number comes bare, and is put back into its type here.
 */
const ELEMENT_TYPES = new Map<unknown, (single: number | bigint) => WeightData>([
  ["<f", (single) => Float32Array.of(Number(single))],
  ["<d", (single) => Float64Array.of(Number(single))],
  ["<i", (single) => Int32Array.of(Number(single))],
  ["<I", (single) => Uint32Array.of(Number(single))],
  ["<q", (single) => BigInt64Array.of(BigInt(single))],
  ["<Q", (single) => BigUint64Array.of(BigInt(single))],
]);

/**
 * Writes arrays as HDF5; the same bytes for the same arrays.
 *
 * @throws KerasFileError when a path comes twice, or when data do not fill their shape.
 */
export async function writeWeights(weights: readonly WeightArray[]): Promise<Uint8Array> {
  const seen = new Set<string>();
  for (const weight of weights) {
    checkWeight(weight);
    if (seen.has(weight.path)) throw new KerasFileError(`the array "${weight.path}" came twice; paths must differ`);
    seen.add(weight.path);
  }
  const bytes = await createHdf5((file) => {
    const groups = new Map<string, Group>([["", file]]);
    for (const weight of weights) writeArray(groups, weight);
  });
  clearTimestamps(bytes);
  return bytes;
}

function checkWeight({ path, shape, data }: WeightArray): void {
  if (!/^[^/]+(?:\/[^/]+)+$/u.test(path)) {
    throw new KerasFileError(`"${path}" is no path of an array; expected one such as "layers/dense/vars/0"`);
  }
  if (data.length !== countOf(shape)) {
    throw new KerasFileError(
      `the array "${path}" has ${data.length} values; its shape ${formatShape(shape)} asks for ${countOf(shape)}`,
    );
  }
}

function writeArray(groups: Map<string, Group>, { path, shape, data }: WeightArray): void {
  const slash = path.lastIndexOf("/");
  const group = groupAt(groups, path.slice(0, slash));
  group.create_dataset({ name: path.slice(slash + 1), data, shape: [...shape] });
}

/** The group of a path, made with those above it when it is not there yet. */
function groupAt(groups: Map<string, Group>, path: string): Group {
  const known = groups.get(path);
  if (known !== undefined) return known;
  const slash = path.lastIndexOf("/");
  const group = groupAt(groups, path.slice(0, Math.max(0, slash))).create_group(path.slice(slash + 1));
  groups.set(path, group);
  return group;
}

/**
 * Reads every array of an HDF5 file, sorted by path with numbers in order (`vars/2` before `vars/10`).
 *
 * @throws KerasFileError when the file is damaged, or holds what Keras does not write: links to elsewhere, compressed
 *   arrays, arrays larger than the file, other element types.
 */
export async function readWeights(bytes: Uint8Array): Promise<WeightArray[]> {
  const weights = await openHdf5(bytes, (file, library) => {
    const found: WeightArray[] = [];
    collectArrays(file, "", 0, { library, found, objectsLeft: MAX_OBJECTS, bytesLeft: bytes.length });
    return found;
  });
  const collator = new Intl.Collator("en", { numeric: true });
  return weights.toSorted((a, b) => collator.compare(a.path, b.path));
}

interface Walk {
  readonly library: Hdf5Library;
  readonly found: WeightArray[];
  objectsLeft: number;
  /** What the arrays still to come may hold: together they cannot be larger than the file. */
  bytesLeft: number;
}

function collectArrays(group: Group, path: string, depth: number, walk: Walk): void {
  if (depth > MAX_DEPTH) throw new KerasFileError(`the groups of the weights file are nested over ${MAX_DEPTH} deep`);
  for (const name of group.keys()) {
    const childPath = path === "" ? name : `${path}/${name}`;
    walk.objectsLeft -= 1;
    if (walk.objectsLeft < 0) throw new KerasFileError(`the weights file holds over ${MAX_OBJECTS} objects`);
    const child = group.get(name);
    if (child instanceof walk.library.Group) {
      collectArrays(child, childPath, depth + 1, walk);
    } else if (child instanceof walk.library.Dataset) {
      walk.found.push(readArray(child, childPath, walk));
    } else {
      throw new KerasFileError(
        `"${childPath}" in the weights file is a link or a type; Keras writes groups and arrays`,
      );
    }
  }
}

function readArray(dataset: Dataset, path: string, walk: Walk): WeightArray {
  const { dtype, metadata } = dataset;
  const { shape, size, chunks, virtual_sources } = metadata;
  const ofSingle = ELEMENT_TYPES.get(dtype);
  if (ofSingle === undefined) {
    throw new KerasFileError(
      `the array "${path}" has the element type ${JSON.stringify(dtype)}; float32, float64 and integers of 32 and ` +
        "64 bits can be read",
    );
  }
  if (shape === null || chunks !== null || virtual_sources !== undefined) {
    throw new KerasFileError(`the array "${path}" is empty, chunked or virtual; Keras stores every array as a whole`);
  }
  const declaredBytes = countOf(shape) * size;
  walk.bytesLeft -= declaredBytes;
  if (walk.bytesLeft < 0) {
    throw new KerasFileError(
      `the array "${path}" declares ${declaredBytes} bytes by its shape ${formatShape(shape)}, more than the weights ` +
        "file can hold; the file is damaged",
    );
  }
  const { value } = dataset;
  const data = typeof value === "number" || typeof value === "bigint" ? ofSingle(value) : (value as WeightData);
  return { path, shape, data };
}
