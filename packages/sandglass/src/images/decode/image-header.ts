/** Headers: what they say, and which of the images that sharp reads are none that can be used. */
import sharp, { type Metadata } from "sharp";
import { unknownFormat } from "./explain-failure.ts";
import { formatOfContent, type ImageFormat } from "../image-formats.ts";
import { inputHead, type ImageInput } from "./image-input.ts";
import type { ImageHeader } from "./image-probe.ts";

/** sharp's names of formats. Its "heif" is AVIF, unless the file is compressed in another way. */
const formats: Readonly<Record<string, ImageFormat>> = {
  jpeg: "jpeg",
  png: "png",
  webp: "webp",
  gif: "gif",
  tiff: "tiff",
  heif: "avif",
  svg: "svg",
};

/** Bits of libvips's types of values that have a fixed range. */
const depths: Readonly<Record<string, 8 | 16>> = { uchar: 8, ushort: 16 };

/** A TIFF file's mark is that long. */
const MARK_BYTES = 4;

/** A header's content, or the reason why such an image cannot be used. */
export async function readHeader(input: ImageInput): Promise<ImageHeader | string> {
  // Pixels are not read here, so any number of them may be announced.
  const metadata = await sharp(input, { limitInputPixels: false }).metadata();
  const refused = refuse(metadata);
  if (refused !== undefined) return refused;
  const { autoOrient, hasAlpha, orientation = 1, pages = 1 } = metadata;
  return {
    format: formats[metadata.format] as ImageFormat,
    width: autoOrient.width,
    height: autoOrient.height,
    channels: (metadata.channels - (hasAlpha ? 1 : 0)) as 1 | 3 | 4,
    alpha: hasAlpha,
    depth: depths[metadata.depth] as 8 | 16,
    pages,
    turned: orientation !== 1,
  };
}

/**
 * The reason to refuse an image for the kind of its values, or undefined. Only TIFF has values that sharp would cut off at 0 and 255 without a
 * word, so only files with its mark are looked at before they are decoded, whatever their names; `probeImages` looks at all.
 *
 * @throws what the disk says.
 */
export async function refuseLayout(input: ImageInput): Promise<string | undefined> {
  const { head } = await inputHead(input, MARK_BYTES);
  if (formatOfContent(head)?.name !== "TIFF") return undefined;
  return refuse(await sharp(input, { limitInputPixels: false }).metadata());
}

function refuse({ format, compression, depth, channels, hasAlpha }: Metadata): string | undefined {
  if (formats[format] === undefined || (format === "heif" && compression !== "av1")) {
    return unknownFormat(format === "heif" ? "HEIC" : format);
  }
  if (depths[depth] === undefined) {
    return `its values are of the type ${depth}, which has no fixed range; convert it to 8 or 16 bits`;
  }
  const colors = channels - (hasAlpha ? 1 : 0);
  if (colors === 1 || colors === 3 || colors === 4) return undefined;
  return `it has ${channels} channels; expected grey (1), color (3) or CMYK (4), with or without opacity`;
}
