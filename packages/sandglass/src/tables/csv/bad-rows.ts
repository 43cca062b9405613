/** Rows that do not fit their table: counted, and the first of them named. */
import type { Database } from "../database.ts";
import { asNumber, asText } from "../row-values.ts";
import { UserError } from "../../errors.ts";
import { leftOutRows, type LeftOutRows } from "./left-out-rows.ts";
import type { TextFile } from "./text-file.ts";

/** The tables in which DuckDB notes what it could not read; they belong to the connection. */
const ERRORS = "reject_errors";
const SCANS = "reject_scans";
/** What of them is needed, for other connections to read. */
const PLACES = "left_out_places";

export interface BadRow {
  readonly path: string;
  /** From 1 on, the header being one. */
  readonly line: number;
  readonly reason: string;
}

export interface BadRows {
  readonly count: number;
  /** The first few. */
  readonly examples: readonly BadRow[];
  readonly leftOut: LeftOutRows;
  /** The files of which bytes that are no UTF-8 were the reason for any, as they are read. */
  readonly otherEncoding: ReadonlySet<string>;
}

/**
 * What DuckDB has noted since it was asked last, of these files.
 *
 * @param firstLine the line of their first row, from 1 on. DuckDB counts a row of several lines as one, and lines without anything as rows.
 */
export async function takeBadRows(database: Database, files: readonly TextFile[], firstLine: number): Promise<BadRows> {
  const known = await database.rows(
    `SELECT table_name FROM duckdb_tables() WHERE table_name IN ('${ERRORS}', '${SCANS}')`,
  );
  if (known.length < 2) return NONE;
  const totals = await database.row(`SELECT count(DISTINCT (scan_id, file_id, line))::DOUBLE AS rows FROM ${ERRORS}`);
  const otherEncoding = await database.rows(
    `SELECT DISTINCT file_path FROM ${ERRORS} JOIN ${SCANS} USING (scan_id, file_id) WHERE error_type = 'INVALID ENCODING'`,
  );
  // A short row has an entry for each column that is missing, the first of which counts those that came; a long one for each too many.
  const examples = await database.rows(
    "SELECT file_path, line::DOUBLE AS line, max(error_type::VARCHAR) AS type, CASE WHEN bool_or(error_type = 'MISSING COLUMNS') " +
      "THEN arg_min(error_message, column_idx) ELSE arg_max(error_message, column_idx) END AS message " +
      `FROM ${ERRORS} JOIN (SELECT DISTINCT scan_id, file_id, file_path FROM ${SCANS}) USING (scan_id, file_id) ` +
      "GROUP BY scan_id, file_id, file_path, line ORDER BY scan_id, file_id, line LIMIT 3",
  );
  const count = asNumber(totals["rows"]);
  if (count === 0) return NONE;
  await database.run(
    `CREATE TABLE ${PLACES} AS SELECT DISTINCT file_path, greatest(0, line::BIGINT - ${firstLine})::UINTEGER AS place ` +
      `FROM ${ERRORS} JOIN (SELECT DISTINCT scan_id, file_id, file_path FROM ${SCANS}) USING (scan_id, file_id)`,
  );
  const leftOut = await leftOutRows(database, `SELECT file_path, place FROM ${PLACES} ORDER BY file_path, place`);
  await database.run(`DROP TABLE ${PLACES}`);
  await database.run(`DELETE FROM ${ERRORS}`);
  return {
    count,
    leftOut,
    examples: examples.map((row) => ({
      path: files.find(({ readable }) => readable === row["file_path"])?.path ?? asText(row["file_path"]),
      line: asNumber(row["line"]),
      reason: reasonOf(asText(row["type"]), asText(row["message"])),
    })),
    otherEncoding: new Set(otherEncoding.map((row) => asText(row["file_path"]))),
  };
}

const NONE: BadRows = { count: 0, examples: [], leftOut: new Map(), otherEncoding: new Set() };

/** Why a row of another width does not fit. */
export function otherWidth(found: number, expected: number): string {
  return `has ${found} ${found === 1 ? "column" : "columns"} instead of ${expected}`;
}

function reasonOf(type: string, message: string): string {
  const [, expected, found] = /Columns: (\d+) Found: (\d+)/.exec(message) ?? [];
  if (found !== undefined) return otherWidth(Number(found), Number(expected));
  const reasons: Readonly<Record<string, string>> = {
    "UNQUOTED VALUE": "has a quote that is not closed, or text behind one",
    "LINE SIZE OVER MAXIMUM": "is longer than 2 MB",
    "INVALID ENCODING": "holds bytes that are no text in UTF-8",
  };
  return reasons[type] ?? `cannot be read (${message})`;
}

/**
 * What to tell of rows that were left out.
 *
 * @param good rows that were read.
 * @throws UserError when more than the share `maxBadRows` of all rows could not be read.
 */
export function judgeBadRows(
  { count, examples }: Pick<BadRows, "count" | "examples">,
  good: number,
  maxBadRows: number,
): readonly string[] {
  if (count === 0) return [];
  const named = examples.map(({ path, line, reason }) => `  ${path}, line ${line}: ${reason}`).join("\n");
  const share = count / (count + good);
  const rows = `${count.toLocaleString("en-US")} of ${(count + good).toLocaleString("en-US")} rows`;
  if (share > maxBadRows) {
    throw new UserError(
      `${rows} do not fit the table, which is more than ${Math.round(100 * maxBadRows)} %:\n${named}\n` +
        `Mend or remove them, or allow more with --unreadable ${Math.ceil(100 * share) / 100} (in code: maxBadRows)`,
    );
  }
  return [
    `${rows} ${count === 1 ? "does" : "do"} not fit the table and ${count === 1 ? "is" : "are"} left out:\n${named}`,
  ];
}
