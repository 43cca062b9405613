// Arrays as data to make a run with, and to use one on.
import { createHash } from "node:crypto";
import { join } from "node:path";
import { writeNpz, type Dataset } from "@sandglass/core";
import { expect, test } from "vitest";
import { testFolder, userError } from "../data/testing/test-folder.ts";
import { sampleSource } from "./sample-source.ts";
import type { OpenServices, PreparedData, TrainingRequest } from "./source-kind.ts";

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

test("how samples are held back is refused where none are", async () => {
  await using folder = await testFolder();
  const path = await folder.put({ "a.npz": writeNpz({ train: images(20, 0.5), val: images(5, 0.5) }) });
  const refusal = async (validation: number | undefined): Promise<string> => {
    const asked = { ...request(validation), choices: { split: "random" } } as const;
    return (await userError(sampleSource.openForTraining(path, asked, services))).message;
  };
  expect(await refusal(undefined)).toBe(
    "--split random says which samples are held back, and they are validated with a part of their own " +
      "(--validation 0.1 holds samples back instead); leave one of them out",
  );
  expect(await refusal(0)).toBe(
    "--split random says which samples are held back, and --validation 0 holds none back; leave one of them out",
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

/** Sorted by class, as anomalies often lie: 30 of 40, and then the others; each sample has its number as its values. */
const sorted = writeNpz({
  x: { shape: [40, 2, 2], data: Float32Array.from({ length: 160 }, (_, index) => Math.floor(index / 4) / 40) },
  y: { shape: [40], data: Uint8Array.from({ length: 40 }, (_, index) => (index < 30 ? 0 : 1)) },
});

const heldBack = ({ validation }: PreparedData): number[] =>
  Array.from((validation as Dataset).values, (value) => Math.round(40 * value)).filter((_, index) => index % 4 === 0);

test("of each class as much is held back, by the seed; or the last ones, where they are asked for", async () => {
  await using folder = await testFolder();
  const path = await folder.put({ "a.npz": sorted });
  const open = (choices: TrainingRequest["choices"], seed = 0): Promise<PreparedData> =>
    sampleSource.openForTraining(path, { choices, validation: 0.2, seed }, services);
  const data = await open({});
  expect(Array.from(data.validation?.labels ?? [])).toEqual([0, 0, 0, 0, 0, 0, 1, 1]);
  expect(heldBack(await open({}))).toEqual(heldBack(data));
  expect(heldBack(await open({}, 1))).not.toEqual(heldBack(data));
  const last = await open({ split: "last" });
  expect(heldBack(last)).toEqual([32, 33, 34, 35, 36, 37, 38, 39]);
  expect(last.notes).toEqual([
    "no sample to validate with is of the class 0; what is measured says nothing of such samples",
  ]);
  // A run that was made with the last ones, when that went without saying, is not gone on with by others.
  expect(data.fingerprint).not.toBe(last.fingerprint);
  expect((await open({ split: "random" })).fingerprint).toBe(last.fingerprint);
});

test("labels of which there is one each do not keep samples from being held back", async () => {
  await using folder = await testFolder();
  const y = { shape: [20], data: Int32Array.from({ length: 20 }, (_, index) => index) };
  const path = await folder.put({ "a.npz": writeNpz({ x: images(20, 0.5), y }) });
  const { validation, notes } = await sampleSource.openForTraining(path, request(0.25), services);
  expect(validation?.count).toBe(5);
  expect(notes).toHaveLength(2);
});

test("of sets in the manner of MNIST, which are shuffled, the last ones are held back", async () => {
  await using folder = await testFolder();
  const [count, size] = [40, 2];
  const head = (...sizes: number[]): number[] => [0, 0, 8, sizes.length, ...sizes.flatMap((n) => [0, 0, 0, n])];
  const pixels = Array.from({ length: count * size * size }, (_, index) => Math.floor(index / 4));
  await folder.put({
    "train-images-idx3-ubyte": Uint8Array.from([...head(count, size, size), ...pixels]),
    "train-labels-idx1-ubyte": Uint8Array.from([...head(count), ...pixels.slice(0, count).map((n) => n % 2)]),
  });
  for (const path of [folder.path, join(folder.path, "train-images-idx3-ubyte")]) {
    const { validation, fingerprint } = await sampleSource.openForTraining(path, request(undefined), services);
    const values = Array.from((validation as Dataset).values).filter((_, index) => index % 4 === 0);
    expect(values).toEqual([36, 37, 38, 39]);
    expect(fingerprint).toBe(createHash("sha256").update(Uint8Array.from(pixels)).digest("hex"));
  }
});
