/** h5wasm, the HDF5 library as WebAssembly, loaded when the first weights file needs it. */
import type * as h5wasm from "h5wasm";
import { KerasFileError } from "./keras-file-error.ts";

/** Only the name of a place in the library's own memory: nothing touches the machine's files. */
const FILE_NAME = "/weights.h5";

/** The loaded library. */
export type Hdf5Library = typeof h5wasm;

/**
 * Calls `fill` with a new HDF5 file and returns the file's bytes.
 *
 * @throws KerasFileError when the library refuses something.
 */
export function createHdf5(fill: (file: h5wasm.File) => void): Promise<Uint8Array> {
  return withLibrary("the weights cannot be written as HDF5", (library, files) => {
    const file = new library.File(FILE_NAME, "w");
    try {
      fill(file);
    } finally {
      file.close();
    }
    return files.readFile(FILE_NAME);
  });
}

/**
 * Calls `visit` with an HDF5 file opened for reading and returns its result.
 *
 * @throws KerasFileError when the bytes are no sound HDF5 file.
 */
export function openHdf5<Result>(
  bytes: Uint8Array,
  visit: (file: h5wasm.File, library: Hdf5Library) => Result,
): Promise<Result> {
  return withLibrary("the weights are no sound HDF5 file", (library, files) => {
    files.writeFile(FILE_NAME, bytes);
    const file = new library.File(FILE_NAME, "r");
    try {
      return visit(file, library);
    } finally {
      file.close();
    }
  });
}

/** The part that is used here of the file system in the library's memory. */
interface MemoryFiles {
  readFile(path: string): Uint8Array;
  writeFile(path: string, bytes: Uint8Array): void;
  unlink(path: string): void;
  analyzePath(path: string): { readonly exists: boolean };
}

/** `use` waits for nothing, so that no two files are ever open at once under the one name. */
async function withLibrary<Result>(
  failure: string,
  use: (library: Hdf5Library, files: MemoryFiles) => Result,
): Promise<Result> {
  const library = await import("h5wasm");
  const module = await library.ready;
  const files = module.FS as MemoryFiles;
  // Otherwise the library prints what goes wrong.
  module.activate_throwing_error_handler();
  try {
    return use(library, files);
  } catch (error) {
    if (error instanceof KerasFileError) throw error;
    throw new KerasFileError(`${failure}: ${innermostReason(error)}`, { cause: error });
  } finally {
    module.deactivate_throwing_error_handler();
    if (files.analyzePath(FILE_NAME).exists) files.unlink(FILE_NAME);
  }
}

/** HDF5 prints its stack of calls, the deepest last: `#006: H5Fsuper.c line 577 in f(): truncated file: eof = 4180`. */
function innermostReason(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return [...message.matchAll(/#\d+: .* in \w+\(\): (.+)/gu)].at(-1)?.[1] ?? message;
}
