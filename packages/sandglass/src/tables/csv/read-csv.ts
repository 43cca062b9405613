/** Text files into the raw table: looked into one by one, read in groups of files that are written alike, in their order. */
import { rm } from "node:fs/promises";
import { columnDifferences } from "../column-differences.ts";
import type { Database } from "../database.ts";
import { columnName, RAW, type RawTable } from "../raw-table.ts";
import { asNumber } from "../row-values.ts";
import { UserError } from "../../errors.ts";
import { someNames } from "../../text/some-names.ts";
import { judgeBadRows, takeBadRows } from "./bad-rows.ts";
import { checkColumnCount } from "./check-width.ts";
import type { CsvChoices } from "./csv-choices.ts";
import { detectDialect, type Dialect } from "./dialect.ts";
import { headerNotes } from "./header-notes.ts";
import { countRows, insertRows, type InsertedRows, type MisfitLines, type Places } from "./insert-rows.ts";
import { bothLeftOut, placesInAll, type FileRows } from "./left-out-rows.ts";
import { openTextFile, type TextFile } from "./text-file.ts";

/** Files that follow one another and are written alike. */
interface FileGroup {
  readonly files: readonly TextFile[];
  readonly dialect: Dialect;
}

/** What was made of a group: its files as they were read in the end. */
interface ReadRows {
  readonly bad: MisfitLines;
  readonly files: readonly TextFile[];
  /** How many rows of each file were read. */
  readonly rows: readonly FileRows[];
}

const MOST_BAD_ROWS = 0.1;

/**
 * Reads text files into the raw table, all cells as text.
 *
 * @throws UserError when there are no rows, too many do not fit, or a file is no table.
 */
export async function readCsv(
  database: Database,
  paths: readonly string[],
  choices: CsvChoices = {},
): Promise<RawTable> {
  const { groups, empty } = await groupFiles(database, paths, choices);
  const names = [...new Set(groups.flatMap(({ dialect }) => dialect.names))];
  const notes = columnDifferences(
    groups.map(({ files, dialect }) => ({
      path: files[0]?.path ?? "",
      others: files.length - 1,
      names: dialect.names,
    })),
  );
  checkColumnCount(paths[0] ?? "", names.length);
  await database.expectColumns(names.length);
  await database.run(`CREATE TABLE ${RAW} (${names.map((_, index) => `${columnName(index)} VARCHAR`).join(", ")})`);
  const places = new Map(names.map((name, index) => [name, index]));
  const read: ReadRows[] = [];
  for (const group of groups) read.push(await readGroup(database, group, places, choices));
  const good = await countRead(database);
  const bad = together(read.map((group) => group.bad));
  const badNotes = judgeBadRows(bad, good, choices.maxBadRows ?? MOST_BAD_ROWS);
  if (good === 0) {
    throw new UserError(
      `${paths[0]} has a header (${someNames(names, 5)}) and no rows; expected lines with values below it`,
    );
  }
  return {
    columns: names.map((name) => ({ name, sqlType: "VARCHAR" })),
    notes: [
      ...emptyNotes(empty),
      ...groups.flatMap(({ files, dialect }) => headerNotes(files[0] as TextFile, dialect)),
      ...notes,
      ...encodingNotes(read.flatMap(({ files }) => files)),
      ...badNotes,
    ],
    leftOut: placesInAll(
      read.flatMap(({ rows }) => rows),
      bad.leftOut,
    ),
    decimal: choices.decimal,
    prefersDecimalComma: groups.some(({ dialect }) => dialect.delimiter === ";"),
  };
}

async function groupFiles(
  database: Database,
  paths: readonly string[],
  choices: CsvChoices,
): Promise<{ groups: readonly FileGroup[]; empty: readonly string[] }> {
  const groups: { files: TextFile[]; dialect: Dialect }[] = [];
  const empty: string[] = [];
  for (const path of paths) {
    const file = await openTextFile(database, path, choices);
    if (file === undefined) {
      empty.push(path);
      continue;
    }
    const last = groups.at(-1);
    const before = last?.files[0];
    const isAlike =
      last?.dialect.header === true &&
      before?.firstLine === file.firstLine &&
      before.isCompressed === file.isCompressed;
    if (isAlike) {
      last.files.push(file);
      continue;
    }
    const dialect = await detectDialect(database, file, choices);
    checkColumnCount(path, dialect.names.length);
    groups.push({ files: [file], dialect });
  }
  if (groups.length === 0) {
    throw new UserError(
      paths.length === 1 ? `${paths[0]} is empty` : `all ${paths.length} files are empty, ${paths[0]} first of all`,
    );
  }
  return { groups, empty };
}

