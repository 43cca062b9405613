/** Formats of files, or of folders of files, that hold samples as arrays. */
import type { Dataset } from "@sandglass/core";
import type { SampleCoding } from "./arrays/sample-coding.ts";
import type { Place } from "./place.ts";
import type { SplitName } from "./registry.ts";

/** Samples that were found at a path, and are read when asked for. */
export interface FoundSamples {
  /** The parts that they come in; none where they are all of one piece. */
  readonly splits: readonly SplitName[];
  /**
   * Reads a part, or the one piece, whichever part is asked for.
   *
   * @throws UserError that names the file when something is missing or damaged, or when there is no such part.
   */
  load(split: SplitName): Promise<Dataset>;
  /** Whether whoever published them has shuffled them, so that the last ones are like the others; false unless given. */
  readonly isShuffled?: boolean;
  /** What was decided when a part was read, where the format does not say what numbers and labels mean. */
  readonly coding?: SampleCoding | undefined;
}

/** Says what the user should know of the data: "y: the classes are -1, 1". */
export type Note = (line: string) => void;

export interface OpenOptions {
  readonly note: Note;
  /** What was decided by other data, which these are to be read like. */
  readonly coding?: SampleCoding | undefined;
}

export interface SampleFormat {
  /** What data in this format are called: "an archive of NumPy's (.npz)". */
  readonly title: string;
  recognizes(place: Place): boolean;
  /** @throws UserError when there are no samples that could be loaded. */
  open(place: Place, options: OpenOptions): Promise<FoundSamples>;
}
