import { rmSync } from "node:fs";
import sharp, { type Sharp } from "sharp";
import { expect, test } from "vitest";
import { UserError } from "../../errors.ts";
import type { ImageEntry } from "../find/index.ts";
import { decodeImage, type ImagePlan } from "./index.ts";
import { imageFolders, noisy, picture, pictureValues, pngHeader } from "./testing/image-files.ts";

const newFolder = imageFolders();
const grey: ImagePlan & { depth: 8 } = { height: 2, width: 3, channels: 1, fit: "stretch", depth: 8 };
const color: ImagePlan & { depth: 8 } = { ...grey, channels: 3 };

/** 3 × 2 pixels of six greys. */
const six = [10, 50, 90, 130, 170, 210];
const sixGreys = (): Sharp => picture(3, 2, 1, (x, y) => six[y * 3 + x] as number).toColourspace("b-w");
/** 16 × 16 pixels: red, green, blue and grey quarters, which survive lossy compression away from their borders. */
const quarterColors = [
  [220, 30, 40],
  [20, 200, 60],
  [30, 60, 210],
  [128, 128, 128],
] as const;
const quarters = (): Sharp =>
  picture(16, 16, 3, (x, y, channel) => quarterColors[(y < 8 ? 0 : 2) + (x < 8 ? 0 : 1)]?.[channel] as number);
const quarterPlan = { ...color, height: 16, width: 16 };

/** The pixel in the middle of each quarter. */
function middles(values: Uint8Array, channels = 3): number[][] {
  return [
    [4, 4],
    [12, 4],
    [4, 12],
    [12, 12],
  ].map(([x = 0, y = 0]) => [...values.subarray((y * 16 + x) * channels, (y * 16 + x + 1) * channels)]);
}

function expectNear(actual: readonly number[][], expected: readonly (readonly number[])[], tolerance: number): void {
  const difference = Math.max(
    ...actual.flatMap((pixel, at) => pixel.map((v, c) => Math.abs(v - (expected[at]?.[c] as number)))),
  );
  expect(difference, JSON.stringify(actual)).toBeLessThanOrEqual(tolerance);
}

test.each(["png", "webp", "tiff", "gif"] as const)("lossless %s gives the pixels that were saved", async (format) => {
  const bytes = await quarters()
    .toFormat(format, format === "webp" ? { lossless: true } : format === "tiff" ? { compression: "lzw" } : {})
    .toBuffer();
  const values = await decodeImage(newFolder().write(`a.${format}`, bytes), quarterPlan);
  expect(values).toEqual(
    pictureValues(16, 16, 3, (x, y, c) => quarterColors[(y < 8 ? 0 : 2) + (x < 8 ? 0 : 1)]?.[c] as number),
  );
});

test.each(["jpeg", "avif"] as const)("%s gives the pixels that were saved, nearly", async (format) => {
  const bytes = await quarters().toFormat(format, { quality: 95, chromaSubsampling: "4:4:4" }).toBuffer();
  expectNear(middles(await decodeImage(newFolder().write(`a.${format}`, bytes), quarterPlan)), quarterColors, 4);
});

test("a CMYK JPEG becomes red, green and blue", async () => {
  const bytes = await quarters().toColourspace("cmyk").jpeg({ quality: 100, chromaSubsampling: "4:4:4" }).toBuffer();
  expect((await sharp(bytes).metadata()).space).toBe("cmyk");
  const [red, green, blue, middle] = middles(await decodeImage(newFolder().write("a.jpg", bytes), quarterPlan));
  // Inks cannot print every color of a screen; the hue stays.
  expect(red).toSatisfy(
    ([r, g, b]: number[]) => (r as number) > (g as number) + 100 && (r as number) > (b as number) + 100,
  );
  expect(green).toSatisfy(
    ([r, g, b]: number[]) => (g as number) > (r as number) + 40 && (g as number) > (b as number) + 40,
  );
  expect(blue).toSatisfy(
    ([r, g, b]: number[]) => (b as number) > (r as number) + 40 && (b as number) > (g as number) + 40,
  );
  // There and back through the default profiles of CMYK and sRGB, which meet at other tones.
  expectNear([middle as number[]], [[128, 128, 128]], 16);
});

