/** Groups of images that are the same, by their bytes or by what they look like. */
import { DisjointSets, likeness, nearestPairs } from "@sandglass/core";
import type { FingerprintResult, ImageFingerprint } from "./fingerprint-images.ts";
import type { ComparedImage } from "./image-leaks.ts";

/** An image that could be read. */
export interface Picture extends ImageFingerprint {
  readonly entry: ComparedImage;
}

export interface SamePictures {
  readonly pictures: readonly Picture[];
  /** Two and more that are the same, directly or by way of others in between. */
  readonly groups: ReadonlyArray<readonly Picture[]>;
  /** False when there were too many pairs to look at. */
  readonly complete: boolean;
}

/**
 * Images may be the same when their hashes differ in so many of 64 bits at most. Tried on copies of X-rays of chests, cats and dogs,
 * steel tiles and other photos: all that were re-encoded, turned grey, brightened or shrunk to 96 pixels are that near (96 % of
 * tiles, brightened until they were white), 90 to 100 % of those that lack 2 % at each border, and 30 to 65 % of those that lack 5 %.
 * So is one in 130 pairs of different X-rays, and one in a million of different photos.
 */
const MOST_BITS = 12;

/**
 * They are the same when their likeness is as high as this. Both together find 96 to 100 % of those copies, 87 to 100 % of those that
 * lack 2 % at each border and 25 to 60 % of those that lack 5 %. Of 28,082 pairs of X-rays with near hashes one was found, two of the
 * same patient; the next one had 0.978. Of the tiles that were found, fifty pairs were looked at: all were shots of one tile.
 */
const LEAST_LIKENESS = 0.98;

/** Sets of one camera have very many pairs with near hashes. */
const MOST_PAIRS = 200_000;

export interface SamePicturesOptions {
  /** Pairs with near looks that are compared at most, a tenth of a millisecond each. Default: 200,000. */
  readonly mostPairs?: number | undefined;
  /** Whether the looks of images of one part are compared with each other, too. Default: true. */
  readonly withinParts?: boolean | undefined;
}

/** Finds the images that are the same. */
export function samePictures(
  entries: readonly ComparedImage[],
  fingerprints: readonly FingerprintResult[],
  { mostPairs = MOST_PAIRS, withinParts = true }: SamePicturesOptions = {},
): SamePictures {
  const pictures = entries.flatMap((entry, index): Picture[] => {
    const fingerprint = fingerprints[index];
    return fingerprint === undefined || "reason" in fingerprint ? [] : [{ entry, ...fingerprint }];
  });
  const numbers = new Map<string, number>();
  for (const { content } of pictures) if (!numbers.has(content)) numbers.set(content, numbers.size);
  const contents: Picture[][] = Array.from(numbers, () => []);
  for (const picture of pictures) contents[numbers.get(picture.content) as number]?.push(picture);

  const { sets, complete } = joinByLook(
    contents.map(([first]) => first),
    mostPairs,
    withinParts,
  );
  const groups = new Map<number, Picture[]>();
  for (const [number, content] of contents.entries()) {
    const root = sets.find(number);
    groups.set(root, [...(groups.get(root) ?? []), ...content]);
  }
  return { pictures, groups: [...groups.values()].filter(({ length }) => length > 1), complete };
}

/** Joins the contents that look the same; those without a look stay alone. */
function joinByLook(
  pictures: ReadonlyArray<Picture | undefined>,
  mostPairs: number,
  withinParts: boolean,
): { sets: DisjointSets; complete: boolean } {
  const sets = new DisjointSets(pictures.length);
  const comparable = pictures.flatMap((picture, content) =>
    picture?.look === undefined ? [] : [{ ...picture.look, part: picture.entry.split, content }],
  );
  const { pairs, complete } = nearestPairs(
    comparable.map(({ hash }) => hash),
    MOST_BITS,
    mostPairs,
    (one, other) => withinParts || comparable[one]?.part !== comparable[other]?.part,
  );
  for (const pair of pairs) {
    const [one, other] = [comparable[pair.one], comparable[pair.other]];
    if (one === undefined || other === undefined || sets.find(one.content) === sets.find(other.content)) continue;
    if (likeness(one.thumbnail, other.thumbnail) >= LEAST_LIKENESS) sets.join(one.content, other.content);
  }
  return { sets, complete };
}
