/** h5wasm, the HDF5 library as WebAssembly, loaded when the first file is written. Reading does without it. */
import type * as h5wasm from "h5wasm";
import { clearTimestamps } from "./clear-timestamps.ts";
import { Hdf5Error } from "./hdf5-error.ts";

/** Only the name of a place in the library's own memory: nothing touches the machine's files. */
const FILE_NAME = "/file.h5";

/** The part that is used here of the file system in the library's memory. */
interface MemoryFiles {
  readFile(path: string): Uint8Array;
  unlink(path: string): void;
  analyzePath(path: string): { readonly exists: boolean };
}

/**
 * Calls `fill` with a new HDF5 file and returns the file's bytes, which do not depend on the clock. `fill` waits for nothing, so
 * that no two files are ever open at once under the one name.
 *
 * @throws Hdf5Error when the library refuses something.
 */
export async function createHdf5(fill: (file: h5wasm.File) => void): Promise<Uint8Array> {
  const library = await import("h5wasm");
  const module = await library.ready;
  const files = module.FS as MemoryFiles;
  // Otherwise the library prints what goes wrong.
  module.activate_throwing_error_handler();
  try {
    const file = new library.File(FILE_NAME, "w");
    try {
      fill(file);
    } finally {
      file.close();
    }
    const bytes = files.readFile(FILE_NAME);
    clearTimestamps(bytes);
    return bytes;
  } catch (error) {
    if (error instanceof Hdf5Error) throw error;
    throw new Hdf5Error(`the file cannot be written as HDF5: ${innermostReason(error)}`, { cause: error });
  } finally {
    module.deactivate_throwing_error_handler();
    if (files.analyzePath(FILE_NAME).exists) files.unlink(FILE_NAME);
  }
}

/** HDF5 prints its stack of calls, the deepest last: `#006: H5Gobj.c line 577 in f(): name already exists`. */
function innermostReason(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return [...message.matchAll(/#\d+: .* in \w+\(\): (.+)/gu)].at(-1)?.[1] ?? message;
}
