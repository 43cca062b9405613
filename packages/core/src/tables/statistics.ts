/** What is known of the columns of a table before it is decided what becomes of them. Of training rows only. */

/** How many of the most frequent values statistics name. */
export const FREQUENT_VALUES = 500;

interface Counts {
  readonly name: string;
  /** Rows. */
  readonly count: number;
  /** Rows without a value. */
  readonly missing: number;
  /** How many different values there are, missing ones aside. */
  readonly distinct: number;
}

/** Where the values of a column lie, missing ones aside; all NaN where there are none. */
export interface Spread {
  readonly min: number;
  readonly max: number;
  readonly mean: number;
  /** The square root of the mean squared difference from the mean (divided by n, not by n − 1). */
  readonly std: number;
  /** Quantiles interpolate linearly between neighbours, as NumPy's do and `quantile_cont` in SQL. */
  readonly q1: number;
  readonly median: number;
  readonly q3: number;
}

/** A value as text, and the number of rows that hold it. */
export interface Frequency {
  readonly value: string;
  readonly count: number;
}

export interface NumberStatistics extends Counts, Spread {
  readonly type: "number";
  /** Whether all values are whole. */
  readonly isInteger: boolean;
  /** As of texts, a value being `String(value)`. Only needed where numbers are to be categories. */
  readonly frequent?: readonly Frequency[];
}

export interface TextStatistics extends Counts {
  readonly type: "text";
  /** The most frequent values, up to `FREQUENT_VALUES` of them: the most frequent first, equally frequent ones by their texts. */
  readonly frequent: readonly Frequency[];
  /** Of the texts, in characters (UTF-16 units), missing ones aside; 0 where there are none. */
  readonly meanLength: number;
}

/** Spreads are of milliseconds since the start of 1970, UTC. */
export interface DateStatistics extends Counts, Spread {
  readonly type: "date";
  /** Whether any value has a time of day other than midnight. */
  readonly hasTimes: boolean;
  /** As of texts, a value being its `dateText`. Only needed where dates are to be categories. */
  readonly frequent?: readonly Frequency[];
}

/** What is known of a column, by the type of its values. */
export type ColumnStatistics = NumberStatistics | TextStatistics | DateStatistics;
