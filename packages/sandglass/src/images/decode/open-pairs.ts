/** Images, and what a model is to make of them: noisy and clean, blurred and sharp. */
import type { AnyDataset } from "@sandglass/core";
import { UserError } from "../../errors.ts";
import type { EntryReader, ImageEntry, ImagePair } from "../find/index.ts";
import { cachedImages } from "./cached-images.ts";
import { decodeEntry, type DecodeContext } from "./decode-image.ts";
import { MAX_PIXELS } from "./explain-failure.ts";
import { imageLabels } from "./image-labels.ts";
import { withReader } from "./image-input.ts";
import type { ImagePlan } from "./image-plan.ts";
import { isReadable, type ImageHeader, type UnreadableImage } from "./image-probe.ts";
import { mapInFlight } from "../in-flight.ts";
import { CACHE_BYTES, fitsCache, startDecoder } from "./open-images.ts";
import type { OpenImagesOptions } from "./opened-images.ts";
import { probeImage } from "./probe-images.ts";
import { samplesPerImage } from "./sample-jobs.ts";
import { streamedImages } from "./streamed-images.ts";
import { UnreadableImages } from "./unreadable-images.ts";
import { UnreadableLimit } from "./unreadable-limit.ts";

/** Two data sets in the same order: sample n of the one belongs to sample n of the other, and is cut from the same place. */
export interface OpenedPairs {
  readonly inputs: AnyDataset;
  readonly targets: AnyDataset;
  /** The pairs of the data, in order. */
  readonly pairs: readonly ImagePair[];
  /** Of each pair that was left out, the image that is to blame. */
  unreadable(): readonly UnreadableImage[];
  /** Ends what reads beside the training. */
  close(): Promise<void>;
}

/** Pairs that are checked at the same time. */
const IN_FLIGHT = 8;
/** How much the aspect ratios of a pair may differ: targets that were made smaller were rounded to whole pixels. */
const ASPECT_TOLERANCE = 0.02;

/**
 * Opens pairs of images, as `openImages` opens images. A pair is left out when either image is unreadable. So that the two data sets never differ in
 * that, all images are decoded once before, also those that are streamed.
 *
 * @param plan what both images are made into. Patches need images of one size, whole images those of one aspect ratio.
 * @throws UserError when there are no pairs or too many are unreadable; a stream, when an image that was readable no longer is.
 */
export async function openPairs(
  pairs: readonly ImagePair[],
  plan: ImagePlan,
  options: OpenImagesOptions = {},
): Promise<OpenedPairs> {
  const { name = "images", cacheBytes = CACHE_BYTES, maxPixels = MAX_PIXELS, signal, classNames, onProgress } = options;
  const { maxUnreadableShare, limit = new UnreadableLimit(pairs.length, maxUnreadableShare), onUnreadable } = options;
  if (pairs.length === 0) throw new UserError(`${name} has no pairs of images; at least one is needed`);
  const unreadable = new UnreadableImages(pairs.length, limit, (image) => onUnreadable?.(image, "left out"));
  let done = 0;
  const check = async (pair: ImagePair, number: number, reader: EntryReader): Promise<void> => {
    const failure = await checkPair(pair, plan, { maxPixels, reader });
    if (failure !== undefined) unreadable.add(number, failure);
    onProgress?.(++done, pairs.length);
  };
  await withReader((reader) => mapInFlight(pairs, IN_FLIGHT, (pair, number) => check(pair, number, reader), signal));
  unreadable.check();

  const kept = pairs.filter((_, number) => !unreadable.has(number));
  const sides = [kept.map(({ input }) => input), kept.map(({ target }) => target)] as const;
  const shared = { pairs: kept, unreadable: () => unreadable.list() };
  if (fitsCache(2 * kept.length, plan, cacheBytes)) {
    const open = async (entries: readonly ImageEntry[]): Promise<AnyDataset> =>
      (await cachedImages(name, entries, plan, maxPixels, none(kept.length), { classNames, signal })).data;
    return { inputs: await open(sides[0]), targets: await open(sides[1]), ...shared, close: async () => {} };
  }
  const labels = sides.map((entries) => imageLabels(entries, samplesPerImage(plan), classNames));
  const decoder = startDecoder(plan, maxPixels, signal);
  const open = (side: 0 | 1): AnyDataset =>
    streamedImages(name, sides[side], plan, labels[side] ?? {}, none(kept.length), decoder);
  return { inputs: open(0), targets: open(1), ...shared, close: () => decoder.close() };
}

/** Checked pairs bear no further failure. */
function none(count: number): UnreadableImages {
  return new UnreadableImages(count, new UnreadableLimit(count, 0));
}

/** What is wrong with a pair, or undefined. */
async function checkPair(
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
  if (reason !== undefined) return { entry: target, reason };
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
