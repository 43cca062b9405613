/** Images that are decoded once, into memory. */
import { dataset, type Dataset } from "@sandglass/core";
import type { ImageEntry } from "../find/index.ts";
import { decodeAll } from "./decode-all.ts";
import { planScale, planShape, planSize, type ImagePlan, type ImageValues } from "./image-plan.ts";
import { imageLabels } from "./image-labels.ts";
import type { OpenImagesOptions } from "./opened-images.ts";
import { samplesPerImage } from "./sample-jobs.ts";
import type { UnreadableImages } from "./unreadable-images.ts";

export interface CachedImages {
  readonly data: Dataset;
  readonly entries: readonly ImageEntry[];
}

/**
 * Decodes all images. Unreadable ones are added to `unreadable` and left out.
 *
 * @throws UserError when too many are unreadable.
 */
export async function cachedImages(
  name: string,
  entries: readonly ImageEntry[],
  plan: ImagePlan,
  maxPixels: number,
  unreadable: UnreadableImages,
  { classNames, onProgress, signal }: Pick<OpenImagesOptions, "classNames" | "onProgress" | "signal">,
): Promise<CachedImages> {
  const { values, failures } = await decodeAll(entries, plan, maxPixels, { onProgress, signal });
  for (const { job, reason } of failures) unreadable.add(job, { entry: entries[job] as ImageEntry, reason });
  unreadable.check();
  return withoutUnreadable(name, { entries, values }, plan, unreadable, classNames);
}

/** Decoded images without the unreadable ones. Their values are those that came, moved together. */
export function withoutUnreadable(
  name: string,
  { entries, values }: { readonly entries: readonly ImageEntry[]; readonly values: ImageValues },
  plan: ImagePlan,
  unreadable: Pick<UnreadableImages, "has">,
  classNames: readonly string[] | undefined,
): CachedImages {
  const perImage = samplesPerImage(plan);
  const kept = entries.filter((_, image) => !unreadable.has(image));
  const room = perImage * planSize(plan);
  let to = 0;
  for (const image of entries.keys()) {
    if (unreadable.has(image)) continue;
    if (to !== image) values.copyWithin(to * room, image * room, (image + 1) * room);
    to++;
  }
  const labels = imageLabels(kept, perImage, classNames);
  const options = { ...labels, scale: planScale(plan) };
  return { data: dataset(name, planShape(plan), values.subarray(0, to * room), options), entries: kept };
}
