import type { Column } from "./column.ts";

/** How values of a column come back from features. */
export interface DecodeOptions {
  /** Rounds numbers where all training values were whole. Off unless given. */
  readonly round?: boolean | undefined;
}

/** Where the features of a column lie in each row. */
export interface FeatureSpan {
  /** The first of them. */
  readonly at: number;
  /** Features in a row, of all columns. */
  readonly width: number;
}

/** Turns the values of one column into features and back. */
export interface ColumnCoder {
  /** What each feature says: `age`, `age missing`. */
  readonly featureNames: readonly string[];
  /**
   * Writes the features of some rows.
   *
   * @param column of the type that the role asks for; `conformColumn` sees to that.
   * @param from the first row.
   * @param to the row after the last.
   * @param rows row-major features of all columns, of all rows; 0 where nothing was written yet.
   */
  encode(column: Column, from: number, to: number, rows: Float32Array, span: FeatureSpan): void;
  /** Reads the values of all rows. */
  decode(rows: Float32Array, count: number, span: FeatureSpan, options: DecodeOptions): Column;
}
