/** The same samples in two parts of the data, whatever kind they are of: a model that knows them is judged too well by them. */

/** A part that data come in; `validation` is also what is held back of the part to train on. */
export type Part = "train" | "validation" | "test";

/** The parts in the order of their use: what is learned or chosen by comes before what is judged by. */
export const PARTS: readonly Part[] = ["train", "validation", "test"];

/** Pairs of parts, the one that is known first. */
export const PART_PAIRS: readonly (readonly [from: Part, to: Part])[] = PARTS.flatMap((to, later) =>
  PARTS.slice(0, later).map((from) => [from, to] as const),
);

/** Samples of one part that are in an earlier one, too. */
export interface SharedSamples {
  readonly from: Part;
  readonly to: Part;
  /** How many of `to`. */
  readonly count: number;
  /** Those among them that only look the same; 0 where only contents were compared. */
  readonly byLook: number;
  /** The first few, each with one of `from` that it is the same as. */
  readonly named: readonly (readonly [sample: string, twin: string])[];
}

/** What came of comparing the parts of data; it is kept with a run. */
export interface PartLeaks {
  /** What samples are called. */
  readonly unit: "image" | "row" | "sample";
  /** How many of each part were compared. */
  readonly compared: Readonly<Partial<Record<Part, number>>>;
  /** What of them: files' bytes, what decoded images look like, or values as the model sees them. */
  readonly by: "bytes" | "bytes and looks" | "values";
  /** Below 1 where there were too many to compare: of as large a share of all different contents each sample was. */
  readonly share: number;
  readonly shared: readonly SharedSamples[];
}
