import { mkdir, mkdtemp, rmdir, stat } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { UserError } from "../errors.ts";
import { fileSystemError } from "./file-system-error.ts";

/**
 * Makes a folder, and those above it, where there is none. Unlike `mkdir` with `recursive` it comes to an end where a file
 * system takes no folders and says so oddly (Node goes on for ever under `/proc`), and names a disk that is read-only.
 *
 * @throws UserError when it cannot be made.
 */
export async function makeFolder(path: string): Promise<void> {
  try {
    await make(resolve(path));
  } catch (error) {
    throw error instanceof UserError ? error : fileSystemError(error, path);
  }
}

async function make(path: string): Promise<void> {
  if (await isFolder(path)) return;
  const parent = dirname(path);
  if (parent !== path) await make(parent);
  try {
    await mkdir(path);
  } catch (error) {
    // Another process may have made it in the meantime.
    if (await isFolder(path)) return;
    if (codeOf(error) !== "ENOENT") throw error;
    throw new UserError(`the folder ${path} could not be made: ${parent} takes no folders; choose another place`, {
      cause: error,
    });
  }
}

/**
 * Finds out whether something can be made in a folder, by doing it.
 *
 * @throws UserError when it cannot: no permission, a read-only disk, a folder of the system's own.
 */
export async function checkWritable(folder: string): Promise<void> {
  try {
    await rmdir(await mkdtemp(join(folder, ".sandglass-")));
  } catch (error) {
    if (codeOf(error) === "ENOENT") {
      throw new UserError(`nothing can be made in the folder ${folder}; choose another place`, { cause: error });
    }
    throw fileSystemError(error, folder);
  }
}

/**
 * Finds out whether a folder can be made, or written to where it is there. Nothing is left behind.
 *
 * @throws UserError as `checkWritable` does of the folder, or of the nearest one above it.
 */
export async function checkMakeable(path: string): Promise<void> {
  let nearest = resolve(path);
  while (!(await isFolder(nearest)) && dirname(nearest) !== nearest) nearest = dirname(nearest);
  await checkWritable(nearest);
}

function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (stats) => stats.isDirectory(),
    () => false,
  );
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && "code" in error ? error.code : undefined;
}
