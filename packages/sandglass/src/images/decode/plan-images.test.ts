import { expect, test } from "vitest";
import type { ImageEntry } from "../find/index.ts";
import { planImages, probeImages, type ImageHeader, type ImageProbe } from "./index.ts";
import { imageFolders, imageHeader, picture } from "./testing/image-files.ts";

const newFolder = imageFolders();

const entryOf = (name: string): ImageEntry => ({ name, location: { kind: "file", path: name }, bytes: 1 });

/** Probes of grey images of 100 × 80 pixels, but for what is said. */
function probes(...headers: readonly Partial<ImageHeader>[]): ImageProbe[] {
  return headers.map((header, number) => ({
    entry: entryOf(`${number}.png`),
    header: imageHeader(header),
  }));
}

const notesOf = async (...parameters: Parameters<typeof planImages>): Promise<string> =>
  (await planImages(...parameters)).notes.join("\n");

test("images of one small size keep it; others are brought to 64 × 64, with a note", async () => {
  expect(await planImages(probes({}, {}))).toEqual({
    plan: { height: 80, width: 100, channels: 1, fit: "cover", depth: 8 },
    notes: [],
  });
  const mixed = await planImages(probes({}, { width: 60, height: 40 }));
  expect(mixed.plan).toMatchObject({ height: 64, width: 64 });
  expect(mixed.notes).toEqual([
    "the images are 60 to 100 pixels wide and 40 to 80 high; they are brought to 64 × 64, and --size chooses another (96, or height and width: 64x96)",
    "2 of 2 images looked at have another aspect ratio than 64 × 64: each is made to fill that, and what is left over is cut off; --fit contain keeps whole images, --fit stretch changes their aspect ratio",
    "1 of 2 images looked at are smaller than 64 × 64 and are enlarged",
  ]);
  const large = await planImages(probes({ width: 129, height: 129 }));
  expect(large.plan).toMatchObject({ height: 64, width: 64 });
  expect(large.notes.join()).toMatch(/the images are 129 pixels wide and 129 high; they are brought to 64 × 64/u);
});

test("sizes are height and width", async () => {
  expect((await planImages(probes({}), { size: "64" })).plan).toMatchObject({ height: 64, width: 64 });
  expect((await planImages(probes({}), { size: "64x96" })).plan).toMatchObject({ height: 64, width: 96 });
  expect(await notesOf(probes({}), { size: "80x100" })).toBe("");
  for (const size of ["", "0", "64x", "large", "64x5000", "-3", "6.5"]) {
    await expect(planImages(probes({}), { size })).rejects.toThrow(/must be one number of pixels .* came/u);
  }
});

test("fit and background are the user's", async () => {
  const choices = { size: "64", fit: "contain", background: "black" } as const;
  expect((await planImages(probes({}), choices)).plan).toMatchObject({ fit: "contain", background: "black" });
  expect(await notesOf(probes({}), choices)).toMatch(
    /made to fit into that, and the rest is filled with the background/u,
  );
});

test("grey is kept where all images are, and 16 bits where all have them", async () => {
  const deep = await planImages(probes({ depth: 16 }, { depth: 16 }));
  expect(deep.plan).toMatchObject({ channels: 1, depth: 16 });
  expect(deep.notes).toEqual(["all images are grey and have 16 bits a pixel, which are kept"]);
  const mixed = await planImages(probes({ depth: 16 }, {}));
  expect(mixed.plan).toMatchObject({ channels: 1, depth: 8 });
  expect(mixed.notes.join()).toMatch(/^1 of 2 images looked at have 16 bits a value, of which the upper 8 are used/u);
  expect((await planImages(probes({ depth: 16, channels: 3 }), { color: "color" })).plan).toMatchObject({
    channels: 3,
    depth: 8,
  });
});

test("grey and color together are color, with a note", async () => {
  const { plan, notes } = await planImages(probes({}, { channels: 3 }, { channels: 4 }));
  expect(plan.channels).toBe(3);
  expect(notes).toEqual([
    "1 of 3 images looked at are grey and 2 are saved as color; all are read as color, and --color grey reads all as grey",
  ]);
  expect((await planImages(probes({}, { channels: 3 }), { color: "grey" })).plan.channels).toBe(1);
});

test("opacity is laid on the background with a note, or kept", async () => {
  const transparent = probes({ alpha: true }, {});
  expect((await planImages(transparent)).plan.channels).toBe(1);
  expect(await notesOf(transparent)).toMatch(
    /^1 of 2 images looked at may be transparent .* --color rgba keeps opacity$/u,
  );
  expect((await planImages(transparent, { color: "rgba" })).plan.channels).toBe(4);
  expect(await notesOf(transparent, { color: "rgba" })).toBe("");
});

test("animations have a note", async () => {
  expect(await notesOf(probes({ pages: 12 }, {}))).toBe(
    "1 of 2 images looked at have several frames or pages, of which the first is used",
  );
});

test("images that are saved as color and show grey alone are grey; one with color changes that", async () => {
  const folder = newFolder();
  const save = async (name: string, blue: number): Promise<ImageEntry> =>
    folder.write(
      name,
      await picture(8, 8, 3, (x, y, channel) => x * 20 + y + (channel === 2 ? blue : 0))
        .jpeg()
        .toBuffer(),
    );
  const grey = [await save("a.jpg", 0), await save("b.jpg", 0)];
  const all = await planImages(await probeImages(grey));
  expect(all.plan.channels).toBe(1);
  expect(all.notes.join()).toMatch(
    /saved as color, but all show grey alone, so they are read as grey; --color color keeps/u,
  );
  expect((await planImages(await probeImages([...grey, await save("c.jpg", 60)]))).plan.channels).toBe(3);
  // Of forty 32 are looked at.
  const many = Array.from({ length: 20 }, () => grey).flat();
  expect(await notesOf(await probeImages(many))).toMatch(/the 32 that were looked at show grey alone/u);
});

test("patches have the plan's size and note what is smaller", async () => {
  const choices = { patches: { size: "40", perImage: 8, seed: 3 } };
  const { plan, notes } = await planImages(probes({}, { width: 39 }), choices);
  expect(plan).toEqual({
    height: 40,
    width: 40,
    channels: 1,
    fit: "cover",
    depth: 8,
    patches: { perImage: 8, seed: 3 },
  });
  expect(notes).toEqual([
    "8 random patches of 40 × 40 of each image, at full resolution",
    "1 of 2 images looked at are smaller than a patch and count as unreadable",
  ]);
  await expect(planImages(probes({}), { patches: { size: "90", perImage: 8 } })).rejects.toThrow(
    /no image is as large as a patch of 90 × 90: the images are 100 pixels wide and 80 high/u,
  );
  await expect(planImages(probes({}), { patches: { size: "40", perImage: 0 } })).rejects.toThrow(
    /whole number of 1 or more; 0 came/u,
  );
  await expect(planImages(probes({}), { ...choices, size: "64" })).rejects.toThrow(/choose one of them/u);
});

test("without a readable image there is no plan", async () => {
  await expect(planImages([])).rejects.toThrow("there are no images");
  const unreadable = [{ entry: entryOf("a.jpg"), reason: "the file is empty (0 bytes)" }];
  await expect(planImages(unreadable)).rejects.toThrow(
    "none of 1 images can be read; the first is a.jpg: the file is empty (0 bytes)",
  );
});
