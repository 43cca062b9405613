import { rmSync } from "node:fs";
import { join } from "node:path";
import { writeNpz } from "@sandglass/core";
import { expect, test } from "vitest";
import { testFolder } from "../data/testing/test-folder.ts";
import { imageFolders, noisy } from "../images/decode/testing/image-files.ts";
import { openForTraining } from "../sources/index.ts";
import { openTestPart, type TestPart } from "./open-test-part.ts";

const newFolder = imageFolders();
const services = { dataDir: undefined, note: () => undefined, signal: new AbortController().signal };

const samples = (count: number, side: number): { shape: number[]; data: Float32Array } => ({
  shape: [count, side, side],
  data: Float32Array.from({ length: count * side * side }, (_, index) => (index % 7) / 7),
});
const labels = (count: number): { shape: number[]; data: Uint8Array } => ({
  shape: [count],
  data: Uint8Array.from({ length: count }, (_, index) => index % 2),
});

async function testPartOf(source: string): Promise<TestPart> {
  const data = await openForTraining(source);
  const part = await openTestPart(source, data.preparation, 0, services);
  await data.close();
  return part;
}

test("a set without a test part has none, and one that has is opened", async () => {
  await using folder = await testFolder();
  const whole = await folder.put({ "a.npz": writeNpz({ x: samples(20, 4), y: labels(20) }) });
  expect(await testPartOf(whole)).toEqual({});
  const parts = { x_train: samples(20, 4), y_train: labels(20), x_test: samples(6, 4), y_test: labels(6) };
  const divided = await folder.put({ "b.npz": writeNpz(parts) });
  expect(await testPartOf(divided)).toMatchObject({ test: { half: "test", data: { count: 6 } } });
});

test("a test part that cannot be measured is said to be so", async () => {
  await using folder = await testFolder();
  const parts = { x_train: samples(20, 4), y_train: labels(20), x_test: samples(6, 4) };
  const unlabelled = await folder.put({ "a.npz": writeNpz(parts) });
  expect((await testPartOf(unlabelled)).warning).toMatchObject({
    title: "The test part was not measured.",
    text: expect.stringContaining("its samples have no labels that the classifier knows"),
  });

  const images = newFolder();
  for (const name of ["train/a", "train/b", "test/a", "test/b"]) {
    for (let number = 0; number < 20; number++)
      images.write(`${name}/${number}.png`, await noisy(8, 8, number).png().toBuffer());
  }
  const data = await openForTraining(images.folder);
  expect((await openTestPart(images.folder, data.preparation, 0, services)).test?.data.count).toBe(40);
  for (const name of ["a", "b"]) rmSync(join(images.folder, "test", name), { recursive: true });
  images.write("test/a/0.png", new Uint8Array(9));
  const { warning } = await openTestPart(images.folder, data.preparation, 0, services);
  expect(warning?.text).toMatch(/^The figures are those of other samples: 1 of 1 images \(100 %\) cannot be read/);
});
