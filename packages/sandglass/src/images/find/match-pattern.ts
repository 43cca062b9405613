/**
 * Files by patterns such as `photos/*.jpg`. The folder before the first part with a sign of a pattern is walked as any folder is, so
 * that links, hidden folders and folders without permission are treated alike, and the paths below it are matched.
 */
import { stat } from "node:fs/promises";
import picomatch from "picomatch";
import { UserError } from "../../errors.ts";
import { withSlashes } from "./list-folder.ts";
import { walkFolder } from "./walk-folder.ts";

/** Whether a source that no file or folder has as its name may be a pattern. */
export function isPattern(source: string): boolean {
  return /[*?[{]/.test(source);
}

export interface MatchedFiles {
  /** In which the pattern begins, as the user wrote it. */
  readonly folder: string;
  /** Paths below it that match, in no order. Folders do not: `photos/*` are the files in `photos`. */
  readonly matched: readonly string[];
  /** Those, and the others as deep as the pattern reaches. */
  readonly files: readonly string[];
  readonly notes: readonly string[];
}

/**
 * Finds the files that a pattern matches. Those in hidden folders are not among them.
 *
 * @throws UserError when there is no folder in which it begins.
 */
export async function matchPattern(source: string, signal?: AbortSignal): Promise<MatchedFiles> {
  const { folder, pattern } = await splitPattern(withSlashes(source));
  const { files, notes } = await walkFolder(folder, { depth: depthOf(pattern), signal });
  // Disks differ in how they spell letters with accents; the user's keyboard composes them.
  const matches = picomatch(pattern.normalize("NFC"));
  return { folder, matched: files.filter((path) => matches(path.normalize("NFC"))), files, notes };
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
