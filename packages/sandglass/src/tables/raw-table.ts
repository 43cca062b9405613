/** What a file holds before anything is made of its cells: a table of the database. */

/** Its name in the database. Its columns are `c0`, `c1`, …, as users' names may hold anything. */
export const RAW = "raw";

export interface RawColumn {
  /** As the file says it. */
  readonly name: string;
  /** DuckDB's name of what its cells are. */
  readonly sqlType: string;
}

export interface RawTable {
  readonly columns: readonly RawColumn[];
  /** What the user should know of what was read, in plain words. */
  readonly notes: readonly string[];
  /** The places, from 0 on and ascending, among all rows of the files of those that could not be read. */
  readonly leftOut: Uint32Array;
  /** What stands before the decimals of numbers, where the user says so. */
  readonly decimal?: "." | "," | undefined;
  /** Whether numbers are likely to be written with a decimal comma, as where semicolons divide the cells. */
  readonly prefersDecimalComma: boolean;
}

/** The name of a column in the database, by its number. */
export function columnName(index: number): string {
  return `c${index}`;
}
