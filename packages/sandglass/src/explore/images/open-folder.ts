/** Files of images as a set of pictures: which of them can be read, what their headers say, and which are the same. */
import { randomPart } from "@sandglass/core";
import {
  isReadable,
  openImages,
  planImages,
  planShape,
  probeImages,
  type ImagePlan,
  type ReadableProbe,
  type UnreadableImage,
} from "../../images/decode/index.ts";
import type { ImageCollection, ImageEntry } from "../../images/find/index.ts";
import { findLeaks, fingerprintImages, type ImageLeaks } from "../../images/leaks/index.ts";
import { imageChoices, imagesToOpen } from "../../sources/index.ts";
import { formatCount } from "../../text/number-format.ts";
import type { ExploreRequest, ExploreServices } from "../exploration.ts";
import { contentArea } from "./content-area.ts";
import type { PictureSet } from "./picture-set.ts";
import { readingAdvice, type ReadingAdvice } from "./reading-advice.ts";

export interface OpenedFolder {
  readonly collection: ImageCollection;
  readonly set: PictureSet;
  /** Of the files that can be read, in the order of the pictures. */
  readonly probes: readonly ReadableProbe[];
  readonly unreadable: readonly UnreadableImage[];
  readonly leaks: ImageLeaks;
  /** How many files were looked at. */
  readonly files: number;
  readonly plan: ImagePlan;
  readonly reading: ReadingAdvice;
  readonly notes: readonly string[];
}

/** Of so many files all are read; of more, so many. */
const MOST_FILES = 50_000;

/**
 * Reads all headers and, to see whether the pixels are there and which images are the same, all files.
 *
 * @throws UserError when there are no images, or none that can be read.
 */
export async function openFolder(
  source: string,
  { choices, seed }: ExploreRequest,
  { progress, signal, note }: ExploreServices,
): Promise<OpenedFolder> {
  progress.begin(`looking for images in ${source}`, 0);
  const { collection, notes: alone } = await imagesToOpen(source, choices.target, signal);
  const entries = someOf(collection.entries, Math.min(MOST_FILES, choices.count ?? Number.POSITIVE_INFINITY), seed);
  const onProgress = (done: number): void => progress.advance(done);

  progress.begin("reading headers", entries.length);
  const { maxPixels } = choices;
  const headers = await probeImages(entries, { maxPixels, signal, onProgress });
  const announced = headers.filter(isReadable);
  progress.begin("reading images", announced.length);
  const prints = await fingerprintImages(
    announced.map(({ entry }) => entry),
    { maxPixels, signal, onProgress },
  );
  const probes = announced.filter((_, index) => !isFailure(prints[index]));
  const failures = announced.flatMap(({ entry }, index): UnreadableImage[] => {
    const print = prints[index];
    return print !== undefined && "reason" in print ? [{ entry, reason: print.reason }] : [];
  });
  const unreadable = [...headers.flatMap((probe) => (isReadable(probe) ? [] : [probe])), ...failures].toSorted(
    (a, b) => (a.entry.name < b.entry.name ? -1 : 1),
  );
  for (const { entry, reason } of unreadable.slice(0, MOST_NAMED)) note(`cannot be read: ${entry.name}: ${reason}`);
  if (unreadable.length > MOST_NAMED) note(`and ${formatCount(unreadable.length - MOST_NAMED)} more cannot be read`);

  const readable = probes.map(({ entry }) => entry);
  if (probes.length === 0) await planImages(unreadable);
  const reading = await readingAdvice(probes, choices, signal);
  const { plan, notes } = await planImages(probes, imageChoices({ ...reading, ...choices }, seed), { signal });
  progress.begin("comparing images", 0);
  const leaks = findLeaks(
    readable,
    prints.filter((print) => !isFailure(print)),
  );
  const { name, classNames } = collection;
  // Of each image one patch stands for all.
  const shown: ImagePlan = plan.patches === undefined ? plan : { ...plan, patches: { ...plan.patches, perImage: 1 } };
  const left = collection.entries.length - entries.length;
  return {
    collection,
    set: {
      name,
      pictures: readable,
      classNames,
      shape: planShape(plan),
      ...(plan.fit === "contain" && {
        areaOf: (number) => contentArea((probes[number] as ReadableProbe).header, plan),
      }),
      read: (numbers) => readEntries(readable, numbers, shown, { name, classNames, maxPixels, signal, onProgress }),
    },
    probes,
    unreadable,
    leaks,
    files: entries.length,
    plan,
    reading,
    notes: [
      ...collection.notes,
      ...alone,
      ...(left === 0
        ? []
        : [
            `${formatCount(entries.length)} of ${formatCount(collection.entries.length)} files were looked at, chosen at random`,
          ]),
      ...notes,
    ],
  };
}

/** So many unreadable files are named at once; the page names more. */
const MOST_NAMED = 3;

function isFailure(print: object | undefined): boolean {
  return print === undefined || "reason" in print;
}

function someOf(entries: readonly ImageEntry[], most: number, seed: number): readonly ImageEntry[] {
  return Array.from(randomPart(entries.length, most, seed), (number) => entries[number] as ImageEntry);
}

interface ReadingOptions {
  readonly name: string;
  readonly classNames: readonly string[];
  readonly maxPixels: number | undefined;
  readonly signal: AbortSignal;
  readonly onProgress: (done: number) => void;
}

async function readEntries(
  readable: readonly ImageEntry[],
  numbers: Uint32Array,
  plan: ImagePlan,
  { name, classNames, maxPixels, signal, onProgress }: ReadingOptions,
): ReturnType<PictureSet["read"]> {
  const wanted = Array.from(numbers, (number) => readable[number] as ImageEntry);
  const opened = await openImages(wanted, plan, {
    name,
    ...(classNames.length > 0 && { classNames }),
    // They are few, and could be read before.
    cacheBytes: Number.POSITIVE_INFINITY,
    maxUnreadableShare: 1,
    maxPixels,
    signal,
    onProgress,
  });
  if ("read" in opened.data) throw new Error("images that were to be in memory are not");
  const kept = new Set(opened.entries);
  return { data: opened.data, numbers: numbers.filter((number) => kept.has(readable[number] as ImageEntry)) };
}
