/** What a user knows of a text file that it does not say itself. */
export interface CsvChoices {
  /** What stands between the cells: "," or ";" or a tab. Seen from the file unless given. */
  readonly delimiter?: string | undefined;
  /** Whether the first line names the columns. Seen from the file unless given. */
  readonly header?: boolean | undefined;
  /** The share of rows that may have the wrong number of cells before the table is refused. A tenth unless given. */
  readonly maxBadRows?: number | undefined;
}
