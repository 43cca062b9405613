/** Why an image could not be read, in plain words. */
import sharp from "sharp";
import { formatOfContent, HEAD_BYTES, READABLE_FORMATS } from "../image-formats.ts";
import { inputHead, type ImageInput } from "./image-input.ts";

/** Images of more pixels are refused unless more are allowed: a file of some kilobytes can unpack to gigabytes. */
export const MAX_PIXELS = 100_000_000;

/** What to do about larger ones. */
const ADVICE = "make it smaller, or allow more with --max-pixels (in code: maxPixels)";

const missing: Readonly<Record<string, string>> = {
  ENOENT: "the file is not there any more",
  EACCES: "there is no permission to read the file",
  EPERM: "there is no permission to read the file",
  EISDIR: "it is a folder",
  EMFILE: "too many files are open; raise the limit (ulimit -n)",
};

/**
 * The reason why sharp refused an image.
 *
 * @param error what sharp threw.
 * @param input what it was given.
 */
export async function explainFailure(error: unknown, input: ImageInput, maxPixels: number): Promise<string> {
  let start: { size: number; head: Uint8Array };
  try {
    start = await inputHead(input, HEAD_BYTES);
  } catch (failure) {
    return explainRead(failure);
  }
  if (start.size === 0) return "the file is empty (0 bytes)";
  if (messageOf(error).includes("exceeds pixel limit")) return explainSize(input, maxPixels);
  const format = formatOfContent(start.head);
  if (format === undefined) return `it is not an image of a format that can be read (${READABLE_FORMATS})`;
  const { name, readable } = format;
  if (!readable) return unknownFormat(name);
  // libvips keeps one text of errors for all of its threads, so that what it says may be about another image.
  return `truncated or damaged ${name}, or of a kind that cannot be read`;
}

/** The reason why the bytes of an image could not be read. */
export function explainRead(error: unknown): string {
  const code = error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "";
  return missing[code] ?? messageOf(error);
}

/** The reason to refuse an image of so many pixels. */
export function tooManyPixels(width: number, height: number, maxPixels: number): string {
  return (
    `it has ${width} × ${height} pixels (${megapixels(width * height)} megapixels), and the limit is ${megapixels(maxPixels)} ` +
    `megapixels; ${ADVICE}`
  );
}

/** The reason to refuse an image of such a format. */
export function unknownFormat(name: string): string {
  return `it is a file of the format ${name}, which cannot be read; convert it to one of ${READABLE_FORMATS}`;
}

/** Width and height come from the header again: sharp's own message does not say them. */
async function explainSize(input: ImageInput, maxPixels: number): Promise<string> {
  try {
    const { width, height } = await sharp(input, { limitInputPixels: false }).metadata();
    return tooManyPixels(width, height, maxPixels);
  } catch {
    return `it has more than ${megapixels(maxPixels)} megapixels; ${ADVICE}`;
  }
}

function megapixels(pixels: number): string {
  const digits = pixels < 1e5 ? { maximumSignificantDigits: 2 } : { maximumFractionDigits: 1 };
  return (pixels / 1e6).toLocaleString("en-US", digits);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
