// Folders of images as data to make a run with.
import { join } from "node:path";
import { isStreamed, type AnyDataset, type Dataset } from "@sandglass/core";
import { expect, onTestFinished, test } from "vitest";
import { imageFolders, noisy, picture, type ImageFiles } from "../../images/decode/testing/image-files.ts";
import { imageSource } from "./image-source.ts";
import { openForTraining, openForUse } from "../sources.ts";
import type { OpenServices, PreparedData, TrainingRequest, UsableData } from "../source-kind.ts";

const newFolder = imageFolders();

interface Opened extends PreparedData {
  readonly heard: readonly string[];
}

async function open(folder: string, request: Partial<TrainingRequest> = {}): Promise<Opened> {
  const heard: string[] = [];
  const services: OpenServices = {
    dataDir: undefined,
    note: (line) => heard.push(line),
    signal: new AbortController().signal,
  };
  const data = await imageSource.openForTraining(
    folder,
    { choices: {}, validation: 0.2, seed: 0, ...request },
    services,
  );
  return { ...data, heard };
}

test("the fingerprint is that of the images and of what is made of them", async () => {
  const files = newFolder();
  // Without compression, all files are equally long.
  const bytes = (number: number): Promise<Buffer> => noisy(40, 30, number).png({ compressionLevel: 0 }).toBuffer();
  for (let number = 0; number < 20; number++) files.write(`${number}.png`, await bytes(number));
  const { fingerprint } = await open(files.folder);
  expect((await open(files.folder)).fingerprint).toBe(fingerprint);
  expect((await open(files.folder, { choices: { size: "16" } })).fingerprint).not.toBe(fingerprint);
  expect((await open(files.folder, { seed: 1 })).fingerprint).not.toBe(fingerprint);
  const [before, after] = [await bytes(3), await bytes(99)];
  expect(after.length).toBe(before.length);
  files.write("3.png", after);
  expect((await open(files.folder)).fingerprint).not.toBe(fingerprint);
  files.write("3.png", before);
  expect((await open(files.folder)).fingerprint).toBe(fingerprint);
});

test("nothing has to be chosen, sizes may be numbers, and what cannot be chosen is said", async () => {
  const files = newFolder();
  for (let number = 0; number < 20; number++) {
    files.write(`${number}.png`, await noisy(40, 30, number).png().toBuffer());
  }
  const plain = await openForTraining(files.folder);
  expect([plain.training.shape, plain.training.count, plain.validation?.count]).toEqual([[30, 40, 3], 18, 2]);
  const small = await openForTraining(files.folder, { choices: { size: 16 } });
  expect(small.training.shape).toEqual([16, 16, 3]);
  await expect(openForTraining(files.folder, { choices: { label: "x" } })).rejects.toThrow(
    /^--label is for a table, and .* is read as images; leave it out$/u,
  );
  await expect(openForTraining(files.folder, { choices: { patches: 2, fit: "cover" } })).rejects.toThrow(
    /^--fit cover says how whole images/u,
  );
});

test("what is unreadable counts for the whole set, in whatever part it lies", async () => {
  const files = newFolder();
  for (let number = 0; number < 40; number++) {
    const part = number < 36 ? "train" : "val";
    // Two of the four to validate with.
    files.write(`${part}/${number}.png`, number > 37 ? new Uint8Array(9) : await noisy(8, 8, number).png().toBuffer());
  }
  const { training, validation, notes, heard } = await open(files.folder, { validation: "validation" });
  expect([training.count, validation?.count]).toEqual([36, 2]);
  expect(notes).toContainEqual(expect.stringMatching(/^2 files could not be read and were left out: /u));
  expect(heard.toSorted().map((line) => line.slice(0, 20))).toEqual(["skipped val/38.png: ", "skipped val/39.png: "]);
  await expect(open(files.folder, { validation: "validation", choices: { unreadable: 0.02 } })).rejects.toThrow(
    /^2 of 40 images \(5 %\) cannot be read, and at most 2 % may be; .* allow more with --unreadable 0\.05 /u,
  );
});

test("of many unreadable images the first few are said, and all are counted with what is wrong with them", async () => {
  const files = newFolder();
  for (let number = 10; number < 30; number++) {
    const bad = number % 2 === 0 ? new Uint8Array() : new Uint8Array(9);
    files.write(`${number}.png`, number < 18 ? bad : await noisy(8, 8, number).png().toBuffer());
  }
  const { notes, heard } = await open(files.folder, { validation: 0, choices: { unreadable: 0.5 } });
  expect(heard).toHaveLength(6);
  expect(heard.at(-1)).toBe("more files that cannot be read are counted; sandglass explore names them");
  expect(notes).toContainEqual(
    expect.stringMatching(
      /^8 files could not be read and were left out: 1\d\.png, 1\d\.png, 1\d\.png, … \(4\): .*; 1\d\.png, 1\d\.png, 1\d\.png, … \(4\): /u,
    ),
  );
});

