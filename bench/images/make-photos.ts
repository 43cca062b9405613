/** JPEG files that take a decoder as long as photographs do: soft shapes in color, with grain. */
import { join } from "node:path";
import { RandomStream } from "@sandglass/core";
import sharp, { type Sharp } from "sharp";

/** Pixels on a side. */
export const SIDE = 256;
/** The shapes are noise of so many pixels, enlarged. */
const COARSE = 16;
/** Grain costs more to make than the rest, so there are a few kinds of it. */
const GRAINS = 16;
const QUALITY = 85;
const SEED = 1;

/** Writes `count` files of 256 × 256 pixels, the same at each call, and gives their paths. */
export async function makePhotos(folder: string, count: number): Promise<string[]> {
  const random = new RandomStream(SEED);
  const grains: Buffer[] = [];
  while (grains.length < GRAINS) grains.push(await noise(random, SIDE, 1, 116, 140).png().toBuffer());
  const paths: string[] = [];
  for (let number = 0; number < count; number++) {
    const path = join(folder, `${String(number).padStart(6, "0")}.jpg`);
    const shapes = await noise(random, COARSE, 3, 0, 256).resize(SIDE, SIDE, { kernel: "cubic" }).png().toBuffer();
    await sharp(shapes)
      .composite([{ input: random.pick(grains as [Buffer, ...Buffer[]]), blend: "overlay" }])
      .jpeg({ quality: QUALITY })
      .toFile(path);
    paths.push(path);
  }
  return paths;
}

function noise(random: RandomStream, side: number, channels: 1 | 3, low: number, high: number): Sharp {
  const values = Uint8Array.from({ length: side * side * channels }, () => random.uniform(low, high));
  return sharp(values, { raw: { width: side, height: side, channels } });
}
