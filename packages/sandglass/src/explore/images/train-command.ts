/** The training that fits a set of images. */
import { isEnoughToValidate, type DataChoices } from "../../sources/index.ts";
import { choiceWords } from "../choice-words.ts";
import type { ExploreRequest } from "../exploration.ts";
import type { BesideImages } from "./beside.ts";
import type { Findings } from "./findings.ts";
import { isForTraining } from "./picture-set.ts";

/** Below so many images a model soon knows them by heart. */
export const FEW_IMAGES = 1000;
/** Small changes that leave all images what they are: nothing is turned over. */
export const SAFE_AUGMENTATION = "shift=0.05,zoom=0.05";
/** With fewer samples none can be spared to validate with. */
export const FEWEST_TO_VALIDATE = 10;
/** More unreadable files than that stop a training. */
export const MOST_UNREADABLE = 0.1;

/** The words after `sandglass`. What the user chose stays. Undefined where there is nothing to train on. */
export function trainCommand(findings: Findings, { choices, augment }: ExploreRequest): readonly string[] | undefined {
  const { source, set, files, isSorted } = findings;
  const training = set.pictures.filter(isForTraining).length;
  if (training === 0) return undefined;
  const isWhole = training < FEWEST_TO_VALIDATE;
  const ownPart = hasOwnValidation(findings);
  const advised: DataChoices = {
    ...(isSorted && { split: "stratified" }),
    ...(files?.reading.size !== undefined && { size: files.reading.size }),
    ...(files?.reading.color !== undefined && { color: files.reading.color }),
    ...(files?.reading.fit !== undefined && { fit: files.reading.fit }),
    // The last images are cut off where their number says.
    ...(files?.groups !== undefined && choices.split !== "last" && !ownPart && { group: files.groups.pattern }),
    ...(files !== undefined &&
      unreadableShare(files) > MOST_UNREADABLE && { unreadable: roundUp(unreadableShare(files)) }),
  };
  // Where nothing is held back, there is nothing that could be divided by a group or a rule.
  const all: DataChoices = { ...advised, ...choices, ...(isWhole && { group: undefined, split: undefined }) };
  const augmentation = augment ?? (shouldAugment(findings) ? SAFE_AUGMENTATION : undefined);
  return [
    "train",
    files?.beside === undefined ? source : imagesAlone(source, files.beside),
    ...choiceWords(all),
    ...(augmentation === undefined ? [] : ["--augment", augmentation]),
    ...(isWhole ? ["--validation", "0"] : []),
    // What the user says of samples that are held back is said of the training part.
    ...(ownPart && (all.group ?? all.split) !== undefined ? ["--validation", "0.1"] : []),
  ];
}

/** Whether a training is validated with the set's own part, so that nothing is held back. */
export function hasOwnValidation({ set: { pictures }, files }: Pick<Findings, "set" | "files">): boolean {
  const own = pictures.filter(({ split }) => split === "validation").length;
  return files !== undefined && isEnoughToValidate(own, pictures.filter(isForTraining).length);
}

/** The pattern of the images without what lies beside them. */
export function imagesAlone(source: string, { images }: BesideImages): string {
  return `${source.replace(/[/\\]+$/u, "")}/**/*${images}`;
}

/** Whether there are so few images that they should be changed at random. */
export function shouldAugment({ set }: Pick<Findings, "set">): boolean {
  return set.shape.length === 3 && set.pictures.filter(isForTraining).length < FEW_IMAGES;
}

export function unreadableShare({
  unreadable,
  files,
}: {
  readonly unreadable: readonly unknown[];
  readonly files: number;
}): number {
  return unreadable.length / files;
}

function roundUp(share: number): number {
  return Math.ceil(share * 100) / 100;
}