/** Inserts the rows of a group; once more, where bytes far behind the beginning of a file turn out to be no UTF-8. */
async function readGroup(
  database: Database,
  { files, dialect }: FileGroup,
  places: Places,
  { encoding }: CsvChoices,
): Promise<ReadRows> {
  const firstLine = dialect.skip + (dialect.header ? 2 : 1);
  const before = await countRead(database);
  const { first } = await database.row(`SELECT coalesce(max(rowid) + 1, 0)::DOUBLE AS first FROM ${RAW}`);
  const inserted = await insertRows(database, files, dialect, places);
  const noted = await takeBadRows(database, files, firstLine);
  if (noted.otherEncoding.size === 0) {
    const bad = together([noted, inserted]);
    const rows = await rowsOfFiles(database, { files, dialect }, inserted, bad, (await countRead(database)) - before);
    await removeCopies(files);
    return { bad, files, rows };
  }
  await database.run(`DELETE FROM ${RAW} WHERE rowid >= ${asNumber(first)}`);
  const mended: TextFile[] = [];
  for (const file of files) {
    const isOther = noted.otherEncoding.has(file.readable);
    const again = isOther ? await openTextFile(database, file.path, { isDoubtful: true, encoding }) : undefined;
    mended.push(again ?? file);
  }
  // One by one, as some of them may be compressed and others not.
  const lines: MisfitLines[] = [];
  const rows: FileRows[] = [];
  for (const file of mended) {
    const others = await countRead(database);
    lines.push(await insertRows(database, [file], dialect, places));
    rows.push({ readable: file.readable, rows: (await countRead(database)) - others });
  }
  const remaining = await takeBadRows(database, mended, firstLine);
  await removeCopies([...files, ...mended]);
  return { bad: together([remaining, ...lines]), files: mended, rows };
}

async function countRead(database: Database): Promise<number> {
  const { rows } = await database.row(`SELECT count(*)::DOUBLE AS rows FROM ${RAW}`);
  return asNumber(rows);
}

/** How many rows of each file were read: counted only where rows of several files were left out. */
async function rowsOfFiles(
  database: Database,
  { files, dialect }: FileGroup,
  { rows }: InsertedRows,
  { count }: MisfitLines,
  all: number,
): Promise<readonly FileRows[]> {
  if (rows !== undefined) return rows;
  if (count > 0 && files.length > 1) return countRows(database, files, dialect);
  return files.map(({ readable }, index) => ({ readable, rows: index === 0 ? all : 0 }));
}

function together(bad: readonly MisfitLines[]): MisfitLines {
  return {
    count: bad.reduce((sum, { count }) => sum + count, 0),
    examples: bad.flatMap(({ examples }) => examples).slice(0, 3),
    leftOut: bad.map(({ leftOut }) => leftOut).reduce(bothLeftOut),
  };
}

const MOST_NOTES = 3;

function emptyNotes(empty: readonly string[]): readonly string[] {
  if (empty.length <= MOST_NOTES) return empty.map((path) => `${path} is empty`);
  return [`${empty.length.toLocaleString("en-US")} files are empty: ${someNames(empty)}`];
}

/** What was found of the letters of files, the first few in full. */
function encodingNotes(files: readonly TextFile[]): readonly string[] {
  const notes = files.flatMap(({ note }) => (note === undefined ? [] : [note]));
  const more = notes.length - MOST_NOTES;
  return more <= 0 ? notes : [...notes.slice(0, MOST_NOTES), `${more} more files hold bytes that are no UTF-8 as well`];
}

async function removeCopies(files: readonly TextFile[]): Promise<void> {
  for (const { readable, isCopy } of files) if (isCopy) await rm(readable, { force: true });
}
