// What the headers of files say, and how files should be read for it.
import { describe, expect, test } from "vitest";
import type { ImageHeader, ImagePlan, ReadableProbe } from "../../images/decode/index.ts";
import { imageHeader } from "../../images/decode/testing/image-files.ts";
import { contentArea } from "./content-area.ts";
import { cutOff, headerStatistics } from "./header-statistics.ts";
import { readingAdvice } from "./reading-advice.ts";

function probe(header: Partial<ImageHeader>, name = "a.png"): ReadableProbe {
  return {
    entry: { name, location: { kind: "file", path: name }, bytes: 0 },
    header: imageHeader(header),
  };
}

test("headers are counted", () => {
  const found = headerStatistics([
    probe({}),
    probe({ width: 50, turned: true }),
    probe({ format: "jpeg", channels: 4 }, "b.JPG"),
    probe({ format: "tiff", channels: 3, alpha: true, depth: 16, pages: 3 }, "c.tif"),
    probe({ format: "webp", width: 400, channels: 3 }, "d.jpeg"),
  ]);
  expect(found).toEqual({
    files: 5,
    formats: { png: 2, jpeg: 1, tiff: 1, webp: 1 },
    colors: { grey: 2, CMYK: 1, "color with opacity": 1, color: 1 },
    depths: { "8 bits": 4, "16 bits": 1 },
    widths: { least: 50, median: 100, most: 400 },
    heights: { least: 80, median: 80, most: 80 },
    aspects: { least: 0.625, median: 1.25, most: 5 },
    sizes: 3,
    turned: 1,
    paged: 1,
    misnamed: ["d.jpeg"],
  });
});

test("what is cut off when an image fills a shape", () => {
  expect(cutOff({ width: 200, height: 100 }, { width: 64, height: 64 })).toBe(0.5);
  expect(cutOff({ width: 50, height: 100 }, { width: 64, height: 64 })).toBe(0.5);
  expect(cutOff({ width: 50, height: 100 }, { width: 32, height: 64 })).toBe(0);
});

describe("how to read them", () => {
  const advice = (...probes: readonly ReadableProbe[]): ReturnType<typeof readingAdvice> =>
    readingAdvice(probes, {}, new AbortController().signal);

  test("images of one small size stay as they are", async () => {
    expect(await advice(probe({}), probe({}))).toEqual({ cropped: 0 });
  });

  test("large ones become 64 pixels, smaller ones no larger than they are", async () => {
    expect(await advice(probe({ width: 300, height: 300 }))).toEqual({ size: "64", cropped: 0 });
    expect(await advice(probe({ width: 40, height: 42 }), probe({ width: 42, height: 40 }))).toEqual({
      size: "40",
      cropped: 0,
    });
  });

  test("images of one oblong shape keep it: height, then width", async () => {
    expect(await advice(probe({ width: 600, height: 400 }), probe({ width: 300, height: 200 }))).toEqual({
      size: "64x96",
      cropped: 0,
    });
    expect(await advice(probe({ width: 400, height: 600 }), probe({ width: 200, height: 300 }))).toEqual({
      size: "96x64",
      cropped: 0,
    });
  });

  test("images of all shapes are contained where they would lose much", async () => {
    const shapes = [
      probe({ width: 600, height: 200 }),
      probe({ width: 200, height: 600 }),
      probe({ width: 300, height: 300 }),
    ];
    expect(await advice(...shapes)).toEqual({ size: "64", fit: "contain", cropped: expect.closeTo(2 / 3) });
  });

  test("what the user chose is not advised", async () => {
    const probes = [probe({ width: 600, height: 200 }), probe({ width: 200, height: 600 })];
    const choices = { size: "32", fit: "stretch", color: "color" } as const;
    expect(await readingAdvice(probes, choices, new AbortController().signal)).toEqual({ cropped: 1 });
  });
});

test("contained images lie in the middle of their sample", () => {
  const plan: ImagePlan = { height: 64, width: 64, channels: 1, fit: "contain", depth: 8 };
  expect(contentArea({ width: 200, height: 100 }, plan)).toEqual({ top: 16, bottom: 48, left: 0, right: 64 });
  expect(contentArea({ width: 1, height: 300 }, plan)).toEqual({ top: 0, bottom: 64, left: 32, right: 33 });
  expect(contentArea({ width: 200, height: 100 }, { ...plan, fit: "cover" })).toEqual({
    top: 0,
    bottom: 64,
    left: 0,
    right: 64,
  });
});
