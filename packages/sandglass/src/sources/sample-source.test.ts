// Arrays as data to make a run with, and to use one on.
import { writeNpz } from "@sandglass/core";
import { expect, test } from "vitest";
import { testFolder, userError } from "../data/testing/test-folder.ts";
import { sampleSource } from "./sample-source.ts";
import type { OpenServices, TrainingRequest } from "./source-kind.ts";

const services: OpenServices = { dataDir: undefined, note: () => undefined, signal: new AbortController().signal };
const request = (validation: TrainingRequest["validation"]): TrainingRequest => ({ choices: {}, validation, seed: 0 });

const images = (count: number, value: number): { shape: number[]; data: Float32Array } => ({
  shape: [count, 2, 2],
  data: new Float32Array(count * 4).fill(value),
});

test("an archive's own validation part is taken, or what is asked for", async () => {
  await using folder = await testFolder();
  const path = await folder.put({
    "a.npz": writeNpz({ train_images: images(20, 200), val_images: images(4, 1), test_images: images(5, 2) }),
  });
  expect(await sampleSource.recognizes(path)).toBe(true);
  const own = await sampleSource.openForTraining(path, request(undefined), services);
  expect(own).toMatchObject({
    name: "a",
    training: { count: 20, scale: 1 / 255 },
    validation: { count: 4, scale: 1 / 255 },
    validatedWith: "validation",
    notes: ["train_images: the values are 0 to 255 and count 1/255 each"],
  });
  const tested = await sampleSource.openForTraining(path, request("test"), services);
  expect(tested).toMatchObject({ validation: { count: 5 }, validatedWith: "test" });
  const held = await sampleSource.openForTraining(path, request(0.25), services);
  expect(held).toMatchObject({ training: { count: 15 }, validation: { count: 5 }, validatedWith: "held back" });
  const used = await sampleSource.openForUse(
    path,
    { kind: "samples" },
    { half: "validation", count: 2, seed: 0 },
    services,
  );
  expect(used).toMatchObject({ data: { count: 2 }, half: "validation", notes: own.notes });
});

test("arrays of one piece have no part to validate with", async () => {
  await using folder = await testFolder();
  const path = await folder.put({ "a.npz": writeNpz({ x: images(20, 0.5) }) });
  const held = await sampleSource.openForTraining(path, request(undefined), services);
  expect(held).toMatchObject({
    training: { count: 18 },
    validation: { count: 2 },
    validatedWith: "held back",
    notes: [],
  });
  const refused = await userError(sampleSource.openForTraining(path, request("validation"), services));
  expect(refused.message).toContain(
    `--validation validation needs a set with a validation part, and ${path} is a single file`,
  );
});

test("a class that is not among the samples to validate with is named", async () => {
  await using folder = await testFolder();
  const y = { shape: [20], data: Array.from({ length: 20 }, (_, index) => (index === 3 ? "rare" : "common")) };
  const path = await folder.put({ "a.npz": writeNpz({ x: images(20, 0.5), y }) });
  const { notes } = await sampleSource.openForTraining(path, request(0.25), services);
  expect(notes).toEqual([
    "no sample to validate with is of the class rare; what is measured says nothing of such samples",
  ]);
});
