import { basename } from "node:path";
import { columnMeanings, type ColumnWord } from "./column-words.ts";
import { convertColumns } from "./convert-columns.ts";
import type { CsvChoices } from "./csv/csv-choices.ts";
import { readCsv } from "./csv/read-csv.ts";
import { Database, type DatabaseOptions } from "./database.ts";
import { findTableFiles, type TableFiles } from "./find-table-files.ts";
import type { RawTable } from "./raw-table.ts";
import { readTypedFiles } from "./read-typed-files.ts";
import type { Readings } from "./reading.ts";
import { requireColumn } from "./require-column.ts";
import { rowNumbers } from "./row-numbers.ts";
import { asNumber } from "./row-values.ts";
import { ROWS, type Table } from "./table.ts";

export interface OpenTableOptions extends DatabaseOptions {
  /** What columns are, by their names, where the files do not say it well: `{ zip: "category", weight: "number", when: "dayfirst" }`. */
  readonly types?: Readonly<Record<string, ColumnWord>> | undefined;
  /**
   * Whether 3/4/2020 is a day in April: month/day unless given, where all dates of a column fit both. By the names of columns it counts whatever
   * their cells say.
   */
  readonly dayFirst?: boolean | Readonly<Record<string, boolean>> | undefined;
  readonly csv?: CsvChoices | undefined;
}

/**
 * Reads a table: CSV, TSV, Parquet, JSON or NDJSON, also compressed by gzip; a file, a folder of files, or a pattern such as `data/*.csv`. What the
 * columns of text files hold is seen from their cells. Tables may be larger than memory: they lie in a temporary database.
 *
 * @throws UserError when there is no table, it has no rows or too many columns, or too many rows do not fit.
 * @example
 * const table = await openTable("deliveries.csv", { types: { zip: "text" } });
 */
export function openTable(source: string | readonly string[], options: OpenTableOptions = {}): Promise<Table> {
  return readTable(source, options, checkNames);
}

/**
 * As `openTable`, for types of columns that the table need not have.
 *
 * @param readings how columns were read in training: kept wherever their cells can be read so.
 * @throws UserError as `openTable`.
 */
export function openOtherTable(
  source: string | readonly string[],
  options: OpenTableOptions,
  readings: Readings = {},
): Promise<Table> {
  return readTable(source, options, () => undefined, readings);
}

async function readTable(
  source: string | readonly string[],
  { types: words = {}, dayFirst = false, csv, ...databaseOptions }: OpenTableOptions,
  checkTypes: typeof checkNames,
  readings: Readings = {},
): Promise<Table> {
  const { types, dayFirst: orders } = columnMeanings(words);
  const database = await Database.open(databaseOptions);
  try {
    const files = await findTableFiles(source, database.signal);
    const raw = await readRaw(database, files, csv);
    checkTypes(raw, words);
    const { columns, notes } = await convertColumns(database, raw.columns, {
      types,
      readings,
      decimal: raw.decimal,
      prefersDecimalComma: raw.prefersDecimalComma,
      prefersDayFirst: dayFirst === true,
      dayFirst: { ...orders, ...(typeof dayFirst === "object" && dayFirst) },
    });
    const { count } = await database.row(`SELECT count(*)::DOUBLE AS count FROM ${ROWS}`);
    return {
      name: nameOf(source, files),
      files: files.paths,
      columns,
      count: asNumber(count),
      rowNumber: rowNumbers(raw.leftOut),
      notes: [...files.notes, ...raw.notes, ...notes],
      database,
      close: () => database.close(),
    };
  } catch (error) {
    await database.close();
    throw error;
  }
}

function readRaw(database: Database, { paths, format }: TableFiles, csv: CsvChoices | undefined): Promise<RawTable> {
  return format === "csv" ? readCsv(database, paths, csv) : readTypedFiles(database, paths, format);
}

function checkNames({ columns }: RawTable, types: Readonly<Record<string, unknown>>): void {
  for (const name of Object.keys(types)) requireColumn({ name: "the table", columns }, name, "a type was given for");
}

/** `deliveries` of `deliveries.csv.gz`; the name of the folder where that was named. */
function nameOf(source: string | readonly string[], { paths }: TableFiles): string {
  const named = typeof source === "string" ? source : (source[0] ?? "");
  const path = paths.length === 1 || /[*?[{]/.test(named) ? (paths[0] ?? named) : named;
  return basename(path).replace(/(\.[A-Za-z]+)?(\.gz)?$/i, "") || basename(path);
}
