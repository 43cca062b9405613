import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { EntryReader, findImages, pairImages, type ImageCollection } from "./index.ts";

const shared = process.env["SANDGLASS_DATA"] ?? "";

/** How many images each split and class has. */
function countAll({ entries }: ImageCollection): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { split = "", className = "" } of entries) {
    const key = `${split} ${className}`.trim();
    counts[key] = (counts[key] ?? 0) + 1;
  }
  return counts;
}

// The counts are those of the data's catalogue.
describe.skipIf(shared === "")("collections as they are published (needs SANDGLASS_DATA)", () => {
  test("chest X-rays: splits with classes", async () => {
    const found = await findImages(join(shared, "chest-xray"));
    expect(countAll(found)).toEqual({
      "train NORMAL": 1341,
      "train PNEUMONIA": 700,
      "test NORMAL": 234,
      "test PNEUMONIA": 390,
    });
    expect([found.classNames, found.otherFiles, found.notes]).toEqual([["NORMAL", "PNEUMONIA"], [], []]);
  });

  test("cats and dogs: a split by itself, and its classes as two sources", async () => {
    const whole = await findImages(join(shared, "cats-dogs"));
    expect(countAll(whole)).toEqual({ "train cats": 1000, "train dogs": 1000, "test cats": 250, "test dogs": 250 });
    const train = await findImages(join(shared, "cats-dogs", "train"));
    expect(countAll(train)).toEqual({ cats: 1000, dogs: 1000 });
    const two = await findImages(["cats", "dogs"].map((name) => join(shared, "cats-dogs", "train", name)));
    expect(two.entries).toEqual(train.entries);
  });

  test("magnetic tiles: classes, and masks beside the images", async () => {
    const folder = join(shared, "magnetic-tile");
    const found = await findImages(folder);
    expect(found.notes).toEqual([expect.stringContaining("289 images having others of the same name beside them")]);
    const tiles = await findImages(`${folder}/**/*.jpg`);
    expect(countAll(tiles)).toEqual({ MT_Blowhole: 115, MT_Break: 85, MT_Crack: 57, MT_Fray: 32, MT_Free: 160 });
    const { pairs, inputsAlone, targetsAlone } = pairImages(tiles, await findImages(`${folder}/**/*.png`));
    expect([pairs.length, inputsAlone.length, targetsAlone.length]).toEqual([289, 160, 0]);
    expect(inputsAlone.every(({ className }) => className === "MT_Free")).toBe(true);
  });

  test("restoration: bitmaps are named", async () => {
    const found = await findImages(join(shared, "restoration"));
    expect(countAll(found)).toEqual({ BSD400_train: 400, BSD68: 68, Set12: 12 });
    expect(found.notes).toEqual(["5 .bmp files left out: BMP cannot be read: convert the files to PNG"]);
  });

  test("watermarks: archives", async () => {
    const found = await findImages(join(shared, "watermark", "swcnn_test.zip"));
    expect(countAll(found)).toEqual({ "": 27 });
    const reader = new EntryReader();
    for (const entry of found.entries) {
      const bytes = await reader.read(entry);
      expect([bytes.length, ...bytes.subarray(0, 3)]).toEqual([entry.bytes, 0xff, 0xd8, 0xff]);
    }
    await reader.close();
  });

  test("photographs: one folder, with a table beside them", async () => {
    const found = await findImages(join(shared, "imagenet-samples"));
    expect(found).toMatchObject({ name: "imagenet-samples", classNames: [], otherFiles: ["labels.csv"], notes: [] });
    expect(found.entries).toHaveLength(125);
  });
});
