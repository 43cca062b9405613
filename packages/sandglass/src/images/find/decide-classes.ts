/** Which folders are worth being classes, and what the user should know about them. */
import { someNames } from "../../text/some-names.ts";
import type { ImageSplit } from "./image-collection.ts";
import type { Arrangement, PlacedImage } from "./arrange.ts";
import { compareCodeUnits } from "./names.ts";
import { count } from "./wording.ts";

export interface Classes {
  /** Sorted; empty when there are fewer than two. */
  readonly classNames: readonly string[];
  /** The class of an image, if its split has classes. */
  classOf(image: PlacedImage): string | undefined;
  readonly notes: readonly string[];
}

/**
 * Decides what the classes are. Within a split either all images have one or none has; the classes are those of all
 * splits together. One class alone says nothing.
 */
export function decideClasses({
  images,
  hasSplits,
  wrapper,
}: Pick<Arrangement, "images" | "hasSplits" | "wrapper">): Classes {
  const splits = Map.groupBy(images, ({ split }) => split);
  const notes: string[] = [];
  const labelled = new Set<ImageSplit | undefined>();
  for (const [split, members] of splits) {
    const loose = members.filter(({ folder }) => folder === undefined);
    if (loose.length === 0) labelled.add(split);
    else if (loose.length < members.length) notes.push(looseNote(split, loose));
  }
  const names = new Set<string>();
  for (const { split, folder } of images) {
    if (folder !== undefined && labelled.has(split)) names.add(className(folder));
  }
  if (names.size < 2) {
    const [single = wrapper.split("/").at(-2)] = names;
    // With splits, a folder around them is no class.
    if (single !== undefined && notes.length === 0 && (names.size === 1 || !hasSplits)) {
      notes.push(`all images lie in the folder ${single}; one class alone gives no labels`);
    }
    return { classNames: [], classOf: () => undefined, notes };
  }
  const classNames = [...names].toSorted(compareCodeUnits);
  for (const [split, members] of splits) {
    if (split === undefined) continue;
    if (labelled.has(split)) notes.push(...missingNote(split, members, classNames));
    else if (members.every(({ folder }) => folder === undefined))
      notes.push(`the images of the split ${split} have no classes`);
  }
  return {
    classNames,
    classOf: ({ split, folder }) => (folder !== undefined && labelled.has(split) ? className(folder) : undefined),
    notes,
  };
}

/** Disks differ in how they spell letters with accents; the classes of one spelling are one. */
function className(folder: string): string {
  return folder.normalize("NFC");
}

function looseNote(split: ImageSplit | undefined, loose: readonly PlacedImage[]): string {
  const [those, lie] = loose.length === 1 ? ["it", "lies"] : ["them", "lie"];
  const whose = split === undefined ? "the images" : `the images of the split ${split}`;
  return (
    `${count(loose.length, "image")} ${lie} beside the folders of the classes, so ${whose} have no classes ` +
    `(move ${those} into a folder, or out of the data): ${someNames(loose.map(({ path }) => path).toSorted(compareCodeUnits))}`
  );
}

function missingNote(split: ImageSplit, members: readonly PlacedImage[], classNames: readonly string[]): string[] {
  const there = new Set(members.map(({ folder = "" }) => className(folder)));
  const missing = classNames.filter((name) => !there.has(name));
  if (missing.length === 0) return [];
  return [`the split ${split} has no image of ${count(missing.length, "class", "classes")}: ${someNames(missing, 10)}`];
}
