import sharp from "sharp";
import { expect, test } from "vitest";
import { isReadable, probeImages } from "./index.ts";
import { imageFolders, noisy, picture, pictureValues, pngHeader } from "./testing/image-files.ts";

const newFolder = imageFolders();

test("headers say size, channels, opacity, depth, pages and format", async () => {
  const folder = newFolder();
  const deep = sharp(new Uint16Array(12), { raw: { width: 4, height: 3, channels: 1 } }).toColourspace("grey16");
  const frames = sharp(Buffer.from(pictureValues(4, 6, 3, (_, y) => y * 40)), {
    raw: { width: 4, height: 6, channels: 3, pageHeight: 3 },
  });
  const entries = [
    folder.write("a.jpg", await noisy(4, 3, 0).jpeg().toBuffer()),
    folder.write("turned.jpg", await noisy(4, 3, 0).withMetadata({ orientation: 6 }).jpeg().toBuffer()),
    folder.write("inks.jpg", await noisy(4, 3, 0).toColourspace("cmyk").jpeg().toBuffer()),
    folder.write("wrong name.jpg", await deep.clone().png().toBuffer()),
    folder.write("deep.tiff", await deep.clone().tiff({ compression: "lzw" }).toBuffer()),
    folder.write(
      "opaque.png",
      await picture(4, 3, 2, () => 100)
        .toColourspace("b-w")
        .png()
        .toBuffer(),
    ),
    folder.write(
      "colors.webp",
      await picture(4, 3, 4, () => 100)
        .webp()
        .toBuffer(),
    ),
    folder.write("moving.gif", await frames.gif({ loop: 0 }).toBuffer()),
    folder.write("a.avif", await noisy(4, 3, 0).avif({ effort: 0 }).toBuffer()),
    folder.write("a.svg", Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 3"/>')),
  ];
  const probes = await probeImages(entries);
  expect(probes.map(({ entry }) => entry)).toEqual(entries);
  const plain = { width: 4, height: 3, channels: 3, alpha: false, depth: 8, pages: 1, turned: false };
  expect(probes.map((probe) => (isReadable(probe) ? probe.header : probe.reason))).toEqual([
    { ...plain, format: "jpeg" },
    { ...plain, format: "jpeg", width: 3, height: 4, turned: true },
    { ...plain, format: "jpeg", channels: 4 },
    { ...plain, format: "png", channels: 1, depth: 16 },
    { ...plain, format: "tiff", channels: 1, depth: 16 },
    { ...plain, format: "png", channels: 1, alpha: true },
    { ...plain, format: "webp", alpha: true },
    { ...plain, format: "gif", pages: 2, alpha: expect.any(Boolean) },
    { ...plain, format: "avif" },
    { ...plain, format: "svg", alpha: true },
  ]);
});

test("files without a usable header have a reason", async () => {
  const folder = newFolder();
  const entries = [
    folder.write("zero.jpg", new Uint8Array()),
    folder.write("large.png", pngHeader(40_000, 40_000)),
    folder.write("fits.png", pngHeader(10_000, 10_000)),
    folder.write("text.png", Buffer.from("no image")),
    folder.write("cut.jpg", (await noisy(40, 30, 0).jpeg().toBuffer()).subarray(0, 60)),
  ];
  const probes = await probeImages(entries);
  expect(probes.map((probe) => (isReadable(probe) ? "readable" : probe.reason))).toEqual([
    "the file is empty (0 bytes)",
    "it has 40000 × 40000 pixels (1,600 megapixels), and the limit is 100 megapixels; make it smaller, or allow more with --max-pixels (in code: maxPixels)",
    "readable",
    "it is not an image of a format that can be read (JPEG, PNG, WebP, GIF, TIFF, AVIF or SVG)",
    expect.stringMatching(/damaged JPEG/u),
  ]);
  const [, allowed] = await probeImages(entries, { maxPixels: 40_000 ** 2 });
  expect(allowed).toMatchObject({ header: { width: 40_000, height: 40_000 } });
});

test("progress counts up, and a signal ends it", async () => {
  const folder = newFolder();
  const bytes = await noisy(4, 3, 0).png().toBuffer();
  const entries = Array.from({ length: 100 }, (_, number) => folder.write(`${number}.png`, bytes));
  const heard: number[] = [];
  await probeImages(entries, { onProgress: (done, total) => heard.push(done * 1000 + total) });
  expect(heard).toEqual(Array.from({ length: 100 }, (_, number) => (number + 1) * 1000 + 100));

  const stop = new AbortController();
  const stopped = probeImages(entries, {
    signal: stop.signal,
    onProgress: (done) => {
      if (done === 10) stop.abort(new Error("enough"));
    },
  });
  await expect(stopped).rejects.toThrow("enough");
});
