/** Images, and what a model is to make of them: noisy and clean, blurred and sharp. */
import type { StreamedDataset } from "@sandglass/core";
import { UserError } from "../../errors.ts";
import type { EntryReader, ImageEntry, ImagePair } from "../find/index.ts";
import { mapInFlight } from "../in-flight.ts";
import { withoutUnreadable } from "./cached-images.ts";
import { decodeAll } from "./decode-all.ts";
import { decodeEntry, type DecodeContext } from "./decode-image.ts";
import { MAX_PIXELS } from "./explain-failure.ts";
import { imageLabels } from "./image-labels.ts";
import { withReader } from "./image-input.ts";
import type { ImagePlan, ImageValues } from "./image-plan.ts";
import { isReadable, type ImageHeader, type UnreadableImage } from "./image-probe.ts";
import { CACHE_BYTES, fitsCache, startDecoder } from "./open-images.ts";
import type { OpenedImages, OpenImagesOptions } from "./opened-images.ts";
import { probeImage } from "./probe-images.ts";
import { samplesPerImage } from "./sample-jobs.ts";
import { streamedImages } from "./streamed-images.ts";
import { UnreadableImages } from "./unreadable-images.ts";
import { UnreadableLimit } from "./unreadable-limit.ts";

/** Inputs whose data set has targets: the target of a sample is cut from the same place of the other image. */
export interface OpenedPairs extends OpenedImages {
  /** The pairs of the data, in order. */
  readonly pairs: readonly ImagePair[];
  /** Of each pair that was left out, the image that is to blame. */
  unreadable(): readonly UnreadableImage[];
}

/** Pairs that are checked at the same time. */
const IN_FLIGHT = 8;
/** How much the aspect ratios of a pair may differ: targets that were made smaller were rounded to whole pixels. */
const ASPECT_TOLERANCE = 0.02;

/**
 * Opens pairs of images, as `openImages` opens images, as one data set with targets. A pair is left out when either image is unreadable. So that
 * both sides of a stream never differ in that, all images of one are decoded once before.
 *
 * @param plan what both images are made into. Patches need images of one size, whole images those of one aspect ratio.
 * @throws UserError when there are no pairs or too many are unreadable; a stream, when an image that was readable no longer is.
 */
export async function openPairs(
  pairs: readonly ImagePair[],
  plan: ImagePlan,
  options: OpenImagesOptions = {},
): Promise<OpenedPairs> {
  const { name = "images", cacheBytes = CACHE_BYTES, maxPixels = MAX_PIXELS, signal, onProgress } = options;
  const { maxUnreadableShare, limit = new UnreadableLimit(pairs.length, maxUnreadableShare), onUnreadable } = options;
  if (pairs.length === 0) throw new UserError(`${name} has no pairs of images; at least one is needed`);
  const unreadable = new UnreadableImages(pairs.length, limit, (image) => onUnreadable?.(image, "left out"));
  const isCached = fitsCache(2 * pairs.length, plan, cacheBytes);
  let done = 0;
  const check = async (pair: ImagePair, number: number, reader: EntryReader): Promise<void> => {
    const context = { maxPixels, reader };
    const failure =
      (await comparePair(pair, plan, context)) ?? (isCached ? undefined : await decodePair(pair, plan, context));
    if (failure !== undefined) unreadable.add(number, failure);
    if (!isCached) onProgress?.(++done, pairs.length);
  };
  await withReader((reader) => mapInFlight(pairs, IN_FLIGHT, (pair, number) => check(pair, number, reader), signal));
  unreadable.check();

  const openSides = isCached ? heldSides : streamedSides;
  const { data, close } = await openSides(pairs, plan, unreadable, { ...options, name, maxPixels });
  const kept = pairs.filter((_, number) => !unreadable.has(number));
  return { data, entries: kept.map(({ input }) => input), pairs: kept, unreadable: () => unreadable.list(), close };
}

type OpenSides = (
  pairs: readonly ImagePair[],
  plan: ImagePlan,
  unreadable: UnreadableImages,
  options: OpenImagesOptions & { readonly name: string; readonly maxPixels: number },
) => Promise<Pick<OpenedImages, "data" | "close">>;

