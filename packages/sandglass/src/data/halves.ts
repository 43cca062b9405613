/** Whether data come as a half to train with and another one to test with. */
import { stat } from "node:fs/promises";
import { UserError } from "../errors.ts";
import { findNamedSet } from "./registry.ts";

/** Named sets and folders have two halves; a file is all of one piece, whichever half is asked for. */
export async function hasHalves(nameOrPath: string): Promise<boolean> {
  if (findNamedSet(nameOrPath) !== undefined) return true;
  const stats = await stat(nameOrPath).catch(() => undefined);
  return stats?.isDirectory() ?? false;
}

/**
 * The same, for whoever would otherwise test with what was trained on.
 *
 * @param purpose what the test half is for: `--validation test`.
 * @throws UserError when there is a file of that name, which has no halves.
 */
export async function requireHalves(nameOrPath: string, purpose: string): Promise<void> {
  const stats = await stat(nameOrPath).catch(() => undefined);
  if (stats === undefined || (await hasHalves(nameOrPath))) return;
  throw new UserError(
    `${purpose} needs a set with a test half, and ${nameOrPath} is a single file; ` +
      "name a data set, or a folder with the files of both halves",
    { exitCode: 2 },
  );
}
