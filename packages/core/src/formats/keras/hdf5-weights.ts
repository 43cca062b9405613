/** `model.weights.h5`: arrays in HDF5 groups named by the path to each variable. */
import { Hdf5Error, readHdf5, writeHdf5 } from "../hdf5/index.ts";
import type { Hdf5Array, Hdf5Group } from "../hdf5/index.ts";
import { KerasFileError } from "./keras-file-error.ts";
import { weightDataOf } from "./weight-array.ts";
import type { WeightArray } from "./weight-array.ts";

/**
 * Writes arrays as HDF5; the same bytes for the same arrays.
 *
 * @throws KerasFileError when a path comes twice, or when data do not fill their shape.
 */
export async function writeWeights(weights: readonly WeightArray[]): Promise<Uint8Array> {
  return asKerasFileError(() => writeHdf5(weights), "the weights cannot be written");
}

/**
 * Reads every array of an HDF5 file, sorted by path with numbers in order (`vars/2` before `vars/10`).
 *
 * @throws KerasFileError when the file is damaged, or holds what Keras does not write: links to elsewhere, arrays larger
 *   than the file, other element types.
 */
export async function readWeights(bytes: Uint8Array): Promise<readonly WeightArray[]> {
  return readingHdf5(bytes, readWeightsWithin);
}

/** As `readWeights`, of a file that is open. */
export function readWeightsWithin(root: Hdf5Group): readonly WeightArray[] {
  const collator = new Intl.Collator("en", { numeric: true });
  return arraysWithin(root).toSorted((a, b) => collator.compare(a.path, b.path));
}

/** Whether bytes begin as an HDF5 file does. */
export function isHdf5(bytes: Uint8Array): boolean {
  return [0x89, 0x48, 0x44, 0x46].every((byte, index) => bytes[index] === byte);
}

/**
 * Opens an HDF5 file and returns what `read` makes of it.
 *
 * @throws KerasFileError when the file is damaged or holds what cannot be read.
 */
export async function readingHdf5<Result>(bytes: Uint8Array, read: (root: Hdf5Group) => Result): Promise<Result> {
  return asKerasFileError(() => read(readHdf5(bytes)), "the weights are no sound HDF5 file");
}

/** The values of an array of the file. */
export function readArray(array: Hdf5Array): WeightArray {
  const { path, shape } = array;
  return { path, shape, data: weightDataOf(array) };
}

function arraysWithin(group: Hdf5Group): readonly WeightArray[] {
  return group.names.flatMap((name) => {
    const child = group.get(name);
    if (child === undefined) return [];
    return child.kind === "group" ? arraysWithin(child) : [readArray(child)];
  });
}

/** Runs what reads or writes HDF5, and says of its errors that the file is at fault. */
export async function asKerasFileError<Result>(
  action: () => Result | Promise<Result>,
  failure: string,
): Promise<Result> {
  try {
    return await action();
  } catch (error) {
    if (error instanceof Hdf5Error) throw new KerasFileError(`${failure}: ${error.message}`, { cause: error });
    throw error;
  }
}
