/** What a user knows of a text file that it does not say itself. */
export interface CsvChoices {
  /** What stands between the cells: "," or ";", "tab", or "blanks" for any number of them. Seen from the file unless given. */
  readonly delimiter?: string | undefined;
  /** Whether the first line names the columns. Seen from the file unless given. */
  readonly header?: boolean | undefined;
  /** What its letters are written in, by a name that `TextDecoder` knows: "windows-1252". Seen from the file unless given. */
  readonly encoding?: string | undefined;
  /** What stands before the decimals of numbers. Seen from the cells unless given. */
  readonly decimal?: "." | "," | undefined;
  /** The share of rows that may have the wrong number of cells before the table is refused. A tenth unless given. */
  readonly maxBadRows?: number | undefined;
}
