/** How a text file writes its table: what stands between the cells, around them, and where the rows begin. */
import type { Database } from "../database.ts";
import { firstLine } from "../database.ts";
import { asNumber, asText } from "../row-values.ts";
import { quotePath, quoteText } from "../sql-text.ts";
import { UserError } from "../../errors.ts";
import type { CsvChoices } from "./csv-choices.ts";
import { missingWords } from "../missing-words.ts";
import type { TextFile } from "./text-file.ts";

export interface Dialect {
  /** Between two cells; "whitespace" stands for any number of blanks. */
  readonly delimiter: string;
  readonly quote: string;
  readonly escape: string;
  /** What lines begin with that are to be passed over; empty where nothing is. */
  readonly comment: string;
  /** Lines before the header or the first row. */
  readonly skip: number;
  readonly header: boolean;
  /** Made up where the file has none. */
  readonly names: readonly string[];
}

/** The share of rows of another length with which a text may be a table. */
const MOST_RAGGED = 0.1;

/** As `Dialect` says it for files whose cells are divided by blanks. */
export const WHITESPACE = "whitespace";

/** Signs that have names, because shells and eyes lose them. */
const NAMED_SIGNS: Readonly<Record<string, string>> = { tab: "\t", "\\t": "\t", blanks: WHITESPACE };

/**
 * Finds out how a file is written. DuckDB tries what makes the lines equally long; where it finds one column only, blanks may divide the cells.
 *
 * @throws UserError when there is no way to read it as a table.
 */
export async function detectDialect(
  database: Database,
  file: TextFile,
  { delimiter: wanted, header }: CsvChoices,
): Promise<Dialect> {
  const sign = wanted === undefined ? undefined : (NAMED_SIGNS[wanted] ?? wanted);
  const delimiter = sign === WHITESPACE ? undefined : sign;
  const chosen = [
    ...(delimiter === undefined ? [] : [`delim = ${quoteText(delimiter)}`]),
    ...(header === undefined ? [] : [`header = ${String(header)}`]),
  ];
  // Lines that are too short or too long must not decide; only where they are all that there is, the table may begin further down.
  const lenient = await sniff(database, file, ["ignore_errors = true", ...chosen]);
  const strict = lenient === undefined || lenient.names.length === 1 ? await sniff(database, file, chosen) : undefined;
  const found = strict !== undefined && strict.names.length > 1 ? strict : (lenient ?? strict);
  if (found === undefined) {
    throw new UserError(
      `${file.path} cannot be read as a table: no sign divides its lines into columns; expected CSV, TSV, Parquet or JSON`,
    );
  }
  if (delimiter !== undefined && found.names.length === 1 && !file.head.includes(delimiter)) {
    throw new UserError(
      `the cells of ${file.path} are to be divided by "${wanted}", which does not occur in its first lines; ` +
        "give another delimiter (--delimiter), or none, so that it is seen from the file",
      { exitCode: 2 },
    );
  }
  if (sign === WHITESPACE) return byBlanks(file.head, found, header, true) ?? found;
  return found.names.length > 1 || delimiter !== undefined ? found : (byBlanks(file.head, found, header) ?? found);
}

async function sniff(database: Database, file: TextFile, options: readonly string[]): Promise<Dialect | undefined> {
  const given = [
    `nullstr = [${missingWords.map(quoteText).join(", ")}]`,
    `compression = '${compressionOf(file)}'`,
    ...options,
  ];
  try {
    const row = await database.row(
      "SELECT Delimiter, Quote, Escape, Comment, SkipRows::DOUBLE AS skip, HasHeader, list_transform(Columns, c -> c.name) AS names " +
        `FROM sniff_csv(${quotePath(file.readable)}, ${given.join(", ")})`,
    );
    const quote = present(asText(row["Quote"])) || '"';
    return {
      delimiter: asText(row["Delimiter"]),
      // Where the first lines hold no quotes, later ones may.
      quote,
      escape: present(asText(row["Escape"])) || quote,
      comment: present(asText(row["Comment"])),
      skip: asNumber(row["skip"]),
      header: row["HasHeader"] === true,
      names: Array.isArray(row["names"]) ? row["names"].map((name) => asText(name)) : [],
    };
  } catch (error) {
    if (error instanceof Error && /^(Invalid Input|Binder) Error/.test(firstLine(error.message))) return undefined;
    throw error;
  }
}

/** DuckDB's name of how a file is compressed. */
export function compressionOf({ isCompressed }: TextFile): string {
  return isCompressed ? "gzip" : "none";
}

function present(sign: string): string {
  return sign === "(empty)" ? "" : sign;
}

/**
 * Numbers with blanks between them, as scientific programs write them.
 *
 * @param isChosen whether blanks divide the cells whatever these are, because the user says so.
 */
function byBlanks(head: string, found: Dialect, header: boolean | undefined, isChosen = false): Dialect | undefined {
  // The last line of a head may be cut off.
  const lines = head.split(/\r\n|\r|\n/).slice(0, -1);
  const rows = (lines.length === 0 ? [head] : lines)
    .filter((line) => line.trim() !== "")
    .map((line) => line.trim().split(/\s+/));
  const [first, ...others] = rows;
  const ragged = others.filter((row) => row.length !== first?.length).length;
  // Single rows that are too short or too long do not decide; they are left out later, and counted.
  if (first === undefined || first.length < 2) return undefined;
  if (!isChosen && ragged > MOST_RAGGED * others.length) return undefined;
  const isNumeric = (row: readonly string[]): boolean => row.every((cell) => Number.isFinite(Number(cell)));
  if (!isChosen && !others.every(isNumeric)) return undefined;
  const hasHeader = header ?? !isNumeric(first);
  const names = hasHeader ? first : first.map((_, index) => `column${index}`);
  return { ...found, delimiter: WHITESPACE, skip: 0, header: hasHeader, names };
}
