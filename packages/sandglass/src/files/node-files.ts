import { appendFile, open, readdir, readFile, rename, rm } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import type { Files } from "@sandglass/core";
import { fileSystemError } from "../data/file-system-error.ts";
import { makeFolder } from "../data/make-folder.ts";

/**
 * The files of the disk, for callbacks that write while a training goes on. A file that is replaced has its old content or
 * its new one, even if the process is killed or the power fails in the meantime.
 *
 * @param folder where paths begin that are not absolute; the working folder unless given.
 * @throws UserError from every method, when a path cannot be used or the disk is full.
 */
export function nodeFiles(folder = "."): Files {
  const pathOf = (path: string): string => resolve(folder, path);
  return {
    read: (path) => told(path, () => absentAs(undefined, async () => new Uint8Array(await readFile(pathOf(path))))),
    write: (path, bytes) => told(path, () => inFolder(pathOf(path), (file) => writeWhole(file, bytes))),
    append: (path, bytes) => told(path, () => inFolder(pathOf(path), (file) => appendFile(file, bytes))),
    remove: (path) => told(path, () => rm(pathOf(path), { force: true })),
    list: (path) => told(path, () => absentAs([], () => listFiles(pathOf(path)))),
  };
}

/** Writes beside the file, waits until that is on the disk, and then puts it in place in one step. */
async function writeWhole(file: string, bytes: Uint8Array): Promise<void> {
  // Always the same name, so that killed processes leave one such file behind and not many.
  const temporary = join(dirname(file), `.${basename(file)}.part`);
  try {
    const handle = await open(temporary, "w");
    try {
      await handle.writeFile(bytes);
      await handle.datasync();
    } finally {
      await handle.close();
    }
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

async function listFiles(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map(({ name }) => name)
    .toSorted();
}

/** Does something with a file, in a folder that is made if that turns out to be necessary. */
async function inFolder(file: string, action: (file: string) => Promise<void>): Promise<void> {
  try {
    await action(file);
  } catch (error) {
    if (!isAbsent(error)) throw error;
    await makeFolder(dirname(file));
    await action(file);
  }
}

async function absentAs<T>(instead: T, action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    if (isAbsent(error)) return instead;
    throw error;
  }
}

/** Names the path where the file system refuses something. */
async function told<T>(path: string, action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    throw fileSystemError(error, path);
  }
}

function isAbsent(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ENOENT";
}
