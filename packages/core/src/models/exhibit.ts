/**
 * What there is to see of a trained model: pictures, points, bars and words, as plain data that a report or a page draws. Families
 * say which exhibits they have; whoever draws them knows no family.
 */
import type { Shape } from "../graph/tensor-type.ts";
import type { Labels } from "../data/dataset.ts";

/** Samples to draw: images [height, width, 1 or 3] as pictures, others as a row of bars or a table. */
export interface Samples {
  /** The shape of one sample. */
  readonly shape: Shape;
  /** Sample after sample. */
  readonly values: Float32Array;
  /** The values that are drawn black and white; 0 and 1 unless given. Weights, which have no range of their own, give theirs. */
  readonly range?: readonly [black: number, white: number];
  /** Whether the values are weights, which lie around 0, and not those of a sample. */
  readonly areWeights?: boolean;
}

/** Several rows of as many samples each, one below the other: originals, noisy, restored. */
export interface RowsExhibit {
  readonly kind: "rows";
  readonly rows: readonly (Samples & { readonly name: string })[];
  /** Whether each row is read along, as a walk or a list; otherwise samples are compared with those above them. */
  readonly isReadAlong?: boolean;
  /** A caption for each column, such as the error of a reconstruction. */
  readonly captions?: readonly string[];
}

/** Samples in a grid, left to right and top to bottom: what a generator draws, what units respond to, a walk through the codes. */
export interface GridExhibit {
  readonly kind: "grid";
  readonly samples: Samples;
  readonly columns: number;
  /** Whether neighbours have nothing to do with each other: a list takes more lines where there is less room. What has captions is one. */
  readonly isList?: boolean;
  /** What each is; one for each sample. */
  readonly captions?: readonly string[];
}

/** Points in the plane: codes. */
export interface ScatterExhibit {
  readonly kind: "scatter";
  /** x and y of each point in turn. */
  readonly points: Float32Array;
  readonly axes: readonly [x: string, y: string];
  /** The class of each point. */
  readonly labels?: Labels;
  readonly classNames?: readonly string[];
}

/** A value for each of several things: the activity of units, how often each word of a codebook is used, the error of columns. */
export interface BarsExhibit {
  readonly kind: "bars";
  readonly values: readonly number[];
  /** What each bar is; its number, counted from 0, unless given. */
  readonly names?: readonly string[];
  /** What the values are. */
  readonly axis: string;
  /** What the bars are, and in which order: `unit, the busiest first`. */
  readonly bars?: string;
}

/** Lines of cells as text, in somebody's own columns and units: rows of a table, and what a model gives back of them. */
export interface TableExhibit {
  readonly kind: "table";
  readonly columns: readonly TableExhibitColumn[];
  /** Lines that belong together: an original and its reconstruction. */
  readonly groups: readonly TableExhibitGroup[];
}

export interface TableExhibitColumn {
  readonly name: string;
  /** Whether its cells are numbers, which are written below each other by their last digits. */
  readonly isNumber: boolean;
}

export interface TableExhibitGroup {
  /** What the lines have in common, such as the error of a reconstruction. */
  readonly caption?: string;
  readonly lines: readonly TableExhibitLine[];
}

export interface TableExhibitLine {
  readonly name?: string;
  /** One a column. */
  readonly cells: readonly string[];
  /** The columns whose cells stand out, by their numbers. */
  readonly marked?: readonly number[];
}

/** A few figures with what they mean. */
export interface FiguresExhibit {
  readonly kind: "figures";
  readonly figures: readonly { readonly name: string; readonly value: number; readonly meaning?: string }[];
}

/** Curves between 0 and 1 in both directions: shares against shares, such as sensitivity against false alarms. */
export interface CurvesExhibit {
  readonly kind: "curves";
  /** x and y of each point in turn; the curves are told apart by their names. */
  readonly curves: readonly { readonly name: string; readonly points: ArrayLike<number> }[];
  readonly axes: readonly [x: string, y: string];
  /** What curves are compared with, x and y of each point in turn: chance, or what would be perfect. */
  readonly reference?: { readonly name: string; readonly points: ArrayLike<number> };
  /** Points that stand out, such as the threshold that was chosen. */
  readonly marks?: readonly { readonly name: string; readonly x: number; readonly y: number }[];
}

/** How often samples of each class were taken for each class. */
export interface MatrixExhibit {
  readonly kind: "matrix";
  readonly names: readonly string[];
  /** A row for each class that samples have, its columns those that they were taken for. */
  readonly counts: readonly (readonly number[])[];
}

export type ExhibitContent =
  | RowsExhibit
  | GridExhibit
  | TableExhibit
  | ScatterExhibit
  | BarsExhibit
  | FiguresExhibit
  | CurvesExhibit
  | MatrixExhibit;

/** Something to see, and how to read it. */
export type Exhibit = ExhibitContent & {
  readonly title: string;
  /** One or two plain sentences: what is shown, and what it says about the model. */
  readonly note: string;
};

/** Something that whoever looks at a model should know: that PCA does better, that a GAN collapses. */
export interface Warning {
  readonly title: string;
  /** What was seen, with figures, and what to do. */
  readonly text: string;
}
