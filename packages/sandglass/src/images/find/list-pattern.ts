/**
 * Patterns such as `photos/*.jpg`. The folder before the first part with a sign of a pattern is walked as any folder is, so
 * that links, hidden folders and folders without permission are treated alike, and the paths below it are matched.
 */
import { stat } from "node:fs/promises";
import { basename, resolve } from "node:path";
import picomatch from "picomatch";
import { UserError } from "../../errors.ts";
import { withSlashes } from "./list-folder.ts";
import type { Listing } from "./listing.ts";
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
  const { folder, pattern } = splitPattern(withSlashes(source));
  const root = resolve(folder);
  if (!(await isFolder(root))) {
    throw new UserError(`there is no folder ${folder} (in ${process.cwd()}), where the pattern ${source} begins`);
  }
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
  const there = files.length === 0 ? "has no files that deep" : `has ${countKinds(files)}`;
  return new UserError(
    `no file matches the pattern ${source}; ${folder} ${there}\n` +
      "Patterns tell small letters from capitals; ** stands for any number of folders, and {jpg,png} for either.",
  );
}

/** The folders before the first part with a sign of a pattern, and the pattern from there on. */
function splitPattern(source: string): { folder: string; pattern: string } {
  const parts = source.split("/");
  const first = parts.findIndex((part) => /[*?[{\\]/.test(part));
  const folder = parts.slice(0, first).join("/");
  return { folder: folder === "" && first > 0 ? "/" : folder || ".", pattern: parts.slice(first).join("/") };
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
