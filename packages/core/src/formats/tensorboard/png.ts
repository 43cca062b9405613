/** Images as PNG: W3C, Portable Network Graphics Specification, second edition. */
import { zlibSync } from "fflate";
import { crc32 } from "../zip/crc32.ts";

/** Bytes from 0 to 255, row by row: 1 channel (gray), 2 (gray, alpha), 3 (RGB) or 4 (RGBA). */
export interface PixelImage {
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  readonly pixels: Uint8Array;
}

const SIGNATURE = Uint8Array.of(137, 80, 78, 71, 13, 10, 26, 10);
/** The color types of 1 to 4 channels, section 11.2.2. */
const COLOR_TYPES: readonly number[] = [0, 4, 2, 6];
const BIT_DEPTH = 8;

export function encodePng({ width, height, channels, pixels }: PixelImage): Uint8Array {
  const header = new Uint8Array(13);
  const view = new DataView(header.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  header.set([BIT_DEPTH, COLOR_TYPES[channels - 1] as number], 8);
  const rowBytes = width * channels;
  // Before each row stands its filter: none.
  const rows = new Uint8Array(height * (1 + rowBytes));
  for (let row = 0; row < height; row++) {
    rows.set(pixels.subarray(row * rowBytes, (row + 1) * rowBytes), row * (1 + rowBytes) + 1);
  }
  return concatenate([
    SIGNATURE,
    chunk("IHDR", header),
    chunk("IDAT", zlibSync(rows)),
    chunk("IEND", new Uint8Array()),
  ]);
}

/** Length, name, content, and a checksum of the last two. */
function chunk(name: string, content: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(12 + content.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, content.length);
  bytes.set(new TextEncoder().encode(name), 4);
  bytes.set(content, 8);
  view.setUint32(8 + content.length, crc32(bytes.subarray(4, 8 + content.length)));
  return bytes;
}

function concatenate(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
