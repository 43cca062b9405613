/** Advice on the parts of a set and its classes: what is judged by must be neither known nor too little. */
import { counted } from "@sandglass/core";
import { isEnoughToValidate } from "../../sources/index.ts";
import { formatCount, formatShare } from "../../text/number-format.ts";
import type { PartCounts } from "./class-counts.ts";
import { FEW_IMAGES, FEWEST_TO_VALIDATE, hasOwnValidation, SAFE_AUGMENTATION, shouldAugment } from "./train-command.ts";
import { isForTraining } from "./picture-set.ts";
import type { Rule } from "./rule.ts";

/** Fewer images than that tell nothing. */
const FEWEST_TO_JUDGE = 50;
/** From this ratio on rare classes are lost sight of. */
const UNEQUAL = 3;
/** Parts whose classes differ by this share of all images are not alike. */
const UNLIKE = 0.15;

const leaks: Rule = ({ leaks: { leaks: found } }) => {
  if (found.length === 0) return undefined;
  const described = found.map(
    ({ from, to, images }) =>
      `${counted(images.length, "image")} of ${to} ${images.length === 1 ? "is" : "are"} in ${from}, too`,
  );
  return {
    weight: "serious",
    text: "Take such images out of one of the parts before you believe any figure: a model is judged by what it has seen.",
    reason: `${described.join(", and ")}.`,
  };
};

const conflicts: Rule = ({ leaks: { conflicts: found } }) => {
  if (found.length === 0) return undefined;
  const isCertain = found.some(({ by }) => by === "content");
  const [subject, evidence] = [
    counted(found.length, "pair of images is", "pairs of images are"),
    isCertain ? "" : ", by their looks",
  ];
  return {
    weight: isCertain ? "serious" : "notable",
    text: isCertain
      ? "Decide which class is right, and remove the other one."
      : "Look at them in the page: either a label is wrong, or the classes differ in less than can be seen in small.",
    reason: `${subject} the same image under two classes${evidence}.`,
  };
};

const sharedGroups: Rule = ({ files }) => {
  const groups = files?.groups;
  if (groups === undefined || groups.shared === 0) return undefined;
  return {
    weight: groups.isGiven ? "serious" : "notable",
    text: groups.isGiven
      ? "Move all images of a group into one part: a model that knows a group is judged by it."
      : "If the same number is the same person or thing, move all of its images into one part; if numbers were given anew in each part, all is well.",
    reason: `${counted(groups.shared, "group", "groups")} of file names (${groups.pattern}) ${groups.shared === 1 ? "has" : "have"} images in the part to train on and in another one.`,
  };
};

const group: Rule = (findings) => {
  const groups = findings.files?.groups;
  if (groups === undefined || groups.isGiven || hasOwnValidation(findings)) return undefined;
  return {
    weight: "notable",
    text: `Hold back whole groups (--group "${groups.pattern}"), if the names mean that; otherwise leave the option out.`,
    reason: `${formatCount(groups.images)} images have names in ${formatCount(groups.groups)} groups, as if several were of the same person or thing.`,
  };
};

const noTraining: Rule = ({ parts, set }) =>
  set.pictures.some(isForTraining)
    ? undefined
    : {
        weight: "serious",
        text: 'Put images into a folder "train", or name one of the folders instead of all.',
        reason: `There are only images of ${parts.map(({ split }) => split).join(" and ")}, and none to train on.`,
      };

const smallParts: Rule = ({ parts }) => {
  const training = parts.find(({ split }) => split === "train");
  const small = parts.filter(({ split, count }) => split !== "train" && split !== undefined && count < FEWEST_TO_JUDGE);
  if (training === undefined || small.length === 0) return undefined;
  const described = small.map(
    ({ split, count }) =>
      `The ${split} part has ${counted(count, "image")}: one more or less that is told right changes an accuracy by ${formatShare(1 / count)}.`,
  );
  const isReplaced = small.some(
    ({ split, count }) => split === "validation" && !isEnoughToValidate(count, training.count),
  );
  return {
    weight: "serious",
    text: isReplaced
      ? "Judge by more: a training holds back a tenth of the training images instead of so small a validation part."
      : "Judge by more images than that, such as a fifth of all (--validation 0.2), or take what is measured as rough.",
    reason: described.join(" "),
  };
};

