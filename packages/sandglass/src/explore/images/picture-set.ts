/** A set of images, wherever they lie: in files, or as arrays in memory. */
import type { Dataset } from "@sandglass/core";
import type { ImageSplit } from "../../images/find/index.ts";
import type { ContentArea } from "./content-area.ts";

/** What is known of an image without looking at it. */
export interface Picture {
  /** Unlike those of all others: a path within the source, or a number. */
  readonly name: string;
  readonly className?: string;
  readonly split?: ImageSplit;
}

export interface PictureSet {
  readonly name: string;
  /** All images that can be read. Pictures are named by their position here. */
  readonly pictures: readonly Picture[];
  /** Sorted, or in the order of their numbers; empty where there are no labels. */
  readonly classNames: readonly string[];
  /** The shape of a sample, as a training would see it. */
  readonly shape: readonly number[];
  /** Where the image lies in the sample of a picture; all of it unless given. */
  readonly areaOf?: (number: number) => ContentArea;
  /** Reads the pictures of these numbers, prepared as for a training. */
  read(numbers: Uint32Array): Promise<ReadPictures>;
}

/** Pictures in memory. */
export interface ReadPictures {
  readonly data: Dataset;
  /** The number of each sample's picture: those that were asked for, but for what could not be read after all. */
  readonly numbers: Uint32Array;
}

/** The parts of a set in the order of their use; one of no name where it comes in one piece. */
export function splitsOf(pictures: readonly Picture[]): readonly (ImageSplit | undefined)[] {
  const present = new Set(pictures.map(({ split }) => split));
  return ([undefined, "train", "validation", "test"] as const).filter((split) => present.has(split));
}

/** What models are trained on: the training part, or all where there are no parts. */
export function isForTraining({ split }: Picture): boolean {
  return split === undefined || split === "train";
}
