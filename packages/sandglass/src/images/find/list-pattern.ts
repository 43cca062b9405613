import { basename, resolve } from "node:path";
import { UserError } from "../../errors.ts";
import { withSlashes } from "./list-folder.ts";
import { isImageName } from "./file-names.ts";
import type { Listing } from "./listing.ts";
import { matchPattern } from "./match-pattern.ts";
import { compareCodeUnits } from "./names.ts";
import { countKinds } from "./no-images.ts";
import { measureFiles } from "./measure-files.ts";

/**
 * The images that a pattern matches.
 *
 * @throws UserError when it matches no file.
 */
export async function listPattern(source: string, signal?: AbortSignal): Promise<Listing> {
  const { folder, matched, files, notes: walkNotes } = await matchPattern(source, signal);
  if (matched.length === 0) throw nothingMatches(source, folder, files);
  const root = resolve(folder);
  const { images, otherFiles, notes } = await measureFiles(root, matched, signal);
  return {
    label: basename(root) || root,
    whole: withSlashes(root),
    images,
    otherFiles,
    folders: [],
    notes: [...walkNotes, ...notes],
  };
}

function nothingMatches(source: string, folder: string, files: readonly string[]): UserError {
  const sorted = files.toSorted(compareCodeUnits);
  const example = sorted.find((path) => isImageName(path)) ?? sorted[0];
  const there = example === undefined ? "has no files that deep" : `has ${countKinds(files)}, such as ${example}`;
  return new UserError(
    `no file matches the pattern ${source}; ${folder} ${there}\n` +
      "Patterns tell small letters from capitals; ** stands for any number of folders, and {jpg,png} for either.",
  );
}
