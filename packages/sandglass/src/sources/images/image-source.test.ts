// Folders of images as data to make a run with.
import { isStreamed } from "@sandglass/core";
import { expect, onTestFinished, test } from "vitest";
import { imageFolders, noisy } from "../../images/decode/testing/image-files.ts";
import { imageSource } from "./image-source.ts";
import { openForUse } from "../sources.ts";
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

test("what is unreadable counts for the whole set, in whatever part it lies", async () => {
  const files = newFolder();
  for (let number = 0; number < 40; number++) {
    const part = number < 36 ? "train" : "val";
    // Two of the four to validate with.
    files.write(`${part}/${number}.png`, number > 37 ? new Uint8Array(9) : await noisy(8, 8, number).png().toBuffer());
  }
  const { training, validation, notes, heard } = await open(files.folder, { validation: "validation" });
  expect([training.count, validation?.count]).toEqual([36, 2]);
  expect(notes).toContain("2 files could not be read and were left out");
  expect(heard.toSorted().map((line) => line.slice(0, 20))).toEqual(["skipped val/38.png: ", "skipped val/39.png: "]);
  await expect(open(files.folder, { validation: "validation", choices: { unreadable: 0.02 } })).rejects.toThrow(
    /^2 of 40 images \(5 %\) cannot be read, and at most 2 % may be; .* allow more with --unreadable 0\.05 /u,
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
    "1 file could not be read; images of the same class, where there are classes, stood in",
  ]);
});

test("where a run is used, files are read as when it was made, or as the user says", async () => {
  const files = newFolder();
  for (let number = 0; number < 20; number++) {
    files.write(`${number}.png`, number < 3 ? new Uint8Array(9) : await noisy(8, 8, number).png().toBuffer());
  }
  const { preparation } = await open(files.folder, { choices: { unreadable: 0.2, maxPixels: 64 } });
  expect(preparation).toMatchObject({ reading: { unreadable: 0.2, maxPixels: 64 } });
  const { data, notes } = await openForUse(files.folder, preparation);
  expect([data.count, notes]).toEqual([17, ["3 files could not be read and were left out"]]);
  await expect(openForUse(files.folder, preparation, { unreadable: 0.1 })).rejects.toThrow(
    /^3 of 20 images \(15 %\) cannot be read, and at most 10 % may be/u,
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
