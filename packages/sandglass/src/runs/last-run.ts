/**
 * `runs/last`: a link to the newest run or, where links are not allowed as on most Windows machines, a small file with the
 * name of its folder.
 */
import { lstat, readdir, readFile, readlink, stat } from "node:fs/promises";
import { basename, dirname, isAbsolute, join } from "node:path";
import { nearestName } from "../data/nearest-name.ts";
import { UserError } from "../errors.ts";
import { replaceLink, writeWholeFile } from "./write-file.ts";

const LAST = "last";

/** Makes `last`, beside the run, point to it. */
export async function pointLastTo(
  run: string,
  link: (path: string, target: string) => Promise<void> = replaceLink,
): Promise<void> {
  const path = join(dirname(run), LAST);
  try {
    await link(path, basename(run));
  } catch {
    // Whatever a platform has against links, it takes a file; if it takes none either, that error is the user's.
    await writeWholeFile(path, `${basename(run)}\n`);
  }
}

/**
 * The folder of a run that the user named: by its path, by `runs/last`, or by its name alone within `runs`.
 *
 * @throws UserError when there is no run; it names the nearest one.
 */
export async function findRun(typed: string): Promise<string> {
  for (const path of [typed, join("runs", typed)]) {
    const folder = await followLast(path);
    if (await isRun(folder)) return folder;
  }
  const names = await runsIn(dirname(typed) === "." ? "runs" : dirname(typed));
  const meant = nearestName(basename(typed), [...names, LAST]);
  const advice =
    names.length === 0
      ? "Train a model first: sandglass train wardrobe --model conv"
      : `Known: ${names.slice(-5).join(", ")}${meant === undefined ? "" : `; did you mean "${meant}"?`}`;
  throw new UserError(`there is no run in ${typed} (a folder with run.json). ${advice}`, { exitCode: 2 });
}

/** The folder behind `last`, be it a link or a file; otherwise the path itself. Who writes to a run must not write to the link. */
async function followLast(path: string): Promise<string> {
  if (basename(path) !== LAST) return path;
  const stats = await lstat(path).catch(() => undefined);
  if (stats?.isSymbolicLink() === true) return resolveFrom(dirname(path), await readlink(path));
  return stats?.isFile() === true ? join(dirname(path), (await readFile(path, "utf8")).trim()) : path;
}

function resolveFrom(folder: string, target: string): string {
  return isAbsolute(target) ? target : join(folder, target);
}

async function isRun(folder: string): Promise<boolean> {
  return stat(join(folder, "run.json")).then(
    (stats) => stats.isFile(),
    () => false,
  );
}

async function runsIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder).catch(() => []);
  const found: string[] = [];
  for (const name of entries.filter((entry) => entry !== LAST).toSorted()) {
    if (await isRun(join(folder, name))) found.push(name);
  }
  return found;
}
