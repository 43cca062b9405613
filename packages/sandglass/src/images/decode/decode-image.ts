/** One image, from the bytes of its file to the values of a plan. */
import type { EntryReader, ImageEntry } from "../find/index.ts";
import { UserError } from "../../errors.ts";
import { explainFailure, explainRead, MAX_PIXELS } from "./explain-failure.ts";
import { refuseLayout } from "./image-header.ts";
import { imageInput, withReader, type ImageInput } from "./image-input.ts";
import { openUpright, resizeToPlan, toPlanValues } from "./image-pipeline.ts";
import { planSize, type ImagePlan, type ImageValues } from "./image-plan.ts";
import { decodePatches, type PatchPlace } from "./patches.ts";
import { rawValues } from "./raw-values.ts";

export interface DecodeImageOptions {
  /** Images of more pixels are refused. Default: 100 million. */
  readonly maxPixels?: number | undefined;
}

/** What decoding needs beside the image and the plan. */
export interface DecodeContext {
  readonly maxPixels: number;
  readonly reader: EntryReader;
}

/** What decoding gave: the values of the image or of each of its patches, or why there are none. */
export type Decoded = { readonly values: readonly ImageValues[] } | { readonly reason: string };

/**
 * Decodes an image: upright as EXIF says, in sRGB or grey, the first frame of an animation, brought to the plan's size. A plan for patches
 * needs `openImages`, which says which patch.
 *
 * @returns values in the order height, width, channel: bytes, or floats from 0 to 65,535 where the plan's depth is 16.
 * @throws UserError when the image cannot be read, with the reason; so with all that is truncated.
 * @example
 * const values = await decodeImage(entry, { height: 32, width: 32, channels: 1, fit: "stretch", depth: 8 });
 */
export async function decodeImage(
  entry: ImageEntry,
  plan: ImagePlan & { readonly depth: 8 },
  options?: DecodeImageOptions,
): Promise<Uint8Array>;
export async function decodeImage(
  entry: ImageEntry,
  plan: ImagePlan,
  options?: DecodeImageOptions,
): Promise<ImageValues>;
export async function decodeImage(
  entry: ImageEntry,
  plan: ImagePlan,
  { maxPixels = MAX_PIXELS }: DecodeImageOptions = {},
): Promise<ImageValues> {
  const decoded = await withReader((reader) => decodeEntry(entry, plan, [], { maxPixels, reader }));
  if ("reason" in decoded) throw new UserError(`${entry.name} cannot be read: ${decoded.reason}`);
  return decoded.values[0] as ImageValues;
}

/**
 * Decodes an image or, where places are given, its patches. Whatever is wrong with the file is a reason; the promise is rejected by faults of the
 * program only.
 */
export async function decodeEntry(
  entry: ImageEntry,
  plan: ImagePlan,
  places: readonly PatchPlace[],
  { maxPixels, reader }: DecodeContext,
): Promise<Decoded> {
  let input: ImageInput;
  try {
    input = await imageInput(entry, reader);
  } catch (error) {
    return { reason: explainRead(error) };
  }
  try {
    const layout = await refuseLayout(input);
    if (layout !== undefined) return { reason: layout };
    return places.length === 0
      ? { values: [await decodeWhole(input, plan, maxPixels)] }
      : await decodePatches(input, plan, places, maxPixels);
  } catch (error) {
    return { reason: await explainFailure(error, input, maxPixels) };
  }
}

async function decodeWhole(input: ImageInput, plan: ImagePlan, maxPixels: number): Promise<ImageValues> {
  const image = resizeToPlan(openUpright(input, maxPixels), plan);
  return rawValues(await toPlanValues(image, plan).toBuffer(), plan, planSize(plan));
}
