/** What makes an image known again: its bytes, and what it looks like. */
import { createHash } from "node:crypto";
import { perceptualHash, THUMBNAIL_SIDE, type PerceptualHash } from "@sandglass/core";
import { explainFailure, explainRead, MAX_PIXELS } from "../decode/explain-failure.ts";
import { readHeader } from "../decode/image-header.ts";
import { withReader } from "../decode/image-input.ts";
import { openUpright, resizeToPlan, toPlanValues } from "../decode/image-pipeline.ts";
import type { ImagePlan } from "../decode/image-plan.ts";
import { mapInFlight } from "../in-flight.ts";
import type { EntryReader, ImageEntry } from "../find/index.ts";

/** What an image looks like, small and in grey. */
export interface ImageLook {
  readonly hash: PerceptualHash;
  /** `[32, 32]` bytes. */
  readonly thumbnail: Uint8Array;
}

export interface ImageFingerprint {
  /** The same for the same bytes, and for no others: a SHA-256, for instance. */
  readonly content: string;
  /** Absent where looks say too little: the image is almost empty, or smaller than 32 pixels, as drawn digits are. */
  readonly look?: ImageLook;
}

/** The fingerprint of an image, or why there is none. */
export type FingerprintResult = ImageFingerprint | { readonly reason: string };

export interface FingerprintImagesOptions {
  /** Images of more pixels are refused. Default: 100 million. */
  readonly maxPixels?: number | undefined;
  /** Hears how many of how many are done. */
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** sharp's threads are four; some more files are being read in the meantime. */
const IN_FLIGHT = 8;

const thumbnailPlan: ImagePlan = {
  height: THUMBNAIL_SIDE,
  width: THUMBNAIL_SIDE,
  channels: 1,
  fit: "stretch",
  depth: 8,
};

/**
 * Takes the fingerprints of images, in their order. Whatever is wrong with a file is a reason in its place.
 *
 * @throws the reason of the signal.
 */
export async function fingerprintImages(
  entries: readonly ImageEntry[],
  { maxPixels = MAX_PIXELS, onProgress, signal }: FingerprintImagesOptions = {},
): Promise<FingerprintResult[]> {
  let done = 0;
  const fingerprint = async (entry: ImageEntry, reader: EntryReader): Promise<FingerprintResult> => {
    const result = await fingerprintImage(entry, reader, maxPixels);
    onProgress?.(++done, entries.length);
    return result;
  };
  return withReader((reader) => mapInFlight(entries, IN_FLIGHT, (entry) => fingerprint(entry, reader), signal));
}

async function fingerprintImage(entry: ImageEntry, reader: EntryReader, maxPixels: number): Promise<FingerprintResult> {
  let bytes: Uint8Array;
  try {
    bytes = await reader.read(entry);
  } catch (error) {
    return { reason: explainRead(error) };
  }
  try {
    const header = await readHeader(bytes);
    if (typeof header === "string") return { reason: header };
    const upright = resizeToPlan(openUpright(bytes, maxPixels), thumbnailPlan);
    const thumbnail = new Uint8Array(await toPlanValues(upright, thumbnailPlan).toBuffer());
    const content = createHash("sha256").update(bytes).digest("hex");
    const hash = Math.min(header.width, header.height) < THUMBNAIL_SIDE ? undefined : perceptualHash(thumbnail);
    return { content, ...(hash && { look: { hash, thumbnail } }) };
  } catch (error) {
    return { reason: await explainFailure(error, bytes, maxPixels) };
  }
}
