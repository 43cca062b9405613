/** Rows of text files into the raw table, in the order of files and lines. */
import { cleanCell } from "../cells.ts";
import type { Database } from "../database.ts";
import { columnName, RAW } from "../raw-table.ts";
import { quotePaths, quoteText } from "../sql-text.ts";
import { asNumber, asText } from "../row-values.ts";
import { otherWidth, type BadRows } from "./bad-rows.ts";
import { compressionOf, WHITESPACE, type Dialect } from "./dialect.ts";
import { leftOutRows, type FileRows } from "./left-out-rows.ts";
import type { TextFile } from "./text-file.ts";

/** No text has it, so a line is one cell. */
const NO_DELIMITER = "\u0001";

/** Lines between other steps. */
const LINES = "lines_of_cells";

/** Lines that DuckDB takes, and that are no rows all the same. */
export type MisfitLines = Pick<BadRows, "count" | "examples" | "leftOut">;

export interface InsertedRows extends MisfitLines {
  /** Where files are read one by one. */
  readonly rows?: readonly FileRows[];
}

/** The numbers of columns by their names. */
export type Places = ReadonlyMap<string, number>;

/**
 * Appends the rows of files that are written alike.
 *
 * @param places where columns are in the raw table, which is filled by name: columns that these files lack have no value.
 * @returns the lines of another width that DuckDB does not tell of.
 */
export async function insertRows(
  database: Database,
  files: readonly TextFile[],
  dialect: Dialect,
  places: Places,
): Promise<InsertedRows> {
  const targets = dialect.names.map((name) => columnName(places.get(name) as number)).join(", ");
  if (dialect.delimiter !== WHITESPACE) {
    const count = dialect.names.length;
    const cells = dialect.names.map((_, index) => cleanCell(cellName(index))).join(", ");
    const rows = reader(files, dialect, count, dialect.delimiter, NOTE_REJECTS);
    await database.run(`INSERT INTO ${RAW} (${targets}) SELECT ${cells} FROM ${rows}`);
    return { count: 0, examples: [], leftOut: new Map() };
  }
  const misfits: (MisfitLines & FileRows)[] = [];
  for (const file of files) misfits.push(await insertLines(database, file, dialect, targets));
  return {
    rows: misfits,
    count: misfits.reduce((sum, { count }) => sum + count, 0),
    examples: misfits.flatMap(({ examples }) => examples),
    leftOut: new Map(misfits.flatMap(({ leftOut }) => [...leftOut])),
  };
}

/** How many rows of each file can be read, where cells are not divided by blanks. */
export async function countRows(
  database: Database,
  files: readonly TextFile[],
  dialect: Dialect,
): Promise<readonly FileRows[]> {
  const rows = reader(files, dialect, dialect.names.length, dialect.delimiter, "filename = true");
  const counts = await database.rows(`SELECT filename, count(*)::DOUBLE AS rows FROM ${rows} GROUP BY filename`);
  const known = new Map(counts.map((row) => [asText(row["filename"]), asNumber(row["rows"])]));
  return files.map(({ readable }) => ({ readable, rows: known.get(readable) ?? 0 }));
}

/**
 * Lines with blanks between the cells, file by file: those of another number of cells are left out, and told.
 */
async function insertLines(
  database: Database,
  file: TextFile,
  dialect: Dialect,
  targets: string,
): Promise<MisfitLines & FileRows> {
  const width = dialect.names.length;
  const before = dialect.skip + (dialect.header ? 1 : 0);
  await database.run(
    `CREATE OR REPLACE TABLE ${LINES} AS SELECT regexp_split_to_array(trim(${cellName(0)}, ' \t'), '[ \t]+') AS cells, ` +
      `row_number() OVER () + ${before} AS line FROM ${reader([file], dialect, 1, NO_DELIMITER, NOTE_REJECTS)}`,
  );
  await database.run(`DELETE FROM ${LINES} WHERE cells IS NULL OR cells = ['']`);
  const cells = dialect.names.map((_, index) => cleanCell(`cells[${index + 1}]`)).join(", ");
  await database.run(
    `INSERT INTO ${RAW} (${targets}) SELECT ${cells} FROM ${LINES} WHERE len(cells) = ${width} ORDER BY line`,
  );
  const misfit = `len(cells) <> ${width}`;
  const counts = await database.row(
    `SELECT count(*) FILTER (${misfit})::DOUBLE AS misfits, count(*) FILTER (NOT ${misfit})::DOUBLE AS rows FROM ${LINES}`,
  );
  const examples = await database.rows(
    `SELECT line::DOUBLE AS line, len(cells)::DOUBLE AS found FROM ${LINES} WHERE ${misfit} ORDER BY line LIMIT 3`,
  );
  const leftOut = await leftOutRows(
    database,
    `SELECT ${quoteText(file.readable)}, place FROM (SELECT (row_number() OVER (ORDER BY line) - 1)::UINTEGER AS place, cells FROM ${LINES}) ` +
      `WHERE ${misfit} ORDER BY place`,
  );
  await database.run(`DROP TABLE ${LINES}`);
  return {
    readable: file.readable,
    rows: asNumber(counts["rows"]),
    count: asNumber(counts["misfits"]),
    leftOut,
    examples: examples.map((row) => ({
      path: file.path,
      line: asNumber(row["line"]),
      reason: otherWidth(asNumber(row["found"]), width),
    })),
  };
}

/** For `takeBadRows`. */
const NOTE_REJECTS = "store_rejects = true, rejects_limit = 0";

function reader(
  files: readonly TextFile[],
  dialect: Dialect,
  columns: number,
  delimiter: string,
  more: string,
): string {
  const types = Array.from({ length: columns }, (_, index) => `'${cellName(index)}': 'VARCHAR'`).join(", ");
  const [first] = files;
  const options = [
    "auto_detect = false",
    `columns = {${types}}`,
    `delim = ${quoteText(delimiter)}`,
    `quote = ${quoteText(dialect.quote)}`,
    `escape = ${quoteText(dialect.escape)}`,
    `header = ${String(dialect.header)}`,
    `skip = ${dialect.skip}`,
    `compression = '${first === undefined ? "none" : compressionOf(first)}'`,
    ...(dialect.comment === "" ? [] : [`comment = ${quoteText(dialect.comment)}`]),
    "ignore_errors = true",
    more,
  ];
  return `read_csv(${quotePaths(files.map(({ readable }) => readable))}, ${options.join(", ")})`;
}

function cellName(index: number): string {
  return `x${index}`;
}
