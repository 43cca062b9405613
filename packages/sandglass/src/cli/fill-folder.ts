import { readdir, rm, rmdir } from "node:fs/promises";
import { join } from "node:path";
import { makeFolder } from "../data/make-folder.ts";
import { writeWholeFile } from "../runs/write-file.ts";

export type NamedFile = readonly [name: string, bytes: Uint8Array];

/**
 * Writes files into a folder, which is made if need be. If one of them cannot be written or made, none of them stays in a
 * folder that held nothing before; in one that held files, those written so far stay, each of them whole.
 *
 * @returns the names, in order.
 * @throws UserError when the disk is full or may not be written to.
 */
export async function fillFolder(folder: string, files: AsyncIterable<NamedFile>): Promise<string[]> {
  const before = await readdir(folder).catch(() => undefined);
  await makeFolder(folder);
  const written: string[] = [];
  try {
    for await (const [name, bytes] of files) {
      await writeWholeFile(join(folder, name), bytes);
      written.push(name);
    }
  } catch (error) {
    if (before === undefined || before.length === 0) {
      for (const name of written) await rm(join(folder, name), { force: true });
    }
    if (before === undefined) await rmdir(folder).catch(() => undefined);
    throw error;
  }
  return written;
}
