/** Folders, patterns, archives and single files of images as data. */
import { createHash } from "node:crypto";
import { stat } from "node:fs/promises";
import { isStreamed, randomPart } from "@sandglass/core";
import {
  planImages,
  probeImages,
  UnreadableLimit,
  type ImagePlan,
  type OpenedImages,
  type OpenImagesOptions,
} from "../../images/decode/index.ts";
import {
  isForeignName,
  isImageName,
  isPattern,
  type ImageCollection,
  type ImageEntry,
} from "../../images/find/index.ts";
import { someNames } from "../../text/some-names.ts";
import { hashOf } from "../hash-of.ts";
import type { DataChoices, OpenServices, ReadingChoices, SourceKind } from "../source-kind.ts";
import { imageChoices, imageReading } from "./image-choices.ts";
import { imageLeaks } from "./image-leaks.ts";
import { imagesToOpen, type ImagesToOpen } from "./paired-images.ts";
import { entriesOf, imageParts, type ImageParts } from "./image-parts.ts";
import { describeLeftOut, describeReplaced, sayUnreadable } from "./unreadable-notes.ts";

/** So many headers tell how images are to be read. */
const PROBED = 2000;

export const imageSource: SourceKind<"images"> = {
  kind: "images",
  title: "images",
  takes: ["count", "split", "group", "size", "color", "fit", "patches", "target", "unreadable", "maxPixels"],

  async recognizes(source) {
    const stats = await stat(source).catch(() => undefined);
    if (stats?.isDirectory() === true) return true;
    if (stats === undefined && isPattern(source)) return !TABLE_PATTERN.test(source);
    return isImageName(source) || isForeignName(source);
  },

  async openForTraining(source, request, services) {
    const { choices, seed } = request;
    const { signal } = services;
    const images = await imagesToOpen(source, choices.target, signal);
    const { collection } = images;
    const parts = imageParts(collection, request);
    const reading = imageReading(choices);
    const { plan, notes } = await planFor(images, parts.training, choices, seed, signal);
    const { classNames } = collection;
    const opened: OpenedImages[] = [];
    const count = parts.training.length + (parts.validation?.length ?? 0);
    const options = optionsFor(collection, new UnreadableLimit(count, choices.unreadable), choices, services);
    const open = async (entries: readonly ImageEntry[]): Promise<OpenedImages> => {
      const part = await images.open(entries, plan, options);
      opened.push(part);
      return part;
    };
    const { training, validation, compared } = await openParts(parts, open)
      .then(async (both) => {
        const compared = await imageLeaks(collection, parts, both, { plan, maxPixels: choices.maxPixels, signal });
        return { ...both, compared };
      })
      .catch(async (error: unknown) => {
        await closeAll(opened);
        throw error;
      });
    return {
      name: collection.name,
      training: training.data,
      validation: validation?.data,
      validatedWith: parts.validatedWith,
      preparation: { kind: "images", plan, classNames, ...(Object.keys(reading).length > 0 && { reading }) },
      fingerprint: fingerprintOf(images, parts, plan, opened),
      notes: [
        ...collection.notes,
        ...images.notes,
        ...parts.notes,
        ...notes,
        ...compared.notes,
        ...describeLeftOut(opened, images.isPaired),
      ],
      leaks: compared.leaks,
      lateNotes: () => describeReplaced(opened, images.isPaired),
      close: () => closeAll(opened),
    };
  },

  async openForUse(source, { plan, classNames }, { half, count, target, unreadable, maxPixels }, services) {
    const found = await imagesToOpen(source, target, services.signal);
    const { collection } = found;
    const isWhole = collection.entries.every(({ split }) => split === undefined);
    const all = isWhole ? collection.entries : entriesOf(collection, half, "choose one with --split");
    const unknown = unknownClasses(all, classNames);
    // Classes that the run does not know are no labels for it.
    const isKnown =
      classNames.length > 0 && unknown.length === 0 && all.every(({ className }) => className !== undefined);
    const entries = (count === undefined ? all : all.slice(0, count)).map((entry) =>
      isKnown ? entry : unlabelled(entry),
    );
    // One bad image among the first few is still one of the set.
    const limit = new UnreadableLimit(all.length, unreadable);
    const options = optionsFor(
      { ...collection, classNames: isKnown ? classNames : [] },
      limit,
      { maxPixels },
      services,
    );
    const images = await found.open(entries, plan, options);
    return {
      data: images.data,
      half: isWhole ? undefined : half,
      sampleNames: sampleNames(images),
      notes: [
        ...collection.notes,
        ...found.notes,
        ...describeUnknown(unknown, classNames),
        ...describeLeftOut([images], found.isPaired),
      ],
      close: () => images.close(),
    };
  },
};

