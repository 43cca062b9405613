/** The parts of a set of images compared with each other, before a training. */
import type { Dataset } from "@sandglass/core";
import type { Part, PartLeaks } from "../../leaks/index.ts";
import type { ImageEntry } from "../find/index.ts";
import { describeConflicts, INCOMPLETE } from "./describe-leaks.ts";
import { findLeaks } from "./find-leaks.ts";
import type { ImageFingerprint } from "./fingerprint-images.ts";
import { haveLooks, lookOfSample } from "./look-of-sample.ts";
import { sharedOf } from "./shared-of.ts";
import { contentKeys } from "./same-contents.ts";

/** Images that are trained on, or that are judged by. */
export interface ImagePart {
  readonly part: Part;
  readonly entries: readonly ImageEntry[];
  /** The images in memory, one sample each; looks are compared where they are there of all parts. */
  readonly data?: Dataset | undefined;
}

/** Before a training, no more pairs of images that are somewhat alike are compared: that takes two seconds. */
const MOST_PAIRS = 10_000;

/** Of more images bytes alone are compared: the time for pairs grows faster than their number. */
const MOST_LOOKS = 50_000;

export interface PartLeaksOfImages {
  readonly leaks: PartLeaks | undefined;
  /** What else the user should know: images under two class names, and whether some pairs were left out. */
  readonly notes: readonly string[];
}

/** Whether the looks of so many images are compared, of which some parts are in memory. */
export function comparesLooks(parts: readonly Pick<ImagePart, "data">[], images: number): boolean {
  return images <= MOST_LOOKS && parts.every(({ data }) => data !== undefined && haveLooks(data));
}

/**
 * Finds images that are in two parts: to the byte, and by their looks where they are in memory and of 32 pixels at least.
 *
 * @throws the reason of the signal.
 */
export async function imagePartLeaks(
  parts: readonly ImagePart[],
  { signal }: { readonly signal?: AbortSignal | undefined } = {},
): Promise<PartLeaksOfImages> {
  if (parts.length < 2) return { leaks: undefined, notes: [] };
  const entries = parts.flatMap((part) => part.entries.map((entry) => ({ ...entry, split: part.part })));
  const keys = await contentKeys(entries, { signal });
  const hasLooks = comparesLooks(parts, entries.length);
  const seen = hasLooks ? parts.flatMap(({ data }) => data ?? []) : [];
  const looks = seen.flatMap((data) => Array.from({ length: data.count }, (_, sample) => lookOfSample(data, sample)));
  const prints = keys.map((content, image): ImageFingerprint => {
    const look = looks[image];
    return { content, ...(look && { look }) };
  });
  const found = findLeaks(entries, prints, { mostPairs: MOST_PAIRS, withinParts: false });
  return {
    leaks: {
      unit: "image",
      compared: Object.fromEntries(parts.map((one) => [one.part, one.entries.length])),
      by: hasLooks ? "bytes and looks" : "bytes",
      share: 1,
      shared: found.leaks.map(sharedOf),
    },
    notes: [
      ...(found.conflicts.length === 0 ? [] : [describeConflicts(found.conflicts)]),
      ...(found.complete ? [] : [INCOMPLETE]),
    ],
  };
}