const unlikeParts: Rule = ({ parts }) => {
  const training = parts.find(({ split }) => split === "train");
  if (training === undefined || training.classes.length === 0) return undefined;
  const unlike = parts
    .filter((part) => part !== training && part.classes.length > 0 && part.count >= FEWEST_TO_JUDGE)
    .map((part) => ({ part, ...largestDifference(training, part) }))
    .toSorted((a, b) => b.difference - a.difference)[0];
  if (unlike === undefined || unlike.difference < UNLIKE) return undefined;
  const { part, className, here, there } = unlike;
  return {
    weight: "notable",
    text: "Compare figures of each class, not of all: a mean over all images changes with the mixture alone.",
    reason: `${className} is ${formatShare(here)} of train and ${formatShare(there)} of ${part.split}.`,
  };
};

const imbalance: Rule = ({ imbalance: found }) => {
  if (found === undefined || found.ratio < UNEQUAL) return undefined;
  const { most, least, ratio } = found;
  return {
    weight: "notable",
    text: "Look at the errors of each class in the report: a model learns what it sees most. Collect more of the rare class, or train with fewer of the others.",
    reason: `${most.className} has ${ratio.toFixed(ratio < 10 ? 1 : 0)} times as many images as ${least.className} (${formatCount(most.count)} and ${formatCount(least.count)}).`,
  };
};

const sorted: Rule = ({ isSorted }) =>
  isSorted
    ? {
        weight: "serious",
        text: "Hold back samples of every class (--split stratified) instead of the last ones.",
        reason: "The samples lie in order of their classes: the last tenth lacks some of them.",
      }
    : undefined;

const few: Rule = (findings) => {
  if (!shouldAugment(findings)) return undefined;
  const count = findings.set.pictures.filter(isForTraining).length;
  return {
    weight: count < FEWEST_TO_VALIDATE ? "serious" : "notable",
    text:
      `Change them at random while training (--augment ${SAFE_AUGMENTATION}). Flips are not among it: only you know whether a mirrored image ` +
      "is still one of its kind. Photos of most things are; digits, letters and X-rays are not.",
    reason: `There ${count === 1 ? "is" : "are"} ${counted(count, "image")} to train on; with less than ${formatCount(FEW_IMAGES)} a model soon knows them by heart.`,
  };
};

/** Names of classes that are what is usual, rather than a kind of fault. */
const USUAL = /(?:^|[\W_])(?:normal|good|ok|okay|free|healthy|intact|undamaged|no[ _-]?defects?)$/iu;

const anomalies: Rule = ({ set: { classNames }, files }) => {
  const usual = classNames.filter((name) => USUAL.test(name));
  const [only] = usual;
  if (files === undefined || only === undefined || usual.length > 1 || classNames.length < 2) return undefined;
  return {
    weight: "hint",
    text: `To find anomalies, train on the folder of ${only} alone: what such a model cannot give back is unlike all that it knows.`,
    reason: `The class ${only} seems to be what is usual, and the others what is not.`,
  };
};

export const adviceOnParts: readonly Rule[] = [
  leaks,
  conflicts,
  noTraining,
  sorted,
  smallParts,
  sharedGroups,
  group,
  unlikeParts,
  imbalance,
  few,
  anomalies,
];

/** The class whose shares of two parts differ most. */
function largestDifference(
  training: PartCounts,
  other: PartCounts,
): { readonly className: string; readonly here: number; readonly there: number; readonly difference: number } {
  return training.classes
    .map(({ className, count }) => {
      const here = count / training.count;
      const there = (other.classes.find((one) => one.className === className)?.count ?? 0) / other.count;
      return { className, here, there, difference: Math.abs(here - there) };
    })
    .reduce((most, one) => (one.difference > most.difference ? one : most));
}
