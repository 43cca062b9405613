import type { ColumnRole, Scaling } from "./preprocessing.ts";

/** What a user decides of a table; what is left open follows from its statistics. */
export interface TableChoices {
  /** What single columns are, by their names: `{ zip: "category", id: "ignore" }`. */
  readonly roles?: Readonly<Record<string, ColumnRole | "ignore">> | undefined;
  /** The column to predict or to compare with, which is no input. */
  readonly label?: string | undefined;
  /**
   * How numbers are scaled. `standard` (the default): mean 0 and standard deviation 1; `minmax`: training rows in 0 … 1; `robust`: median 0 and
   * interquartile range 1, which outliers do not move; `none`: numbers as they are (dates as by `standard`).
   */
  readonly scaling?: Scaling | undefined;
  /** How many of the most frequent categories of a column get a feature of their own. 50 unless given, at most `FREQUENT_VALUES`. */
  readonly maxCategories?: number | undefined;
  /** Into how many features the other categories of a column are hashed at most. 32 unless given. */
  readonly buckets?: number | undefined;
  /** Categories of fewer training rows get no feature of their own. 1 unless given: all get one. */
  readonly rareBelow?: number | undefined;
}