/** Both sides in memory. What turns out unreadable while they are decoded is left out of both. */
const heldSides: OpenSides = async (pairs, plan, unreadable, { name, maxPixels, classNames, onProgress, signal }) => {
  const decode = async (entries: readonly ImageEntry[], before: number): Promise<ImageValues> => {
    const progress = (done: number, total: number): void => onProgress?.(before + Math.floor(done / 2), total);
    const { values, failures } = await decodeAll(entries, plan, maxPixels, { onProgress: progress, signal });
    for (const { job, reason } of failures) unreadable.add(job, { entry: entries[job] as ImageEntry, reason });
    return values;
  };
  const [inputs, targets] = [inputsOf(pairs), targetsOf(pairs)];
  const values = await decode(inputs, 0);
  const wanted = await decode(targets, Math.ceil(pairs.length / 2));
  unreadable.check();
  const { data } = withoutUnreadable(name, { entries: inputs, values }, plan, unreadable, classNames);
  const { data: ofTargets } = withoutUnreadable(
    name,
    { entries: targets, values: wanted },
    plan,
    unreadable,
    undefined,
  );
  return { data: { ...data, targets: ofTargets.values }, close: async () => {} };
};

const streamedSides: OpenSides = (pairs, plan, unreadable, { name, maxPixels, classNames, signal }) => {
  const kept = pairs.filter((_, number) => !unreadable.has(number));
  const decoder = startDecoder(plan, maxPixels, signal);
  // Checked pairs bear no further failure.
  const open = (entries: readonly ImageEntry[]): StreamedDataset => {
    const labels = imageLabels(entries, samplesPerImage(plan), classNames);
    const none = new UnreadableImages(entries.length, new UnreadableLimit(entries.length, 0));
    return streamedImages(name, entries, plan, labels, none, decoder);
  };
  const targets = open(targetsOf(kept));
  return Promise.resolve({
    data: { ...open(inputsOf(kept)), readTargets: (numbers) => targets.read(numbers) },
    close: () => decoder.close(),
  });
};

function inputsOf(pairs: readonly ImagePair[]): readonly ImageEntry[] {
  return pairs.map(({ input }) => input);
}

/** Without classes: those of the data are the inputs'. */
function targetsOf(pairs: readonly ImagePair[]): readonly ImageEntry[] {
  return pairs.map(({ target: { name, location, bytes } }) => ({ name, location, bytes }));
}

/** What keeps the images of a pair from being one, by their headers, or undefined. */
async function comparePair(
  { input, target }: ImagePair,
  plan: ImagePlan,
  context: DecodeContext,
): Promise<UnreadableImage | undefined> {
  const headers: ImageHeader[] = [];
  for (const entry of [input, target]) {
    const probe = await probeImage(entry, context);
    if (!isReadable(probe)) return probe;
    headers.push(probe.header);
  }
  const reason = mismatch(headers[0] as ImageHeader, headers[1] as ImageHeader, plan);
  return reason === undefined ? undefined : { entry: target, reason };
}

/** Which image of a pair cannot be decoded, or undefined. */
async function decodePair(
  { input, target }: ImagePair,
  plan: ImagePlan,
  context: DecodeContext,
): Promise<UnreadableImage | undefined> {
  // Of a plan for patches, any patch will do: what is truncated fails at each.
  const places = plan.patches === undefined ? [] : [{ down: 0, right: 0 }];
  for (const entry of [input, target]) {
    const decoded = await decodeEntry(entry, plan, places, context);
    if ("reason" in decoded) return { entry, reason: decoded.reason };
  }
  return undefined;
}

function mismatch(input: ImageHeader, target: ImageHeader, { patches }: ImagePlan): string | undefined {
  const sizes = `it has ${target.width} × ${target.height} pixels, and its input ${input.width} × ${input.height}`;
  if (patches !== undefined) {
    const isSame = input.width === target.width && input.height === target.height;
    return isSame ? undefined : `${sizes}; the same patches can be cut from images of the same size only`;
  }
  const ratio = (input.width * target.height) / (input.height * target.width);
  if (Math.abs(Math.log(ratio)) <= ASPECT_TOLERANCE) return undefined;
  return `${sizes}; images of a pair must have the same aspect ratio, so that the same part of both is seen`;
}
