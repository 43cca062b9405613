/** Archives of named arrays (.npz): a zip with a .npy file for each. */
import { openZip, writeZip } from "../zip/zip-archive.ts";
import type { ZipRules } from "../zip/zip-rules.ts";
import { elementType, type NpyDtype } from "./element-types.ts";
import { MOST_START_BYTES, parseNpyHeader } from "./header.ts";
import { NpyError } from "./npy-error.ts";
import { readNpy, type NpyArray } from "./read.ts";
import { writeNpy, type NpyContent } from "./write.ts";

const SUFFIX = ".npy";

const NPZ_ZIP: ZipRules = {
  error: (message) => new NpyError(message),
  expected: "which a .npz file is; save one with numpy.savez(path, name=array)",
  content: "arrays",
  // Masks and classes one-hot compress well over a hundred times. What really does by more can be saved uncompressed (numpy.savez).
  maxExpansion: 250,
  freeBytes: 256 * 2 ** 20,
};

/** What is known of an array before its values are read. */
export interface NpyDescription {
  readonly shape: readonly number[];
  /** Undefined where the elements cannot be read: objects, structures. */
  readonly dtype: NpyDtype | undefined;
}

/** An archive whose arrays are read when asked for. */
export interface NpzArchive {
  /** Of the arrays, in the archive's order. */
  readonly names: readonly string[];
  /** @throws NpyError when there is none of that name, or its head is damaged. */
  describe(name: string): NpyDescription;
  /** @throws NpyError when there is none of that name, or it cannot be read; see `readNpy`. */
  read(name: string): NpyArray;
}

/**
 * Opens an archive that NumPy saved (`numpy.savez`, `numpy.savez_compressed`). Entries that are no arrays are passed over.
 *
 * @throws NpyError when the bytes are no whole zip file, two arrays have one name, or the file expands beyond all use.
 * @example
 * const archive = openNpz(await readFile("pneumoniamnist.npz"));
 * const { shape, data } = archive.read("train_images");
 */
export function openNpz(bytes: Uint8Array): NpzArchive {
  const zip = openZip(bytes, NPZ_ZIP);
  const names = zip.names.filter((name) => name.endsWith(SUFFIX)).map((name) => name.slice(0, -SUFFIX.length));
  const named = <T>(name: string, read: (entry: string) => T): T => {
    if (!names.includes(name)) {
      throw new NpyError(`there is no array "${name}"; there are ${names.length === 0 ? "none" : names.join(", ")}`);
    }
    try {
      return read(name + SUFFIX);
    } catch (error) {
      if (error instanceof NpyError) throw new NpyError(`the array "${name}": ${error.message}`, { cause: error });
      throw error;
    }
  };
  return {
    names,
    describe: (name) => named(name, (entry) => describeNpy(zip.readStart(entry, MOST_START_BYTES))),
    read: (name) => named(name, (entry) => readNpy(zip.read(entry))),
  };
}

/**
 * All arrays of an archive by their names.
 *
 * @throws NpyError as `openNpz` and `readNpy` do.
 */
export function readNpz(bytes: Uint8Array): ReadonlyMap<string, NpyArray> {
  const archive = openNpz(bytes);
  return new Map(archive.names.map((name) => [name, archive.read(name)]));
}

/**
 * The bytes of an archive with these arrays; the same bytes for the same arrays.
 *
 * @throws NpyError when values do not fill their shape.
 */
export function writeNpz(
  arrays: Readonly<Record<string, NpyContent>>,
  options: { readonly compress?: boolean | undefined } = {},
): Uint8Array<ArrayBuffer> {
  const files = Object.entries(arrays).map(([name, content]) => [name + SUFFIX, writeNpy(content)] as const);
  return writeZip(Object.fromEntries(files), options);
}

/**
 * What the first bytes of a .npy file say.
 *
 * @throws NpyError when these are damaged.
 */
export function describeNpy(bytes: Uint8Array): NpyDescription {
  const { shape, descr } = parseNpyHeader(bytes);
  return { shape, dtype: readableType(descr) };
}

function readableType(descr: string | undefined): NpyDtype | undefined {
  try {
    return elementType(descr).dtype;
  } catch (error) {
    if (error instanceof NpyError) return undefined;
    throw error;
  }
}
