/** What is known of images that are in a set more than once. */
import type { ImageEntry, ImageSplit } from "../find/index.ts";

/** What is compared: a file of a collection, or a sample that is called something. */
export type ComparedImage = Pick<ImageEntry, "name" | "className" | "split">;

/** By content: the files' bytes are the same, which is certain. By look: the same picture, re-encoded, resized or slightly cropped. */
export type Evidence = "content" | "look";

/** Two images that are the same. */
export interface SameImages {
  readonly image: ComparedImage;
  readonly twin: ComparedImage;
  readonly by: Evidence;
}

/** Images of one split that are in another too, where models learn from them before they are judged by them. */
export interface SplitLeak {
  readonly from: ImageSplit;
  readonly to: ImageSplit;
  /** Each image of `to` that has a twin in `from`, with one of these. */
  readonly images: readonly SameImages[];
}

/** The same image several times within a split, or within a set that has none. */
export interface DuplicateImages {
  readonly split?: ImageSplit;
  /** Two and more. */
  readonly images: readonly ComparedImage[];
  /** By content when that is so of all. */
  readonly by: Evidence;
}

export interface ImageLeaks {
  /** How many images were compared; those that cannot be read were not. */
  readonly compared: number;
  /** How many of them by content only, because looks say too little: almost empty images, or smaller than 32 pixels. */
  readonly comparedByContentOnly: number;
  /** False when so many images look alike that only the most similar ones were compared. */
  readonly complete: boolean;
  /** Pairs of splits that share images. */
  readonly leaks: readonly SplitLeak[];
  readonly duplicates: readonly DuplicateImages[];
  /** The same image under two class names, each pair once. */
  readonly conflicts: readonly SameImages[];
}
