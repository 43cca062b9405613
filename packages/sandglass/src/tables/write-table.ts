import { rename, rm } from "node:fs/promises";
import { basename, dirname, extname, join } from "node:path";
import type { tables } from "@sandglass/core";
import { fileSystemError } from "../data/file-system-error.ts";
import { makeFolder } from "../data/make-folder.ts";
import { UserError } from "../errors.ts";
import { appendColumns } from "./append-columns.ts";
import { Database, firstLine, type DatabaseOptions } from "./database.ts";
import { columnName } from "./raw-table.ts";
import { quoteText } from "./sql-text.ts";

const WRITTEN = "written";

/** How files are written, by their names. */
const formats: Readonly<Record<string, string>> = {
  ".csv": "FORMAT csv, HEADER",
  ".tsv": "FORMAT csv, HEADER, DELIMITER '\t'",
  ".parquet": "FORMAT parquet",
  ".json": "FORMAT json, ARRAY",
  ".ndjson": "FORMAT json",
  ".jsonl": "FORMAT json",
};

/**
 * Writes columns to a file whose name says its format: `.csv`, `.tsv`, `.parquet`, `.json` (a list of objects), `.ndjson`; CSV and JSON
 * also with `.gz` behind it. Numbers that are all whole are written without a fraction, and dates without times as days. The file is there as a
 * whole, or as it was before.
 *
 * @param columns all of the table, or piece after piece with the same columns.
 * @throws UserError when the name says no format, or the disk is full or may not be written to.
 */
export async function writeTable(
  path: string,
  columns: readonly tables.Column[] | AsyncIterable<readonly tables.Column[]>,
  options: DatabaseOptions = {},
): Promise<void> {
  const format = formatOf(path);
  await makeFolder(dirname(path));
  const part = join(dirname(path), `.${basename(path)}.${process.pid}.part`);
  const database = await Database.open(options);
  try {
    let types: readonly tables.ColumnType[] = [];
    let names: readonly string[] = [];
    for await (const piece of Symbol.asyncIterator in columns ? columns : [columns]) {
      names = piece.map(({ name }) => name);
      types = piece.map(({ type }) => type);
      await appendColumns(database, WRITTEN, piece);
    }
    if (names.length === 0) throw new UserError(`there is nothing to write to ${path}: no columns came`);
    const selected = await Promise.all(
      names.map(async (name, index) => {
        const value = await outputSql(database, columnName(index), types[index] as tables.ColumnType);
        return `${value} AS "${name.replaceAll('"', '""')}"`;
      }),
    );
    await database.run(`COPY (SELECT ${selected.join(", ")} FROM ${WRITTEN}) TO ${quoteText(part)} (${format})`);
    await rename(part, path);
  } catch (error) {
    await rm(part, { force: true });
    if (error instanceof Error && error.message.startsWith("IO Error")) {
      throw new UserError(`${path} could not be written: ${firstLine(error.message)}`, { cause: error });
    }
    throw fileSystemError(error, path);
  } finally {
    await database.close();
  }
}

/**
 * How the file of this name is written, as DuckDB says it.
 *
 * @throws UserError when the name says no format.
 */
export function formatOf(path: string): string {
  const isCompressed = /\.gz$/i.test(path);
  const extension = extname(path.replace(/\.gz$/i, "")).toLowerCase();
  const format = formats[extension];
  if (format === undefined || (isCompressed && extension === ".parquet")) {
    throw new UserError(
      `the name ${path} says no format that tables are written in; expected one of ${Object.keys(formats).join(", ")}, ` +
        "and .gz behind those of texts",
      { exitCode: 2 },
    );
  }
  return isCompressed ? `${format}, COMPRESSION gzip` : format;
}

/** A column as people write it. */
async function outputSql(database: Database, name: string, type: tables.ColumnType): Promise<string> {
  if (type === "text") return name;
  if (type === "number") {
    const row = await database.row(
      `SELECT bool_and(${name} = trunc(${name}) AND abs(${name}) <= 9007199254740992) AS is_whole FROM ${WRITTEN}`,
    );
    return row["is_whole"] === true ? `${name}::BIGINT` : name;
  }
  const row = await database.row(
    `SELECT bool_and(${name} = date_trunc('day', ${name})) AS are_days, ` +
      `bool_and(${name}::DATE = DATE '1970-01-01') AS are_times FROM ${WRITTEN}`,
  );
  if (row["are_days"] === true) return `${name}::DATE`;
  return row["are_times"] === true ? `${name}::TIME` : name;
}
