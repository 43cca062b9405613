import { basename, dirname, resolve, sep } from "node:path";
import { UserError } from "../../errors.ts";
import { someNames } from "../../text/some-names.ts";
import { withSlashes } from "./list-folder.ts";
import type { Listing } from "./listing.ts";
import { measureFiles } from "./measure-files.ts";

/**
 * Images given one by one, as a shell does with `photos/*.jpg`. Their paths count from the folder that all of them have
 * above them, so that the folders in between mean what they mean when that folder is given.
 */
export async function listFiles(paths: readonly string[], signal?: AbortSignal): Promise<Listing> {
  const files = [...new Set(paths.map((path) => resolve(path)))];
  const [first = "", ...others] = files;
  let root = dirname(first);
  while (others.some((path) => !isBelow(path, root))) {
    if (dirname(root) === root)
      throw new UserError("the files lie on several drives; give the images of one at a time");
    root = dirname(root);
  }
  const below = files.map((path) => withSlashes(path.slice(root.endsWith(sep) ? root.length : root.length + 1)));
  const measured = await measureFiles(root, below, signal);
  const label = others.length === 0 || measured.images.length === 0 ? someNames(below) : basename(root) || root;
  return { label, whole: withSlashes(root), isLoose: true, folders: [], ...measured };
}

function isBelow(path: string, folder: string): boolean {
  return path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}