test("an SVG is drawn at the plan's size, not enlarged", async () => {
  const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"><rect width="5" height="8"/></svg>';
  const plan = { ...grey, height: 64, width: 64 };
  const values = await decodeImage(newFolder().write("drawing.svg", Buffer.from(svg)), plan);
  // A border at 5/8 of the width: black to column 39, white (the background) from column 40, nothing between.
  expect([...values.subarray(0, 64)]).toEqual([...new Array<number>(40).fill(0), ...new Array<number>(24).fill(255)]);
});

test("of animations the first frame is decoded", async () => {
  const frames = picture(3, 4, 3, (_, y) => (y < 2 ? 200 : 40));
  const raw = { width: 3, height: 4, channels: 3, pageHeight: 2 } as const;
  const both = sharp(await frames.raw().toBuffer(), { raw });
  const folder = newFolder();
  const gif = folder.write("a.gif", await both.clone().gif().toBuffer());
  const webp = folder.write("a.webp", await both.clone().webp({ lossless: true }).toBuffer());
  for (const { location } of [gif, webp]) {
    expect((await sharp((location as { path: string }).path).metadata()).pages).toBe(2);
  }
  for (const entry of [gif, webp])
    expect([...(await decodeImage(entry, grey))]).toEqual([200, 200, 200, 200, 200, 200]);
});

test("a palette is looked up", async () => {
  const bytes = await quarters().png({ palette: true }).toBuffer();
  expect((await sharp(bytes).metadata()).isPalette).toBe(true);
  expectNear(middles(await decodeImage(newFolder().write("a.png", bytes), quarterPlan)), quarterColors, 2);
});

// EXIF 2.32, tag 0x0112: where row 0 and column 0 of the stored pixels lie in the picture. The picture is 1 2 3 / 4 5 6.
test.each([
  [1, 3, [1, 2, 3, 4, 5, 6]],
  [2, 3, [3, 2, 1, 6, 5, 4]],
  [3, 3, [6, 5, 4, 3, 2, 1]],
  [4, 3, [4, 5, 6, 1, 2, 3]],
  [5, 2, [1, 4, 2, 5, 3, 6]],
  [6, 2, [4, 1, 5, 2, 6, 3]],
  [7, 2, [6, 3, 5, 2, 4, 1]],
  [8, 2, [3, 6, 2, 5, 1, 4]],
] as const)("orientation %i of EXIF is applied", async (orientation, width, expected) => {
  const bytes = await sixGreys().withMetadata({ orientation }).png().toBuffer();
  const plan = { ...grey, width, height: 6 / width };
  const entry = newFolder().write(`turned ${orientation}.png`, bytes);
  const values = expected.map((number) => six[number - 1]);
  expect([...(await decodeImage(entry, plan))]).toEqual(values);
});

test("16 bits are kept where the plan says so, and else the upper 8", async () => {
  const values = Uint16Array.of(0, 1, 257, 32_896, 65_279, 65_535);
  const saved = (): Sharp => sharp(values, { raw: { width: 3, height: 2, channels: 1 } }).toColourspace("grey16");
  const folder = newFolder();
  const files = [
    folder.write("a.png", await saved().png().toBuffer()),
    folder.write("a.tiff", await saved().tiff({ compression: "lzw" }).toBuffer()),
  ];
  for (const entry of files) {
    expect(await decodeImage(entry, { ...grey, depth: 16 })).toEqual(Float32Array.from(values));
    expect([...(await decodeImage(entry, grey))]).toEqual([0, 0, 1, 128, 254, 255]);
  }
});

