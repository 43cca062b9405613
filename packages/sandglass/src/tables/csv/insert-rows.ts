/** Rows of text files into the raw table, in the order of files and lines. */
import { cleanCell } from "../cells.ts";
import type { Database } from "../database.ts";
import { columnName, RAW } from "../raw-table.ts";
import { quotePaths, quoteText } from "../sql-text.ts";
import { compressionOf, WHITESPACE, type Dialect } from "./dialect.ts";
import type { TextFile } from "./text-file.ts";

/** No text has it, so a line is one cell. */
const NO_DELIMITER = "\u0001";

/** The numbers of columns by their names. */
export type Places = ReadonlyMap<string, number>;

/**
 * Appends the rows of files that are written alike.
 *
 * @param places where columns are in the raw table, which is filled by name: columns that these files lack have no value.
 */
export async function insertRows(
  database: Database,
  files: readonly TextFile[],
  dialect: Dialect,
  places: Places,
): Promise<void> {
  const targets = dialect.names.map((name) => columnName(places.get(name) as number)).join(", ");
  const cells = dialect.names.map((_, index) => cleanCell(cellName(index))).join(", ");
  await database.run(`INSERT INTO ${RAW} (${targets}) SELECT ${cells} FROM ${source(files, dialect)}`);
}

function source(files: readonly TextFile[], dialect: Dialect): string {
  const count = dialect.names.length;
  if (dialect.delimiter !== WHITESPACE) return reader(files, dialect, count, dialect.delimiter);
  // Lines of another number of cells end in NULL, or lose what is too much: numbers in columns are written by programs.
  const cells = dialect.names.map((_, index) => `cells[${index + 1}] AS ${cellName(index)}`).join(", ");
  const lines = reader(files, dialect, 1, NO_DELIMITER);
  return `(SELECT ${cells} FROM (SELECT regexp_split_to_array(trim(${cellName(0)}, ' \t'), '[ \t]+') AS cells FROM ${lines}))`;
}

function reader(files: readonly TextFile[], dialect: Dialect, columns: number, delimiter: string): string {
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
    "store_rejects = true",
    "rejects_limit = 0",
  ];
  return `read_csv(${quotePaths(files.map(({ readable }) => readable))}, ${options.join(", ")})`;
}

function cellName(index: number): string {
  return `x${index}`;
}
