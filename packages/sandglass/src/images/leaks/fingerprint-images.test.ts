import { createHash } from "node:crypto";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { hammingDistance, likeness } from "@sandglass/core";
import sharp, { type Sharp } from "sharp";
import { expect, test } from "vitest";
import { imageFolders, noisy, picture, pngHeader } from "../decode/testing/image-files.ts";
import { findImages } from "../find/index.ts";
import { writeZip } from "../find/testing/write-zip.ts";
import {
  describeLeaks,
  findLeaks,
  fingerprintImages,
  type FingerprintResult,
  type ImageFingerprint,
  type ImageLook,
} from "./index.ts";

const newFolder = imageFolders();

/** Hills of colors: a picture with large and small shapes. */
const hills = (width: number, height: number, seed: number): Sharp =>
  picture(width, height, 3, (x, y, channel) => {
    const [u, v] = [x / width, y / height];
    const waves = [1, 2, 3, 5].map((wave) =>
      Math.sin(wave * (7 * u + seed) + Math.cos(seed * wave) * 9 * v + seed * channel),
    );
    return 128 + 30 * waves.reduce((sum, wave) => sum + wave, 0);
  });

function readable(result: FingerprintResult | undefined): ImageFingerprint {
  if (result === undefined || "reason" in result) throw new Error(`no fingerprint: ${result?.reason}`);
  return result;
}

function lookOf(result: FingerprintResult | undefined): ImageLook {
  const { look } = readable(result);
  if (look === undefined) throw new Error("no look");
  return look;
}

test("a fingerprint has the hash of the bytes, and the image upright in grey", async () => {
  const files = newFolder();
  const half = picture(64, 48, 3, (x) => (x < 32 ? 20 : 220));
  const bytes = new Uint8Array(await half.clone().png().toBuffer());
  // EXIF 6: turn clockwise to see it upright, so that the dark left half is on top.
  const turned = new Uint8Array(await half.clone().withMetadata({ orientation: 6 }).png().toBuffer());
  const results = await fingerprintImages([files.write("half.png", bytes), files.write("turned.png", turned)]);
  const [plain, upright] = results.map(readable);
  expect(plain?.content).toBe(createHash("sha256").update(bytes).digest("hex"));
  const at = (result: ImageFingerprint | undefined, y: number, x: number): number | undefined =>
    result?.look?.thumbnail[32 * y + x];
  expect([at(plain, 3, 3), at(plain, 28, 3), at(plain, 3, 28)]).toEqual([20, 20, 220]);
  expect([at(upright, 3, 3), at(upright, 28, 3), at(upright, 3, 28)]).toEqual([20, 220, 20]);
});

test("copies in other formats and sizes have near fingerprints, other images have not", async () => {
  const files = newFolder();
  const original = await hills(300, 200, 2).png().toBuffer();
  const copies = {
    "jpeg.jpg": sharp(original).jpeg({ quality: 40 }),
    "webp.webp": sharp(original).resize(90, 60).webp(),
    "grey.png": sharp(original).greyscale().png(),
    "cropped.jpg": sharp(original).extract({ left: 6, top: 4, width: 288, height: 192 }).jpeg(),
    "tiff16.tif": sharp(original).toColourspace("rgb16").tiff(),
    "alpha.png": sharp(original).ensureAlpha(1).png(),
    "other.png": hills(300, 200, 3).png(),
  };
  const entries = [files.write("original.png", original)];
  for (const [name, copy] of Object.entries(copies)) entries.push(files.write(name, await copy.toBuffer()));
  const [result, ...others] = await fingerprintImages(entries);
  const first = lookOf(result);
  for (const [index, other] of others.entries()) {
    const look = lookOf(other);
    const isOther = index === others.length - 1;
    expect(hammingDistance(first.hash, look.hash) <= 12).toBe(!isOther);
    expect(likeness(first.thumbnail, look.thumbnail) >= 0.98).toBe(!isOther);
  }
});

test("flat and tiny images have no look", async () => {
  const files = newFolder();
  const flat = files.write(
    "flat.png",
    await picture(100, 100, 1, () => 77)
      .png()
      .toBuffer(),
  );
  const tiny = files.write("tiny.png", await noisy(31, 64, 1).png().toBuffer());
  const small = files.write("small.png", await hills(32, 32, 1).png().toBuffer());
  const looks = (await fingerprintImages([flat, tiny, small])).map((result) => readable(result).look !== undefined);
  expect(looks).toEqual([false, false, true]);
});

