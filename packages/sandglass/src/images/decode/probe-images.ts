/** Looks at many images' headers. */
import type { EntryReader, ImageEntry } from "../find/index.ts";
import type { DecodeContext } from "./decode-image.ts";
import { explainFailure, explainRead, MAX_PIXELS, tooManyPixels } from "./explain-failure.ts";
import { readHeader } from "./image-header.ts";
import { imageInput, withReader, type ImageInput } from "./image-input.ts";
import type { ImageProbe } from "./image-probe.ts";
import { mapInFlight } from "../in-flight.ts";

export interface ProbeImagesOptions {
  /** Images of more pixels are refused. Default: 100 million. */
  readonly maxPixels?: number | undefined;
  /** Hears how many headers of how many were read. */
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Headers that are read at the same time. */
const IN_FLIGHT = 32;

/**
 * Reads the headers of images, in their order. That finds what is no image, what is empty and what is too large; whether the pixels are all there
 * is known only when they are decoded.
 *
 * @throws the reason of the signal.
 */
export async function probeImages(
  entries: readonly ImageEntry[],
  { maxPixels = MAX_PIXELS, onProgress, signal }: ProbeImagesOptions = {},
): Promise<ImageProbe[]> {
  let done = 0;
  const probe = async (entry: ImageEntry, reader: EntryReader): Promise<ImageProbe> => {
    const result = await probeImage(entry, { maxPixels, reader });
    onProgress?.(++done, entries.length);
    return result;
  };
  return withReader((reader) => mapInFlight(entries, IN_FLIGHT, (entry) => probe(entry, reader), signal));
}

/** One header. */
export async function probeImage(entry: ImageEntry, { maxPixels, reader }: DecodeContext): Promise<ImageProbe> {
  let input: ImageInput;
  try {
    input = await imageInput(entry, reader);
  } catch (error) {
    return { entry, reason: explainRead(error) };
  }
  try {
    const header = await readHeader(input);
    if (typeof header === "string") return { entry, reason: header };
    const { width, height } = header;
    return width * height > maxPixels ? { entry, reason: tooManyPixels(width, height, maxPixels) } : { entry, header };
  } catch (error) {
    return { entry, reason: await explainFailure(error, input, maxPixels) };
  }
}
