/** Columns of a table as they are read, a piece of the table or all of it. */

/** What the values of a column are. Booleans come as the texts "true" and "false". */
export type ColumnType = "number" | "text" | "date";

export interface NumberColumn {
  readonly name: string;
  readonly type: "number";
  /** One a row. NaN where a value is missing; an infinite one counts as missing, too. */
  readonly values: Float64Array;
}

export interface TextColumn {
  readonly name: string;
  readonly type: "text";
  /** One a row. Undefined where a value is missing. */
  readonly values: readonly (string | undefined)[];
}

export interface DateColumn {
  readonly name: string;
  readonly type: "date";
  /** One a row: milliseconds since the start of 1970, UTC. NaN where a value is missing. */
  readonly values: Float64Array;
}

/** A column by its name, with a value for each row. */
export type Column = NumberColumn | TextColumn | DateColumn;
