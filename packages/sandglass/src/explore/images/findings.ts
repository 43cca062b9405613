/** All that is found about a set of images. */
import type { ImagePlan, UnreadableImage } from "../../images/decode/index.ts";
import type { ImageLeaks } from "../../images/leaks/index.ts";
import type { BesideImages } from "./beside.ts";
import type { Imbalance, PartCounts } from "./class-counts.ts";
import type { HeaderStatistics } from "./header-statistics.ts";
import type { Inspection } from "./inspect-pictures.ts";
import type { FoundGroups } from "./name-groups.ts";
import type { PictureSet } from "./picture-set.ts";
import type { ReadingAdvice } from "./reading-advice.ts";

/** Of files, beside what is found of all images. */
export interface FileFindings {
  readonly headers: HeaderStatistics;
  /** Width and height of each picture, one after the other. */
  readonly sizes: Float32Array;
  readonly unreadable: readonly UnreadableImage[];
  /** Files that were looked at, readable or not. */
  readonly files: number;
  readonly plan: ImagePlan;
  /** How the files should be read. */
  readonly reading: ReadingAdvice;
  readonly groups: FoundGroups | undefined;
  /** Masks, probably, beside the images of a folder. */
  readonly beside: BesideImages | undefined;
}

export interface Findings {
  /** As the user named it. */
  readonly source: string;
  readonly set: PictureSet;
  readonly parts: readonly PartCounts[];
  readonly imbalance: Imbalance | undefined;
  readonly leaks: ImageLeaks;
  readonly inspection: Inspection;
  /** Undefined for arrays. */
  readonly files: FileFindings | undefined;
  /** Whether the samples to train on are ordered by class, so that the last ones are no fair part. */
  readonly isSorted: boolean;
  /** What is odd about how the data were read. */
  readonly notes: readonly string[];
}
