/** What is found by looking at the pictures themselves, or at some thousands of them where there are more. */
import type { PictureSet, ReadPictures } from "./picture-set.ts";
import type { ExploreServices } from "../exploration.ts";
import type { ContentArea } from "./content-area.ts";
import { findLabelDoubts, type LabelDoubts } from "./label-doubts.ts";
import { findOutliers, type Outliers } from "../outliers.ts";
import { pickPictures } from "./pick-pictures.ts";
import { principalCodes } from "./principal-codes.ts";
import { smallRows } from "./small-rows.ts";
import { extremePictures, valueStatistics, type ExtremePicture, type ValueStatistics } from "./value-statistics.ts";

export interface Inspection extends ReadPictures {
  readonly values: ValueStatistics;
  readonly extremes: readonly ExtremePicture[];
  /** Undefined where there are too few samples to say what is usual. */
  readonly outliers: Outliers | undefined;
  /** Undefined without classes. */
  readonly doubts: LabelDoubts | undefined;
}

/** So many outliers are shown, whether they are any or not. */
const SHOWN_OUTLIERS = 12;

/** Looks at the same pictures for the same seed. */
export async function inspectPictures(
  set: PictureSet,
  seed: number,
  { progress, device, signal }: ExploreServices,
): Promise<Inspection> {
  const wanted = pickPictures(set, seed);
  progress.begin("looking at pictures", wanted.length);
  const read = await set.read(wanted);
  signal.throwIfAborted();
  const { areaOf } = set;
  const areaOfSample = areaOf && ((sample: number): ContentArea => areaOf(read.numbers[sample] as number));
  const values = valueStatistics(read.data, areaOfSample);
  progress.begin("looking for outliers", 0);
  const principal = await principalCodes(smallRows(read.data, areaOfSample), { seed, device, signal });
  const labels = Array.from(read.numbers, (number) => {
    const className = set.pictures[number]?.className;
    return className === undefined ? undefined : set.classNames.indexOf(className);
  });
  return {
    ...read,
    values,
    extremes: extremePictures(values),
    outliers: principal && findOutliers(principal.errors, SHOWN_OUTLIERS),
    doubts: principal && findLabelDoubts(principal.codes, principal.size, labels),
  };
}
