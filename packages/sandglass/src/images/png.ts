import sharp from "sharp";
import type { Pixels } from "./pixels.ts";

/** The picture as a PNG file, every pixel enlarged to a square of `zoom` by `zoom`. */
export async function encodePng({ width, height, channels, data }: Pixels, zoom = 1): Promise<Uint8Array> {
  const picture = sharp(data, { raw: { width, height, channels } });
  const enlarged = zoom === 1 ? picture : picture.resize(width * zoom, height * zoom, { kernel: "nearest" });
  return new Uint8Array(
    await enlarged
      .toColourspace(channels === 1 ? "b-w" : "srgb")
      .png({ compressionLevel: 9 })
      .toBuffer(),
  );
}