test("opacity is laid on white or black, or kept", async () => {
  // Half transparent red, over nothing.
  const bytes = await picture(3, 2, 4, (_x, _y, channel) => [200, 0, 0, 128][channel] as number)
    .png()
    .toBuffer();
  const entry = newFolder().write("a.png", bytes);
  // 200 · 128/255 + 255 · 127/255 = 227.4, and 127 of white alone.
  expectNear([[...(await decodeImage(entry, color)).subarray(0, 3)]], [[227, 127, 127]], 1);
  expectNear([[...(await decodeImage(entry, { ...color, background: "black" })).subarray(0, 3)]], [[100, 0, 0]], 1);
  expect([...(await decodeImage(entry, { ...color, channels: 4 })).subarray(0, 4)]).toEqual([200, 0, 0, 128]);
  const opaque = newFolder().write("b.png", await sixGreys().png().toBuffer());
  expect([...(await decodeImage(opaque, { ...color, channels: 4 })).subarray(0, 8)]).toEqual([
    10, 10, 10, 255, 50, 50, 50, 255,
  ]);
});

test("the ways to fit keep the middle, keep all, or stretch", async () => {
  // Four columns of 10 pixels: 0, 80, 160, 240, in an image twice as wide as high.
  const bytes = await picture(40, 20, 1, (x) => Math.floor(x / 10) * 80)
    .toColourspace("b-w")
    .png()
    .toBuffer();
  const entry = newFolder().write("wide.png", bytes);
  const plan = { ...grey, height: 20, width: 20 };
  const at = (values: Uint8Array, y: number, ...columns: number[]): number[] =>
    columns.map((x) => values[y * 20 + x] as number);
  // The middle 20 columns, at their own scale.
  expect(at(await decodeImage(entry, { ...plan, fit: "cover" }), 10, 0, 4, 15, 19)).toEqual([80, 80, 160, 160]);
  // All columns, at half the width.
  expectNear([at(await decodeImage(entry, plan), 10, 2, 7, 12, 17)], [[0, 80, 160, 240]], 3);
  const contained = await decodeImage(entry, { ...plan, fit: "contain" });
  expectNear([at(contained, 10, 2, 7, 12, 17)], [[0, 80, 160, 240]], 3);
  expect([at(contained, 2, 0, 19), at(contained, 17, 0, 19)]).toEqual([
    [255, 255],
    [255, 255],
  ]);
  expect(at(await decodeImage(entry, { ...plan, fit: "contain", background: "black" }), 2, 0, 19)).toEqual([0, 0]);
  expect((await decodeImage(entry, { ...plan, channels: 4, fit: "contain" })).subarray(0, 4)).toEqual(
    new Uint8Array(4),
  );
});

test("the content says what a file is, whatever its name", async () => {
  const folder = newFolder();
  const jpeg = folder.write(
    "really a jpeg.png",
    await quarters().jpeg({ quality: 95, chromaSubsampling: "4:4:4" }).toBuffer(),
  );
  expectNear(middles(await decodeImage(jpeg, quarterPlan)), quarterColors, 4);
  // libvips takes what stands in brackets for options.
  const png = await sixGreys().png().toBuffer();
  for (const name of ["copy[1]", "copy [page=2].png", "no extension"]) {
    expect([...(await decodeImage(folder.write(name, png), grey))], name).toEqual(six);
  }
});

test("stray bytes do no harm where every pixel is there", async () => {
  const jpeg = await quarters().jpeg({ quality: 95, chromaSubsampling: "4:4:4" }).toBuffer();
  const end = jpeg.length - 2;
  const files = [
    Buffer.concat([jpeg.subarray(0, end), Buffer.from([1, 2, 3, 4]), jpeg.subarray(end)]),
    Buffer.concat([jpeg, Buffer.from("appended by some program")]),
  ];
  for (const bytes of files) {
    expectNear(middles(await decodeImage(newFolder().write("a.jpg", bytes), quarterPlan)), quarterColors, 4);
  }
});

