/** What an image's header says, read without decoding the image. */
import type { ImageEntry } from "../find/index.ts";
import type { ImageFormat } from "../image-formats.ts";

export interface ImageHeader {
  readonly format: ImageFormat;
  /** Pixels, after the rotation that EXIF asks for. */
  readonly width: number;
  readonly height: number;
  /** Of what the file holds, opacity not counted: 1 is grey, 3 is color, 4 is CMYK. */
  readonly channels: 1 | 3 | 4;
  /** Whether there is opacity. */
  readonly alpha: boolean;
  /** Bits of a value. */
  readonly depth: 8 | 16;
  /** Frames of an animation or pages of a TIFF; only the first is used. */
  readonly pages: number;
  /** Whether EXIF says that the image lies on its side, or is mirrored; width and height are those after that is put right. */
  readonly turned: boolean;
}

/** An image whose header could be read. */
export interface ReadableProbe {
  readonly entry: ImageEntry;
  readonly header: ImageHeader;
}

/** An image that cannot be used, and why, in plain words. */
export interface UnreadableImage {
  readonly entry: ImageEntry;
  readonly reason: string;
}

export type ImageProbe = ReadableProbe | UnreadableImage;

export function isReadable(probe: ImageProbe): probe is ReadableProbe {
  return "header" in probe;
}
