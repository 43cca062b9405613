/** Images as a data set: in memory where they fit, else decoded beside the training. */
import { UserError } from "../../errors.ts";
import type { ImageEntry } from "../find/index.ts";
import { cachedImages } from "./cached-images.ts";
import { MAX_PIXELS } from "./explain-failure.ts";
import { imageLabels } from "./image-labels.ts";
import { planBytes, type ImagePlan } from "./image-plan.ts";
import type { OpenedImages, OpenImagesOptions } from "./opened-images.ts";
import { samplesPerImage } from "./sample-jobs.ts";
import { streamedImages } from "./streamed-images.ts";
import { UnreadableImages } from "./unreadable-images.ts";
import { UnreadableLimit } from "./unreadable-limit.ts";
import { WorkerDecoder } from "./worker-decoder.ts";

/** Decoded images of more bytes are read when they are needed, unless told otherwise. */
export const CACHE_BYTES = 512 * 2 ** 20;

/**
 * Opens images to train on. Where all of them, decoded, take no more than `cacheBytes`, they are decoded now, and unreadable ones are left out.
 * Otherwise they are decoded when they are read, in a thread of its own, and an unreadable one is replaced by the nearest readable one before it
 * of the same class. Either way a sample has the same values whenever it is read; nothing but names grows with the number of streamed images.
 *
 * @param plan of `planImages`, for instance. With patches, an image gives several samples.
 * @throws UserError when there are no images, or too many are unreadable; streams throw it when that shows.
 * @example
 * const { plan } = await planImages(await probeImages(entries), { size: "64" });
 * const images = await openImages(entries, plan);
 */
export async function openImages(
  entries: readonly ImageEntry[],
  plan: ImagePlan,
  options: OpenImagesOptions = {},
): Promise<OpenedImages> {
  const { name = "images", cacheBytes = CACHE_BYTES, maxPixels = MAX_PIXELS, signal, classNames } = options;
  const { maxUnreadableShare, limit = new UnreadableLimit(entries.length, maxUnreadableShare), onUnreadable } = options;
  if (entries.length === 0) throw new UserError(`${name} has no images; at least one is needed`);
  signal?.throwIfAborted();
  const isCached = fitsCache(entries.length, plan, cacheBytes);
  const fate = isCached ? "left out" : "replaced";
  const unreadable = new UnreadableImages(entries.length, limit, (image) => onUnreadable?.(image, fate));
  if (isCached) {
    const cached = await cachedImages(name, entries, plan, maxPixels, unreadable, options);
    return { ...cached, unreadable: () => unreadable.list(), close: async () => {} };
  }
  const labels = imageLabels(entries, samplesPerImage(plan), classNames);
  const decoder = startDecoder(plan, maxPixels, signal);
  return {
    data: streamedImages(name, entries, plan, labels, unreadable, decoder),
    entries,
    unreadable: () => unreadable.list(),
    close: () => decoder.close(),
  };
}

/** Whether so many decoded images are to be kept in memory. */
export function fitsCache(images: number, plan: ImagePlan, cacheBytes: number): boolean {
  return images * samplesPerImage(plan) * planBytes(plan) <= cacheBytes;
}

/** A thread that decodes until it is closed or the signal comes. */
export function startDecoder(plan: ImagePlan, maxPixels: number, signal: AbortSignal | undefined): WorkerDecoder {
  const decoder = new WorkerDecoder(plan, maxPixels);
  const stop = (): void => void decoder.close(signal?.reason);
  signal?.addEventListener("abort", stop);
  // A signal may outlive many decoders.
  void decoder.exited.then(() => signal?.removeEventListener("abort", stop));
  return decoder;
}
