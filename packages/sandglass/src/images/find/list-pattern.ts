/**
 * Patterns such as `photos/*.jpg`. The folder before the first part with a sign of a pattern is walked as any folder is, so
 * that links, hidden folders and folders without permission are treated alike, and the paths below it are matched.
 */
import { stat } from "node:fs/promises";
import { basename, resolve } from "node:path";
import picomatch from "picomatch";
import { UserError } from "../../errors.ts";
import { withSlashes } from "./list-folder.ts";
import { isImageName } from "./file-names.ts";
import type { Listing } from "./listing.ts";
import { compareCodeUnits } from "./names.ts";
import { countKinds } from "./no-images.ts";
import { measureFiles } from "./measure-files.ts";
import { walkFolder } from "./walk-folder.ts";

/** Whether a source that no file or folder has as its name may be a pattern. */
export function isPattern(source: string): boolean {
  return /[*?[{]/.test(source);
}

/**
 * The images that a pattern matches. Matched folders count as nothing: `photos/*` are the files in `photos`.
 *
 * @throws UserError when it matches no file.
 */
export async function listPattern(source: string, signal?: AbortSignal): Promise<Listing> {
  const { folder, pattern } = await splitPattern(withSlashes(source));
  const root = resolve(folder);
  const { files, notes: walkNotes } = await walkFolder(root, { depth: depthOf(pattern), signal });
  // Disks differ in how they spell letters with accents; the user's keyboard composes them.
  const matches = picomatch(pattern.normalize("NFC"));
  const matched = files.filter((path) => matches(path.normalize("NFC")));
  if (matched.length === 0) throw nothingMatches(source, folder, files);
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

/**
 * The folder in which a pattern begins, and the pattern from there on. A folder that exists is no part of the pattern, whatever
 * its name: `photos [2020]/*.jpg`.
 */
async function splitPattern(source: string): Promise<{ folder: string; pattern: string }> {
  const parts = source.split("/");
  let first = 0;
  while (first < parts.length - 1 && (await isFolder(folderOf(parts, first + 1)))) first++;
  const begin = parts[first] ?? "";
  if (!isPattern(begin)) {
    throw new UserError(
      `there is no folder ${folderOf(parts, first + 1)} (in ${process.cwd()}), in which the pattern ${source} begins`,
    );
  }
  return { folder: folderOf(parts, first), pattern: parts.slice(first).join("/") };
}

/** The first parts of a path as a path: of `/data/x` the first is the root, and of `data/x` none is where we are. */
function folderOf(parts: readonly string[], number: number): string {
  if (number === 0) return ".";
  return parts.slice(0, number).join("/") || "/";
}

/** How many folders deep a pattern reaches, so that `*.jpg` reads one folder and not all below it. */
function depthOf(pattern: string): number {
  return pattern.includes("**") || /\{[^}]*\//.test(pattern) ? Infinity : pattern.split("/").length - 1;
}

function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (stats) => stats.isDirectory(),
    () => false,
  );
}
