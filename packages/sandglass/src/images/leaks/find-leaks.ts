import { hammingDistance } from "@sandglass/core";
import { PART_PAIRS, PARTS } from "../../leaks/index.ts";
import type { ImageSplit } from "../find/index.ts";
import type { FingerprintResult } from "./fingerprint-images.ts";
import type { ComparedImage, DuplicateImages, Evidence, ImageLeaks, SameImages, SplitLeak } from "./image-leaks.ts";
import { samePictures, type Picture, type SamePicturesOptions } from "./same-pictures.ts";

/**
 * Finds images that are in a set more than once: in two splits, several times in one, or under two class names.
 *
 * @param fingerprints those of the entries, by `fingerprintImages`.
 */
export function findLeaks(
  entries: readonly ComparedImage[],
  fingerprints: readonly FingerprintResult[],
  options: SamePicturesOptions = {},
): ImageLeaks {
  const { pictures, groups, complete } = samePictures(entries, fingerprints, options);
  return {
    compared: pictures.length,
    comparedByContentOnly: pictures.filter(({ look }) => look === undefined).length,
    complete,
    leaks: leaksOf(groups),
    duplicates: groups.flatMap(duplicatesIn),
    conflicts: groups.flatMap(conflictsIn),
  };
}

function leaksOf(groups: ReadonlyArray<readonly Picture[]>): SplitLeak[] {
  return PART_PAIRS.map(([from, to]) => ({
    from,
    to,
    images: groups.flatMap((group) => sharedBetween(group, from, to)),
  })).filter(({ images }) => images.length > 0);
}

function sharedBetween(group: readonly Picture[], from: ImageSplit, to: ImageSplit): SameImages[] {
  const seen = group.filter(({ entry }) => entry.split === from);
  const judged = group.filter(({ entry }) => entry.split === to);
  return judged.flatMap((picture) => sameAs(picture, nearest(picture, seen)));
}

function duplicatesIn(group: readonly Picture[]): DuplicateImages[] {
  return [undefined, ...PARTS].flatMap((split): DuplicateImages[] => {
    const pictures = group.filter(({ entry }) => entry.split === split);
    if (pictures.length < 2) return [];
    const by: Evidence = new Set(pictures.map(({ content }) => content)).size === 1 ? "content" : "look";
    return [{ ...(split && { split }), images: pictures.map(({ entry }) => entry), by }];
  });
}

function conflictsIn(group: readonly Picture[]): SameImages[] {
  const classes = new Set(group.map(({ entry }) => entry.className));
  if (classes.size < 2) return [];
  const found = new Map<string, SameImages>();
  for (const picture of group) {
    const others = group.filter(({ entry }) => isOtherClass(entry, picture.entry));
    for (const conflict of sameAs(picture, nearest(picture, others))) {
      const key = [conflict.image.name, conflict.twin.name].toSorted().join("\n");
      if (!found.has(key)) found.set(key, conflict);
    }
  }
  return [...found.values()];
}

function isOtherClass(one: ComparedImage, other: ComparedImage): boolean {
  return one.className !== undefined && other.className !== undefined && one.className !== other.className;
}

/** The one of the same bytes or, where there is none, that looks most alike. */
function nearest(picture: Picture, others: readonly Picture[]): Picture | undefined {
  const copy = others.find(({ content }) => content === picture.content);
  if (copy !== undefined || picture.look === undefined) return copy;
  let [best, least]: [Picture | undefined, number] = [undefined, Infinity];
  for (const other of others) {
    const distance = other.look === undefined ? Infinity : hammingDistance(picture.look.hash, other.look.hash);
    if (distance < least) [best, least] = [other, distance];
  }
  return best;
}

function sameAs(picture: Picture, twin: Picture | undefined): SameImages[] {
  if (twin === undefined) return [];
  const by: Evidence = picture.content === twin.content ? "content" : "look";
  return [{ image: picture.entry, twin: twin.entry, by }];
}