test("what is unreadable in a stream is counted when it was read", async () => {
  const files = newFolder();
  const bytes = await noisy(8, 8, 0).png().toBuffer();
  for (let number = 10; number < 56; number++) files.write(`${number}.png`, number === 11 ? new Uint8Array(9) : bytes);
  // Enlarged, they take more than is kept in memory.
  const data = await open(files.folder, { choices: { size: "2048" }, validation: 0 });
  onTestFinished(data.close);
  const { training, notes, heard } = data;
  if (!isStreamed(training)) throw new Error("expected a stream");
  expect([notes, data.lateNotes?.()]).toEqual([[expect.stringMatching(/ are enlarged$/u)], []]);
  await training.read(Uint32Array.of(1));
  expect(heard).toEqual([expect.stringMatching(/^replaced 11\.png: it is not an image/u)]);
  expect(data.lateNotes?.()).toEqual([
    expect.stringMatching(
      /^1 file could not be read; images of the same class, where there are classes, stood in: 11\.png: it is not an image/u,
    ),
  ]);
});

test("each sample is called by its image", async () => {
  const files = newFolder();
  for (let number = 0; number < 3; number++) files.write(`${number}.png`, await noisy(8, 8, number).png().toBuffer());
  const namesOf = async (choices: TrainingRequest["choices"]): Promise<UsableData["sampleNames"]> => {
    const { preparation } = await open(files.folder, { choices, validation: 0 });
    const { data, sampleNames } = await openForUse(files.folder, preparation);
    expect(sampleNames).toHaveLength(data.count);
    return sampleNames;
  };
  expect(await namesOf({})).toEqual(["0.png", "1.png", "2.png"]);
  const patches = await namesOf({ size: "4", patches: 2 });
  expect(patches?.slice(0, 3)).toEqual(["0.png patch 1", "0.png patch 2", "1.png patch 1"]);
});

test("where a run is used, files are read as when it was made, or as the user says", async () => {
  const files = newFolder();
  for (let number = 0; number < 20; number++) {
    files.write(`${number}.png`, number < 3 ? new Uint8Array(9) : await noisy(8, 8, number).png().toBuffer());
  }
  const { preparation } = await open(files.folder, { choices: { unreadable: 0.2, maxPixels: 64 } });
  expect(preparation).toMatchObject({ reading: { unreadable: 0.2, maxPixels: 64 } });
  const { data, notes } = await openForUse(files.folder, preparation);
  expect([data.count, notes]).toEqual([
    17,
    [
      "3 files could not be read and were left out: " +
        "0.png, 1.png, 2.png: it is not an image of a format that can be read (JPEG, PNG, WebP, GIF, TIFF, AVIF or SVG)",
    ],
  ]);
  await expect(openForUse(files.folder, preparation, { unreadable: 0.1 })).rejects.toThrow(
    /^3 of 20 images \(15 %\) cannot be read, and at most 10 % may be/u,
  );
  // Of the first four, two can be read; that is no larger share of the set.
  expect((await openForUse(files.folder, preparation, { count: 4 })).data.count).toBe(2);
  await expect(openForUse(files.folder, preparation, { count: 2 })).rejects.toThrow(
    /^2 of 2 images .* at least one readable image is needed/u,
  );
  await expect(openForUse(files.folder, preparation, { maxPixels: 63 })).rejects.toThrow(
    /8 × 8 pixels .* allow more with --max-pixels/u,
  );
});

test("classes that a run does not know are named", async () => {
  const [known, other] = [newFolder(), newFolder()];
  for (let number = 0; number < 20; number++) {
    const bytes = await noisy(8, 8, number).png().toBuffer();
    known.write(`${number < 10 ? "cat" : "dog"}/${number}.png`, bytes);
    other.write(`${number < 10 ? "dog" : "emu"}/${number}.png`, bytes);
  }
  const { preparation } = await open(known.folder);
  const use = (folder: string): Promise<UsableData> => openForUse(folder, preparation, { half: "test", seed: 0 });
  const { data, notes } = await use(other.folder);
  expect(data.labels).toBeUndefined();
  expect(notes).toEqual([
    "the run does not know the class emu (it knows cat, dog); all images are taken without classes",
  ]);
  const same = await use(known.folder);
  expect([same.data.labels?.length, same.notes]).toEqual([20, []]);
});

