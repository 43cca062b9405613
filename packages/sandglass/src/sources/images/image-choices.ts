import type { ImageChoices } from "../../images/decode/index.ts";
import type { DataChoices, ReadingChoices } from "../source-kind.ts";

/**
 * What the user chose, as it is taken where images are planned.
 *
 * @param seed says where patches lie.
 */
export function imageChoices({ size: given, color, fit, patches }: DataChoices, seed: number): ImageChoices {
  const size = given === undefined ? undefined : String(given);
  return {
    ...(color && { color }),
    ...(fit && { fit }),
    ...(patches === undefined ? { size } : { patches: { size: size ?? "64", perImage: patches, seed } }),
  };
}

/** What the user chose of how the files of images are read, which a run keeps. */
export function imageReading({ unreadable, maxPixels }: ReadingChoices): ReadingChoices {
  return { ...(unreadable !== undefined && { unreadable }), ...(maxPixels !== undefined && { maxPixels }) };
}
