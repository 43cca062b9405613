/** What the parts of a set of images have in common, found out before a training. */
import { DatasetError, isStreamed, type Dataset } from "@sandglass/core";
import { UserError } from "../../errors.ts";
import { openImages, type ImagePlan, type OpenedImages } from "../../images/decode/index.ts";
import type { ImageCollection, ImageEntry } from "../../images/find/index.ts";
import {
  comparesLooks,
  imagePartLeaks,
  type ImagePart,
  type PartLeaksOfImages,
} from "../../images/leaks/part-leaks.ts";
import type { ImageParts } from "./image-parts.ts";

/** The parts of a training as they were opened. */
export interface OpenedParts {
  readonly training: OpenedImages;
  readonly validation: OpenedImages | undefined;
}

export interface ImageLeaksOptions {
  readonly plan: ImagePlan;
  /** Images of more pixels are refused. */
  readonly maxPixels?: number | undefined;
  readonly signal: AbortSignal;
}

/**
 * Compares what is trained on with what is validated with, and both with the test part, where the set has one. Looks are compared where decoded images
 * lie in memory anyway; then the test part is decoded for it, too.
 */
export async function imageLeaks(
  collection: ImageCollection,
  { training, validation, validatedWith }: ImageParts,
  opened: OpenedParts,
  options: ImageLeaksOptions,
): Promise<PartLeaksOfImages> {
  const { plan, signal } = options;
  const parts: ImagePart[] = [{ part: "train", ...imagesIn(training, opened.training, plan) }];
  if (validation !== undefined && opened.validation !== undefined) {
    const part = validatedWith === "test" ? "test" : "validation";
    parts.push({ part, ...imagesIn(validation, opened.validation, plan) });
  }
  const test = validatedWith === "test" ? [] : collection.entries.filter(({ split }) => split === "test");
  if (test.length > 0) {
    const images = parts.reduce((sum, { entries }) => sum + entries.length, test.length);
    const decoded = comparesLooks(parts, images) ? await decode(collection, test, options) : undefined;
    parts.push({ part: "test", ...(decoded ?? { entries: test }) });
  }
  return imagePartLeaks(parts, { signal });
}

/** Images in memory as they were read, those of a stream by their names. Of patches nobody knows the image again. */
function imagesIn(
  entries: readonly ImageEntry[],
  opened: OpenedImages,
  { patches }: ImagePlan,
): Omit<ImagePart, "part"> & { readonly data?: Dataset } {
  if (isStreamed(opened.data) || patches !== undefined) return { entries };
  return { entries: opened.entries, data: opened.data };
}

/** Undefined where hardly any of the images can be read, which is said when the part is used. */
async function decode(
  { classNames }: ImageCollection,
  entries: readonly ImageEntry[],
  { plan, maxPixels, signal }: ImageLeaksOptions,
): Promise<Omit<ImagePart, "part"> | undefined> {
  try {
    const opened = await openImages(entries, plan, { classNames, maxUnreadableShare: 1, maxPixels, signal });
    await opened.close();
    return imagesIn(entries, opened, plan);
  } catch (error) {
    if (error instanceof UserError || error instanceof DatasetError) return undefined;
    throw error;
  }
}