/** Noisy images and their negatives, `count` of them, and one alone on either side. */
async function writePairs(files: ImageFiles, count: number): Promise<readonly [inputs: string, targets: string]> {
  const names = [...Array.from({ length: count }, (_, number) => `${number}.png`), "alone.png"];
  for (const [number, name] of names.entries()) {
    // Grey is a mean in linear light, of which that of a negative is not the negative.
    const image = picture(16, 12, 1, (x, y) => (x * 89 + y * 151 + number * 37) & 255);
    files.write(`noisy/${name}`, await image.clone().png().toBuffer());
    const target = name === "alone.png" ? "other.png" : name;
    files.write(`clean/${target}`, await image.clone().negate().png().toBuffer());
  }
  return [join(files.folder, "noisy"), join(files.folder, "clean")];
}

/** Whether each target is the negative of its sample. */
function areNegatives({ values, targets = new Uint8Array() }: Dataset): boolean {
  return targets.length === values.length && targets.every((value, index) => value === 255 - (values[index] as number));
}

test("images with targets in another folder: all parts have theirs, and what has no partner is named", async () => {
  const files = newFolder();
  const [inputs, target] = await writePairs(files, 20);
  const { training, validation, notes, fingerprint, preparation } = await open(inputs, { choices: { target } });
  const parts = [training, validation as AnyDataset] as readonly Dataset[];
  expect(parts.map(({ count }) => count)).toEqual([16, 4]);
  expect(parts.map(areNegatives)).toEqual([true, true]);
  expect(notes).toContain(`1 of 21 images have no target in ${target} and are left out: alone.png`);
  expect(notes).toContain(`1 of 21 images of ${target} belong to no input and are left out: other.png`);
  expect((await open(inputs)).fingerprint).not.toBe(fingerprint);

  const used = await openForUse(inputs, preparation, { target, count: 5 });
  expect([used.data.count, areNegatives(used.data as Dataset)]).toEqual([5, true]);
  expect((await openForUse(inputs, preparation)).data).not.toHaveProperty("targets");

  // The same names and, without compression, as many bytes: only the values of a target tell them apart.
  files.write("clean/3.png", await noisy(16, 12, 99).png().toBuffer());
  expect((await open(inputs, { choices: { target } })).fingerprint).not.toBe(fingerprint);
});

test("targets go by the same groups, counts, patches and colours as their samples", async () => {
  const files = newFolder();
  const [inputs, target] = await writePairs(files, 20);
  const choices = { target, count: 10, size: "6x8", color: "grey", patches: 3, group: "^(.)" } as const;
  const { training, validation } = await open(inputs, { choices });
  expect([training.count + (validation?.count ?? 0), training.shape]).toEqual([30, [6, 8, 1]]);
  for (const part of [training, validation]) {
    const { values, targets = new Uint8Array() } = part as Dataset;
    expect(targets).toEqual((values as Uint8Array).map((value) => 255 - value));
  }
});

test("targets that are coloured make the samples coloured, and ones of another shape leave their pair out", async () => {
  const files = newFolder();
  for (let number = 0; number < 20; number++) {
    const colours = noisy(16, 12, number);
    files.write(`grey/${number}.png`, await colours.clone().greyscale().toColourspace("b-w").png().toBuffer());
    const target = number === 7 ? noisy(12, 12, 0) : colours;
    files.write(`colour/${number}.png`, await target.png().toBuffer());
  }
  const [inputs, target] = [join(files.folder, "grey"), join(files.folder, "colour")];
  const { training, notes, heard } = await open(inputs, { choices: { target, size: "12x16" }, validation: 0 });
  expect([training.shape, training.count]).toEqual([[12, 16, 3], 19]);
  expect(notes).toContainEqual(expect.stringMatching(/^1 pair of images could not be read and was left out: /u));
  expect(heard[0]).toMatch(/7\.png: it has 12 × 12 pixels, and its input 16 × 12; .*the same aspect ratio/u);
});

test("targets that are none", async () => {
  const files = newFolder();
  const [inputs] = await writePairs(files, 3);
  await expect(open(inputs, { choices: { target: inputs } })).rejects.toThrow(
    /names the images of .*noisy themselves/u,
  );
  files.write("elsewhere/x.png", await noisy(16, 12, 0).png().toBuffer());
  const other = join(files.folder, "elsewhere");
  await expect(open(inputs, { choices: { target: other } })).rejects.toThrow(/no image of .*noisy has a partner in/u);
  await expect(open(inputs, { choices: { target: join(files.folder, "gone") } })).rejects.toThrow(/gone/u);
});