test("what cannot be read says why, in its place", async () => {
  const files = newFolder();
  const whole = await noisy(200, 100, 1).jpeg().toBuffer();
  const gone = files.write("gone.png", whole);
  rmSync(join(files.folder, "gone.png"));
  const results = await fingerprintImages([
    files.write("cut.jpg", whole.subarray(0, whole.length / 2)),
    files.write("fine.jpg", whole),
    files.write("empty.png", new Uint8Array(0)),
    gone,
    files.write("bomb.png", pngHeader(40_000, 40_000)),
  ]);
  expect(results.map((result) => ("reason" in result ? result.reason : "read"))).toEqual([
    expect.stringMatching(/truncated or damaged JPEG/),
    "read",
    "the file is empty (0 bytes)",
    expect.stringMatching(/gone\.png/),
    expect.stringMatching(/40000 × 40000 pixels \(1,600 megapixels\)/),
  ]);
});

test("progress is told, and a signal ends it", async () => {
  const files = newFolder();
  const bytes = await noisy(40, 40, 1).png().toBuffer();
  const entries = Array.from({ length: 30 }, (_, index) => files.write(`${index}.png`, bytes));
  const heard: string[] = [];
  await fingerprintImages(entries, { onProgress: (done, total) => heard.push(`${done} of ${total}`) });
  expect(heard).toEqual(Array.from({ length: 30 }, (_, index) => `${index + 1} of 30`));

  const controller = new AbortController();
  let done = 0;
  const stopped = fingerprintImages(entries, {
    signal: controller.signal,
    onProgress: (now) => {
      done = now;
      if (now === 5) controller.abort(new Error("enough"));
    },
  });
  await expect(stopped).rejects.toThrow("enough");
  expect(done).toBeLessThan(30);
});

test("leaks between a folder's splits are found, in a zip too", async () => {
  const files = newFolder();
  const pictureOf = (seed: number): Promise<Buffer> => hills(120, 90, seed).jpeg({ quality: 95 }).toBuffer();
  const named: ReadonlyArray<readonly [string, Uint8Array]> = [
    ["set/train/cats/1.jpg", await pictureOf(1)],
    ["set/train/cats/2.jpg", await pictureOf(2)],
    ["set/train/dogs/3.jpg", await pictureOf(3)],
    ["set/train/dogs/4.jpg", await pictureOf(4)],
    ["set/test/cats/a.jpg", await pictureOf(1)],
    ["set/test/cats/b.jpg", await hills(80, 60, 3).jpeg({ quality: 60 }).toBuffer()],
    ["set/test/dogs/c.jpg", await pictureOf(5)],
  ];
  const zip = join(files.folder, "set.zip");
  for (const [name, bytes] of named) files.write(name, bytes);
  writeFileSync(zip, writeZip(named.map(([name, data]) => ({ name, data }))));

  for (const source of [join(files.folder, "set"), zip]) {
    const { entries } = await findImages(source);
    const found = findLeaks(entries, await fingerprintImages(entries));
    const lines = describeLeaks(found).map((line) => line.replaceAll("set/", ""));
    expect(lines).toEqual([
      "2 images of test are also in train (1 by their looks, the others to the byte): " +
        "test/cats/a.jpg is train/cats/1.jpg, test/cats/b.jpg is train/dogs/3.jpg",
      "1 pair of images is the same image under two class names (by their looks): " +
        "test/cats/b.jpg (cats) is train/dogs/3.jpg (dogs)",
    ]);
  }
});

const folder = process.env["SANDGLASS_DATA"];
const hasTiles = folder !== undefined && isThere(join(folder, "magnetic-tile", "MT_Fray", "exp6_num_972.jpg"));

/** Two classes of steel tiles, of which each was taken several times under other light. */
test.skipIf(!hasTiles)(
  "shots of the same tile are found, and only those (skipped without SANDGLASS_DATA/magnetic-tile)",
  async () => {
    const { entries } = await findImages(join(folder ?? "", "magnetic-tile", "*", "*.jpg"));
    const fray = entries.filter(({ name }) => name.includes("MT_Fray"));
    expect(fray.length).toBe(32);
    const { duplicates, compared } = findLeaks(fray, await fingerprintImages(fray));
    expect(compared).toBe(32);
    // Shots of one tile have numbers near to one another; tiles lie thousands apart.
    const number = (name: string): number => Number(/num_(\d+)/.exec(name)?.[1]);
    expect(duplicates.length).toBeGreaterThan(4);
    for (const { images } of duplicates) {
      const numbers = images.map(({ name }) => number(name));
      expect(Math.max(...numbers) - Math.min(...numbers)).toBeLessThan(1000);
    }
  },
);

function isThere(path: string): boolean {
  try {
    return readFileSync(path).length > 0;
  } catch {
    return false;
  }
}
