/** From what the user names to the files of a table: a file, a folder with files, a pattern, or several of these. */
import { stat } from "node:fs/promises";
import { basename, extname, join, resolve } from "node:path";
import { fileSystemError } from "../data/file-system-error.ts";
import { UserError } from "../errors.ts";
import { isPattern, matchPattern, walkFolder } from "../images/find/index.ts";
import { someNames } from "../text/some-names.ts";
import { readHead } from "./csv/file-head.ts";
import { expandBraces } from "./expand-braces.ts";

export type TableFormat = "csv" | "parquet" | "json";

export interface TableFiles {
  readonly paths: readonly string[];
  readonly format: TableFormat;
  /** What was left out on the way, in plain words: links to folders that were read already. */
  readonly notes: readonly string[];
}

/** What files are called; behind each may stand `.gz`. */
const formats: Readonly<Record<string, TableFormat>> = {
  ".csv": "csv",
  ".tsv": "csv",
  ".tab": "csv",
  ".txt": "csv",
  ".data": "csv",
  ".parquet": "parquet",
  ".pq": "parquet",
  ".json": "json",
  ".ndjson": "json",
  ".jsonl": "json",
};

const SPREADSHEET = "a spreadsheet; save its sheet as CSV (UTF-8) in the program that it is from, and name that file";

/** What is no table that can be read here, with what to do about it. */
const others: Readonly<Record<string, string>> = {
  ".xlsx": SPREADSHEET,
  ".xls": SPREADSHEET,
  ".ods": SPREADSHEET,
  ".npz": "an archive of arrays, not a table",
  ".npy": "an array, not a table",
  ".zip": "an archive; unpack it first",
};

/** Whether the name of a file, or a pattern, says that it holds a table. */
export function isTableName(path: string): boolean {
  return expandBraces(path).some((one) => formatOfName(one) !== undefined);
}

/** Whether a name says that a file holds a table, and nothing else: a `.txt` or `.json` may be a license, or notes on images. */
export function isPlainTableName(path: string): boolean {
  return /\.(?:csv|tsv|tab|parquet|pq|ndjson|jsonl)(?:\.gz)?$/iu.test(path);
}

/**
 * Finds the files of a table, sorted by their paths.
 *
 * @throws UserError when there is nothing of that name, no table, or tables in different formats.
 */
export async function findTableFiles(source: string | readonly string[], signal?: AbortSignal): Promise<TableFiles> {
  const sources = typeof source === "string" ? [source] : source;
  const found: FoundFiles[] = [];
  for (const one of sources) found.push(await filesOf(one, signal));
  const paths = [...new Set(found.flatMap((one) => one.paths))];
  if (paths.length === 0) throw new UserError("no files were named; expected the path of at least one table");
  const known = await Promise.all(paths.map(async (path) => ({ path, format: await formatOf(path, signal) })));
  const [first] = known;
  const other = known.find(({ format }) => format !== first?.format);
  if (first === undefined || other !== undefined) {
    throw new UserError(
      `${first?.path} is ${first?.format.toUpperCase()} and ${other?.path} ${other?.format.toUpperCase()}; the files of one table must have ` +
        "one format: choose them by a pattern such as data/*.csv",
    );
  }
  return { paths, format: first.format, notes: found.flatMap(({ notes }) => notes) };
}

type FoundFiles = Pick<TableFiles, "paths" | "notes">;

async function filesOf(source: string, signal: AbortSignal | undefined): Promise<FoundFiles> {
  const stats = await stat(source).catch((error: unknown) => {
    if (error instanceof Error && "code" in error && ["ENOENT", "ENOTDIR"].includes(String(error.code)))
      return undefined;
    throw fileSystemError(error, source);
  });
  if (stats?.isDirectory() === true) return filesOfFolder(source, signal);
  if (stats !== undefined) return { paths: [source], notes: [] };
  if (!isPattern(source)) {
    throw new UserError(`there is no file or folder ${source} (in ${process.cwd()}); check the path`);
  }
  const { folder, matched, notes } = await matchPattern(source, signal);
  if (matched.length === 0) throw new UserError(`no file matches ${source} (in ${process.cwd()}); check the pattern`);
  return { paths: pathsIn(folder, matched), notes };
}

/** The tables in a folder and those below it; texts beside them are left out, and taken where there is nothing else. */
async function filesOfFolder(folder: string, signal: AbortSignal | undefined): Promise<FoundFiles> {
  const { files, folders, notes } = await walkFolder(folder, { signal });
  const seen = files.filter((path) => !basename(path).startsWith("."));
  const plain = seen.filter(isPlainTableName);
  const found = plain.length > 0 ? plain : seen.filter(isTableName);
  if (found.length > 0) return { paths: pathsIn(folder, found), notes };
  const there = [...files, ...folders];
  throw new UserError(
    there.length === 0
      ? `the folder ${resolve(folder)} is empty; expected files such as .csv, .parquet or .json`
      : `the folder ${resolve(folder)} has no files such as .csv, .parquet or .json; it has ${someNames(there.toSorted(), 5)}`,
  );
}

/** Ordered by their characters, the same on every machine. */
function pathsIn(folder: string, files: readonly string[]): readonly string[] {
  return files.toSorted((one, other) => (one < other ? -1 : 1)).map((file) => join(folder, file));
}

function formatOfName(path: string): TableFormat | undefined {
  return formats[extname(path.replace(/\.gz$/i, "")).toLowerCase()];
}

async function formatOf(path: string, signal: AbortSignal | undefined): Promise<TableFormat> {
  const other = others[extname(path).toLowerCase()];
  if (other !== undefined) throw new UserError(`${path} is ${other} (expected CSV, TSV, Parquet or JSON)`);
  return formatOfName(path) ?? formatOfContent(path, signal);
}

/** For files whose names say nothing. */
async function formatOfContent(path: string, signal: AbortSignal | undefined): Promise<TableFormat> {
  const { bytes } = await readHead(path, signal);
  const start = new TextDecoder("latin1").decode(bytes.subarray(0, 1000)).trimStart();
  if (start.startsWith("PAR1")) return "parquet";
  return /^(\[\s*)?\{/.test(start) ? "json" : "csv";
}
