import { stat } from "node:fs/promises";
import { UserError } from "../errors.ts";

/**
 * Before anything is computed: a file of the user's is not replaced by chance.
 *
 * @param out what `--out` says.
 * @param what the file is, with a name for it, which are told where a folder was named.
 * @throws UserError when something of its name is there that may not be replaced.
 */
export async function checkFree(
  out: string,
  { force, what, example }: { readonly force: boolean; readonly what: string; readonly example: string },
): Promise<void> {
  const stats = await stat(out).catch(() => undefined);
  if (stats?.isDirectory() === true) {
    throw new UserError(`--out ${out} is a folder; give the ${what} a name, such as ${out}/${example}`, {
      exitCode: 2,
    });
  }
  if (stats === undefined || force) return;
  throw new UserError(`there is a file ${out} already; choose another name with --out, or replace it with --force`);
}
