/** Folders for what is too large for memory: removed when they are no longer needed, and when the process ends before that. */
import { rmSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileSystemError } from "../data/file-system-error.ts";

export interface TemporaryFolder {
  readonly path: string;
  /** Removes it with all that is in it. */
  remove(): Promise<void>;
}

const current = new Set<string>();
let isWatching = false;

/**
 * Makes a folder where the system keeps temporary files (`TMPDIR` chooses another disk).
 *
 * @throws UserError when none can be made there.
 */
export async function makeTemporaryFolder(): Promise<TemporaryFolder> {
  const path = await mkdtemp(join(tmpdir(), "sandglass-table-")).catch((error: unknown) => {
    throw fileSystemError(error, tmpdir());
  });
  current.add(path);
  if (!isWatching) process.once("exit", removeAll);
  isWatching = true;
  return {
    path,
    remove: async () => {
      await rm(path, { recursive: true, force: true, maxRetries: 3 });
      current.delete(path);
    },
  };
}

function removeAll(): void {
  for (const path of current) rmSync(path, { recursive: true, force: true });
}
