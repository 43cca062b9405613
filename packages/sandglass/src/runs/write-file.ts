import { rename, rm, symlink, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { fileSystemError } from "../data/file-system-error.ts";

/**
 * Writes a file so that it is there as a whole or, if anything goes wrong, as it was before.
 *
 * @throws UserError when the disk is full or may not be written to.
 */
export async function writeWholeFile(path: string, content: string | Uint8Array): Promise<void> {
  await writeUnderOtherName(path, (temporary) => writeFile(temporary, content));
}

/** Makes a link, in place of one that is there, without a moment in which there is none. */
export async function replaceLink(path: string, target: string): Promise<void> {
  await writeUnderOtherName(path, (temporary) => symlink(target, temporary));
}

async function writeUnderOtherName(path: string, write: (temporary: string) => Promise<void>): Promise<void> {
  const temporary = join(dirname(path), `.${basename(path)}.${process.pid}.part`);
  try {
    await write(temporary);
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw fileSystemError(error, path);
  }
}