test.each(["jpeg", "png", "webp", "gif", "tiff", "avif"] as const)(
  "a truncated %s fails, whatever is left of it",
  async (format) => {
    const whole = await noisy(120, 90, 1).toFormat(format).toBuffer();
    const folder = newFolder();
    for (const share of [0.3, 0.7, 0.95]) {
      const entry = folder.write(`cut ${share}.${format}`, whole.subarray(0, Math.floor(whole.length * share)));
      const decoding = decodeImage(entry, { ...color, height: 8, width: 8 });
      await expect(decoding, `${share}`).rejects.toThrow(UserError);
      await expect(decoding).rejects.toThrow(
        new RegExp(`cut ${share}.${format} cannot be read: truncated or damaged ${format}`, "i"),
      );
    }
  },
);

test("what is no image says so", async () => {
  const folder = newFolder();
  const gone = folder.write("gone.png", await sixGreys().png().toBuffer());
  rmSync((gone.location as { path: string }).path);
  const float = new Float32Array(36).fill(0.5);
  const cases: readonly (readonly [ImageEntry, RegExp])[] = [
    [folder.write("zero.jpg", new Uint8Array()), /^zero\.jpg cannot be read: the file is empty \(0 bytes\)$/u],
    [
      folder.write("notes.png", Buffer.from("no image")),
      /it is not an image of a format that can be read \(JPEG, PNG, WebP/u,
    ],
    [
      folder.write("old.jpg", Buffer.concat([Buffer.from("BM"), Buffer.alloc(60)])),
      /a file of the format BMP, which cannot be read; convert it/u,
    ],
    [folder.write("list[1]", Buffer.from("no image")), /^list\[1\] cannot be read: it is not an image/u],
    [gone, /^gone\.png cannot be read: the file is not there any more$/u],
    [
      folder.write("large.png", pngHeader(40_000, 40_000)),
      /it has 40000 × 40000 pixels \(1,600 megapixels\), and the limit is 100 megapixels; .*--max-pixels/u,
    ],
    [
      folder.write("float.tiff", await floatTiff(float)),
      /its values are of the type float, which has no fixed range; convert it to 8 or 16 bits/u,
    ],
    // Whatever its name, as a header is refused before.
    [
      folder.write("float.png", await floatTiff(float)),
      /^float\.png cannot be read: its values are of the type float/u,
    ],
  ];
  for (const [entry, message] of cases) await expect(decodeImage(entry, color)).rejects.toThrow(message);
});

test("the limit of pixels can be raised and lowered", async () => {
  const entry = newFolder().write("a.png", await noisy(20, 10, 0).png().toBuffer());
  await expect(decodeImage(entry, color, { maxPixels: 199 })).rejects.toThrow(/20 × 10 pixels/u);
  expect(await decodeImage(entry, color, { maxPixels: 200 })).toHaveLength(18);
});

/** A TIFF file of 6 × 6 floats, written by hand: sharp writes none. */
async function floatTiff(values: Float32Array): Promise<Buffer> {
  // Entries of the directory (TIFF 6.0): tag, type (3 is 16 bits, 4 is 32 bits), count, value.
  const tags = [
    [256, 3, 1, 6],
    [257, 3, 1, 6],
    [258, 3, 1, 32],
    [259, 3, 1, 1],
    [262, 3, 1, 1],
    [273, 4, 1, 8],
    [277, 3, 1, 1],
    [278, 3, 1, 6],
    [279, 4, 1, values.byteLength],
    [339, 3, 1, 3],
  ] as const;
  const start = Buffer.alloc(8);
  start.write("II*\0", "latin1");
  start.writeUInt32LE(8 + values.byteLength, 4);
  const directory = Buffer.alloc(2 + tags.length * 12 + 4);
  directory.writeUInt16LE(tags.length, 0);
  for (const [index, [tag, type, count, value]] of tags.entries()) {
    const at = 2 + index * 12;
    directory.writeUInt16LE(tag, at);
    directory.writeUInt16LE(type, at + 2);
    directory.writeUInt32LE(count, at + 4);
    directory.writeUInt32LE(value, at + 8);
  }
  const file = Buffer.concat([start, Buffer.from(values.buffer), directory]);
  expect((await sharp(file).metadata()).depth).toBe("float");
  return file;
}