/** What each sample is called: by its image, of several patches with a number. */
function sampleNames({ entries, data }: OpenedImages): readonly string[] {
  const perImage = data.count / entries.length;
  if (perImage === 1) return entries.map(({ name }) => name);
  return entries.flatMap(({ name }) => Array.from({ length: perImage }, (_, patch) => `${name} patch ${patch + 1}`));
}

/** Patterns that end like those of tables. */
const TABLE_PATTERN = /\.(?:csv|tsv|parquet|json|jsonl|ndjson|npy|npz)(?:\.gz)?$/iu;

async function planFor(
  { withTargets }: ImagesToOpen,
  entries: readonly ImageEntry[],
  choices: DataChoices,
  seed: number,
  signal: AbortSignal,
): ReturnType<typeof planImages> {
  const probes = await probeImages(withTargets(sampleOf(entries)), { maxPixels: choices.maxPixels, signal });
  return planImages(probes, imageChoices(choices, seed), { signal });
}

/** Images from all over the set, because sizes may differ from class to class. */
function sampleOf(entries: readonly ImageEntry[]): readonly ImageEntry[] {
  return Array.from(randomPart(entries.length, PROBED, 0), (number) => entries[number] as ImageEntry);
}

function optionsFor(
  { name, classNames }: ImageCollection,
  limit: UnreadableLimit,
  { maxPixels }: ReadingChoices,
  { note, signal }: OpenServices,
): OpenImagesOptions {
  return {
    name,
    ...(classNames.length > 0 && { classNames }),
    limit,
    maxPixels,
    signal,
    onUnreadable: sayUnreadable(note),
  };
}

/** Classes of images that a run with classes has not seen. */
function unknownClasses(entries: readonly ImageEntry[], classNames: readonly string[]): readonly string[] {
  if (classNames.length === 0) return [];
  const found = new Set(entries.flatMap(({ className }) => className ?? []));
  return [...found.difference(new Set(classNames))].toSorted();
}

function describeUnknown(unknown: readonly string[], classNames: readonly string[]): readonly string[] {
  if (unknown.length === 0) return [];
  const classes = `${unknown.length === 1 ? "class" : "classes"} ${someNames(unknown)}`;
  return [
    `the run does not know the ${classes} (it knows ${someNames(classNames)}); all images are taken without classes`,
  ];
}

function unlabelled({ name, location, split, bytes }: ImageEntry): ImageEntry {
  return { name, location, bytes, ...(split && { split }) };
}

async function openParts(
  parts: ImageParts,
  open: (entries: readonly ImageEntry[]) => Promise<OpenedImages>,
): Promise<{ training: OpenedImages; validation: OpenedImages | undefined }> {
  const training = await open(parts.training);
  return { training, validation: parts.validation && (await open(parts.validation)) };
}

/** Of the values of images in memory; names and sizes of files tell streams apart without reading them all. */
function fingerprintOf(
  { withTargets }: ImagesToOpen,
  { training, validation = [] }: ImageParts,
  plan: ImagePlan,
  opened: readonly OpenedImages[],
): string {
  const list = (entries: readonly ImageEntry[]): unknown =>
    withTargets(entries).map(({ name, bytes }) => [name, bytes]);
  const values = opened.map(({ data }) => (isStreamed(data) ? "streamed" : hashOf(data)));
  return createHash("sha256")
    .update(JSON.stringify([plan, list(training), list(validation), values]))
    .digest("hex");
}

async function closeAll(opened: readonly OpenedImages[]): Promise<void> {
  await Promise.all(opened.map((images) => images.close()));
}
