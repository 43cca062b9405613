/** What a look at a table finds: plain data. */
import type { tables } from "@sandglass/core";
import type { TableColumn } from "../table.ts";

/** How many values lie where: in steps of equal width. */
export interface Histogram {
  /** The edges of the first and the last step; those of whole numbers lie between them. */
  readonly from: number;
  readonly to: number;
  readonly counts: readonly number[];
  /** Values beyond the edges: far from most others, they would squeeze these into one step. */
  readonly below: number;
  readonly above: number;
}

export interface NumberProfile {
  readonly type: "number";
  readonly column: TableColumn;
  readonly statistics: tables.NumberStatistics;
  /** Of the sample, corrected for its size, as pandas has it; NaN where the values are too few or all the same. */
  readonly skewness: number;
  /** In excess of a normal distribution's. */
  readonly kurtosis: number;
  /** Below which 1, 5, 95 and 99 % of the values lie. */
  readonly tails: readonly [q01: number, q05: number, q95: number, q99: number];
  readonly histogram: Histogram;
  /** Values more than 1.5 interquartile ranges beyond the quartiles (Tukey's fences). */
  readonly beyondFences: number;
  /** Values more than 4 robust standard deviations (1.4826 median absolute deviations) off the median; 0 where most values are the same. */
  readonly beyondSigmas: number;
}

export interface TextProfile {
  readonly type: "text";
  readonly column: TableColumn;
  readonly statistics: tables.TextStatistics;
  /** How many values could be read as numbers: a mixture is seldom meant. */
  readonly numbers: number;
}

export interface DateProfile {
  readonly type: "date";
  readonly column: TableColumn;
  readonly statistics: tables.DateStatistics;
  /** In milliseconds since the start of 1970, UTC. */
  readonly histogram: Histogram;
}

export type ColumnProfile = NumberProfile | TextProfile | DateProfile;

export interface Correlations {
  readonly method: "pearson" | "spearman";
  /** The columns of numbers, in the order of the table; up to forty. */
  readonly names: readonly string[];
  /** One row a column, with the correlation with each; NaN where there is none. */
  readonly values: readonly (readonly number[])[];
  /** How many rows were looked at: a random part of large tables. */
  readonly rows: number;
}

export interface Duplicates {
  /** Rows that are equal to one before them. */
  readonly rows: number;
  /** The same, columns aside that only name or number the rows; equal to `rows` where there are none. */
  readonly apartFromIdentifiers: number;
}

export interface TableProfile {
  readonly name: string;
  readonly files: readonly string[];
  /** Number of rows. */
  readonly count: number;
  /** One a column, in the order of the table. */
  readonly columns: readonly ColumnProfile[];
  /** Columns that a training would leave out, with the reason: identifiers, constants, … */
  readonly leftOut: readonly tables.LeftOutColumn[];
  readonly correlations: Correlations;
  readonly duplicates: Duplicates;
  /** A column that looks like the classes of the rows, and whether it does so by its name. */
  readonly labelGuess?: { readonly name: string; readonly reason: string; readonly isNamed: boolean };
  /** What the user should know, in plain words. */
  readonly notes: readonly string[];
}
