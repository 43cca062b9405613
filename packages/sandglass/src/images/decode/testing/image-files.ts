/** Image files for tests, in folders whose names have spaces and letters of several scripts. */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { crc32, deflateSync } from "node:zlib";
import sharp, { type Sharp } from "sharp";
import { temporaryFolders } from "../../../cli/testing/temporary-folder.ts";
import type { ImageEntry } from "../../find/index.ts";
import type { ImageHeader } from "../index.ts";

export interface ImageFiles {
  readonly folder: string;
  /** Writes a file and gives its entry; its class is the folder that it lies in, if any. */
  write(name: string, bytes: Uint8Array): ImageEntry;
}

/** Gives every caller a new folder; all of them are removed when the file's tests are over. */
export function imageFolders(): () => ImageFiles {
  const newFolder = temporaryFolders();
  return () => {
    const folder = join(newFolder(), "Bilder für Ärzte – 写真");
    return {
      folder,
      write(name, bytes) {
        const path = join(folder, name);
        mkdirSync(dirname(path), { recursive: true });
        writeFileSync(path, bytes);
        const [className] = name.includes("/") ? name.split("/") : [];
        return { name, location: { kind: "file", path }, bytes: bytes.length, ...(className && { className }) };
      },
    };
  };
}

/** The header of a grey image of 100 × 80 pixels, but for what is said. */
export function imageHeader(header: Partial<ImageHeader>): ImageHeader {
  return {
    format: "png",
    width: 100,
    height: 80,
    channels: 1,
    alpha: false,
    depth: 8,
    pages: 1,
    turned: false,
    ...header,
  };
}

/** A picture from its values, row by row. */
export function picture(
  width: number,
  height: number,
  channels: 1 | 2 | 3 | 4,
  value: (x: number, y: number, channel: number) => number,
): Sharp {
  return sharp(Buffer.from(pictureValues(width, height, channels, value)), { raw: { width, height, channels } });
}

export function pictureValues(
  width: number,
  height: number,
  channels: number,
  value: (x: number, y: number, channel: number) => number,
): Uint8Array {
  return Uint8Array.from({ length: width * height * channels }, (_, index) => {
    const pixel = Math.floor(index / channels);
    return value(pixel % width, Math.floor(pixel / width), index % channels);
  });
}

/** A picture that no two pixels of are alike, so that compressing it leaves much to cut off. */
export function noisy(width: number, height: number, seed: number): Sharp {
  return picture(
    width,
    height,
    3,
    (x, y, channel) => (x * 89 + y * 151 + channel * 47 + ((x * y) % 31) * 17 + seed * 37) & 255,
  );
}

/** A PNG file that says it has so many pixels, and has hardly any. */
export function pngHeader(width: number, height: number): Uint8Array {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  // 8 bits of red, green and blue; the usual compression and filter, not interlaced.
  header.set([8, 2, 0, 0, 0], 8);
  const signature = Buffer.from("\x89PNG\r\n\x1a\n", "latin1");
  return Buffer.concat([
    signature,
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(Buffer.alloc(1000))),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}
