import type { tables } from "@sandglass/core";
import type { Database } from "./database.ts";
import type { Reading } from "./reading.ts";
import type { RowNumber } from "./row-numbers.ts";

/** One column of a table. */
export interface TableColumn {
  /** As the file names it. */
  readonly name: string;
  readonly type: tables.ColumnType;
  /** What the file says, as DuckDB names it: BIGINT, DOUBLE, VARCHAR, DATE … Text files say VARCHAR of all. */
  readonly sqlType: string;
  /** What stood before or behind each number: `$`, `%`, `kg`. */
  readonly unit?: string;
  /** How its cells of text were read; there is none where the file itself says what they are. */
  readonly reading?: Reading;
}

/**
 * A table that has been read: its rows lie in a temporary database, in the order of the files, and have numbers from 0 on. Close it when it is no
 * longer needed.
 */
export interface Table {
  readonly name: string;
  readonly files: readonly string[];
  readonly columns: readonly TableColumn[];
  /** Number of rows. */
  readonly count: number;
  readonly rowNumber: RowNumber;
  /** What the user should know of what was read, in plain words: rows left out, cells that are no numbers, … */
  readonly notes: readonly string[];
  /** Where the rows lie: in the table `ROWS`, the row of number n with the `rowid` n, and column n as `columnName(n)`. */
  readonly database: Database;
  /** Removes all that was written for it. */
  close(): Promise<void>;
}

/** The name of the table in its database. */
export const ROWS = "table_rows";
