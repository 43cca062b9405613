/** How the columns of a table become numbers that a network learns: plain data, which is saved with the model. */
import type { ColumnType } from "./column.ts";

/** What a column is to the network. */
export type ColumnRole = "number" | "category" | "date";

/** How numbers are brought to a size that networks learn well. */
export type Scaling = "standard" | "minmax" | "robust" | "none";

/** The names of all scalings. */
export const SCALINGS: readonly Scaling[] = ["standard", "minmax", "robust", "none"];

/** A feature is `(value − centre) / scale`. */
export interface LinearScale {
  readonly centre: number;
  /** Above 0. */
  readonly scale: number;
}

/** One feature, and one more that says whether the value is missing. */
export interface NumberPreprocessing extends LinearScale {
  readonly name: string;
  readonly role: "number";
  /** What takes the place of a missing value: the median of the training rows. */
  readonly fill: number;
  /** Whether a feature says which values are missing, as training rows had some. */
  readonly hasIndicator: boolean;
  /** Whether all training values were whole. */
  readonly isInteger: boolean;
}

/** One feature for each category, one for missing values, some for all other categories, of which one is 1. */
export interface CategoryPreprocessing {
  readonly name: string;
  readonly role: "category";
  /** What the values were in training; numbers and dates are categories as texts. */
  readonly type: ColumnType;
  /** Those with a feature of their own. */
  readonly categories: readonly string[];
  /** Whether missing values have a feature, as training rows had some. */
  readonly hasMissing: boolean;
  /**
   * The features that all other categories share by their hashes, each by the most frequent training category in it; null where
   * none is known. Empty where every training category has a feature: others are 0 everywhere then.
   */
  readonly others: readonly (string | null)[];
}

/** A cycle that dates go through: the year by months, the week by days, the day by hours. */
export type DatePart = "month" | "weekday" | "hour";

/** The names of all cycles, in the order of their features. */
export const DATE_PARTS: readonly DatePart[] = ["month", "weekday", "hour"];

/** The time that went by, scaled, and a sine and a cosine of each cycle. In milliseconds since the start of 1970, UTC. */
export interface DatePreprocessing extends LinearScale {
  readonly name: string;
  readonly role: "date";
  readonly parts: readonly DatePart[];
  /** Whether sines and cosines are brought to 0 … 1, as all features are where numbers are min-max scaled. */
  readonly hasUnitCycles: boolean;
  readonly fill: number;
  readonly hasIndicator: boolean;
  /** Whether times of day matter; without, dates are whole days. */
  readonly hasTimes: boolean;
}

export type ColumnPreprocessing = NumberPreprocessing | CategoryPreprocessing | DatePreprocessing;

/** Why a column takes no part. */
export type LeaveOutReason = "chosen" | "label" | "empty" | "constant" | "identifier" | "text" | "range";

export interface LeftOutColumn {
  readonly name: string;
  readonly reason: LeaveOutReason;
  /** In plain words, for the user: `column "id" is left out: …`. */
  readonly note: string;
}

/** What becomes of each column. Made by `decideColumns`; `TableEncoder` goes by it. */
export interface TablePreprocessing {
  readonly version: 1;
  readonly scaling: Scaling;
  /** The columns that have features, in the order of the table. */
  readonly columns: readonly ColumnPreprocessing[];
  readonly leftOut: readonly LeftOutColumn[];
  /** What the user should know of the columns that take part, in plain words. */
  readonly notes: readonly string[];
}
