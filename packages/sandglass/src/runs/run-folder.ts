/** The folder of a run: its name, its files, and how it gets there as a whole. */
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { fileSystemError } from "../data/file-system-error.ts";
import { checkMakeable, checkWritable, makeFolder } from "../data/make-folder.ts";
import { UserError } from "../errors.ts";
import { someNames } from "../text/some-names.ts";
import { pointLastTo } from "./last-run.ts";
import { writeWholeFile } from "./write-file.ts";

/** Where runs are kept unless the user says otherwise. */
const RUNS_FOLDER = "runs";

export const runFiles = {
  record: "run.json",
  /** How values became samples, so that other data are prepared alike. */
  preparation: "preparation.json",
  history: "history.csv",
  model: "model.keras",
  report: "report.html",
  /** The state at the end of the last whole epoch, where the run was left in the middle of one. */
  checkpoint: "checkpoint.keras",
} as const;

/** The content of a run's files by name; `undefined` for one that must not be there. */
export type RunContent = Readonly<Record<string, string | Uint8Array | undefined>>;

/** `runs/2026-11-21-143005-fashion-mnist-conv` */
export function runFolderName(started: Date, data: string, model: string): string {
  const pad = (value: number): string => String(value).padStart(2, "0");
  const date = [started.getFullYear(), pad(started.getMonth() + 1), pad(started.getDate())].join("-");
  const time = [started.getHours(), started.getMinutes(), started.getSeconds()].map(pad).join("");
  return [date, time, data.normalize("NFC").replaceAll(/[^\p{L}\p{N}_.-]+/gu, "-"), model].join("-");
}

/**
 * Finds out, before anything is read for a run, whether it can be written where the user wants it. Nothing is made.
 *
 * @param wanted the user's own choice; a new folder in `runs` unless given.
 * @param force whether a run that is there already may be replaced.
 * @throws UserError when there is something in the folder already, or nothing can be written there.
 */
export async function checkRunFolder(wanted: string | undefined, force: boolean): Promise<void> {
  if (wanted !== undefined) await requireFree(wanted, force);
  await checkMakeable(wanted ?? RUNS_FOLDER);
}

/**
 * The folder for a new run, which is not made yet.
 *
 * @param wanted the user's own choice; otherwise a name by date and time that is still free.
 * @param force whether a run that is there already may be replaced.
 * @throws UserError when there is something in the folder already, or nothing can be written beside it.
 */
export async function chooseRunFolder(
  wanted: string | undefined,
  { name, force }: { readonly name: string; readonly force: boolean },
): Promise<string> {
  if (wanted === undefined) {
    const path = join(RUNS_FOLDER, name);
    for (let number = 1; ; number++) {
      const candidate = number === 1 ? path : `${path}-${number}`;
      if ((await entriesOf(candidate)) === undefined) return prepared(candidate, dirname(candidate));
    }
  }
  const isThere = await requireFree(wanted, force);
  return prepared(wanted, isThere ? wanted : dirname(resolve(wanted)));
}

/** @returns whether there is such a folder. */
async function requireFree(wanted: string, force: boolean): Promise<boolean> {
  const entries = await entriesOf(wanted);
  if (entries === undefined || entries.length === 0) return entries !== undefined;
  const isRun = entries.includes(runFiles.record);
  if (isRun && force) return true;
  if (isRun) {
    throw new UserError(`there is a run in ${wanted} already; choose another folder, or replace it with --force`);
  }
  throw new UserError(`the folder ${wanted} has files that are no run (${someNames(entries)}); choose another folder`);
}

/** Finds out before a long training, not after it, that nothing can be written there. */
async function prepared(folder: string, writtenIn: string): Promise<string> {
  await makeFolder(writtenIn);
  await checkWritable(writtenIn);
  return folder;
}

/**
 * Writes a run, or more of it. A new folder appears with all of its files at once; in one that is there, every file is
 * replaced as a whole.
 *
 * @throws UserError when the disk is full or may not be written to.
 */
export async function writeRun(folder: string, content: RunContent): Promise<void> {
  const path = resolve(folder);
  const present = await entriesOf(path);
  if (present === undefined) {
    await writeNewFolder(path, content);
  } else {
    for (const [name, bytes] of Object.entries(content)) {
      if (bytes === undefined) await rm(join(path, name), { force: true });
      else await writeWholeFile(join(path, name), bytes);
    }
  }
  if (dirname(path) === resolve(RUNS_FOLDER)) await pointLastTo(path);
}

/** Reads a file of a run. */
export async function readRunFile(folder: string, name: string): Promise<Uint8Array> {
  const path = join(folder, name);
  const bytes = await readFile(path).catch((error: unknown) => {
    throw fileSystemError(error, path);
  });
  return new Uint8Array(bytes);
}

/** Whether a run has a file. */
export async function hasRunFile(folder: string, name: string): Promise<boolean> {
  return stat(join(folder, name)).then(
    (stats) => stats.isFile(),
    () => false,
  );
}

async function writeNewFolder(path: string, content: RunContent): Promise<void> {
  const temporary = join(dirname(path), `.${basename(path)}.${process.pid}.part`);
  try {
    await makeFolder(dirname(path));
    await rm(temporary, { recursive: true, force: true });
    await mkdir(temporary);
    for (const [name, bytes] of Object.entries(content)) {
      if (bytes !== undefined) await writeFile(join(temporary, name), bytes);
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { recursive: true, force: true });
    throw fileSystemError(error, path);
  }
}

/** The names in a folder; undefined when there is no such folder. */
async function entriesOf(path: string): Promise<string[] | undefined> {
  try {
    return await readdir(path);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw fileSystemError(error, path);
  }
}
