// What decides the meaning of numbers and labels is the run's data, not each file that the run is used on.
import { writeNpz, type Dataset, type Labels } from "@sandglass/core";
import { expect, test } from "vitest";
import { testFolder } from "../data/testing/test-folder.ts";
import { sampleSource } from "./sample-source.ts";
import type { OpenServices, UsableData, UseRequest } from "./source-kind.ts";

const services: OpenServices = { dataDir: undefined, note: () => undefined, signal: new AbortController().signal };
const whole: UseRequest = { half: "test", count: undefined, seed: 0 };

type Content = Parameters<typeof writeNpz>[0][string];
type Arrays = Readonly<Record<string, Content>>;

/** Trains on some arrays, and opens others with what is saved of that, as JSON. */
async function useOn(training: Arrays, others: Arrays): Promise<UsableData> {
  await using folder = await testFolder();
  const path = await folder.put({ "a.npz": writeNpz(training) });
  const { preparation } = await sampleSource.openForTraining(path, { choices: {}, validation: 0, seed: 0 }, services);
  if (preparation.kind !== "samples") throw new Error(preparation.kind);
  const saved = JSON.parse(JSON.stringify(preparation)) as typeof preparation;
  return await sampleSource.openForUse(await folder.put({ "b.npz": writeNpz(others) }), saved, whole, services);
}

const floats = (value: number): Content => ({ shape: [10, 2, 2], data: new Float32Array(40).fill(value) });
const bytes = (value: number): Content => ({ shape: [10, 4], data: new Uint8Array(40).fill(value) });
const labels = (...values: number[]): Content => ({
  shape: [10],
  data: Int32Array.from({ length: 10 }, (_, index) => values[index % values.length]!),
});
const labelsOf = ({ data }: UsableData): Labels | undefined => (data as Dataset).labels;

test("a dark file has the scale of the run's data", async () => {
  const { data, notes } = await useOn({ x: floats(200) }, { x: floats(9) });
  expect(data).toMatchObject({ scale: 1 / 255 });
  expect(notes).toEqual(["x: the values count 1/255 each, as those that the run was trained on"]);
  const rows = await useOn({ x: bytes(255) }, { x: bytes(9) });
  expect(rows.data).toMatchObject({ scale: 1 / 255, values: expect.any(Uint8Array) as unknown });
});

test("a bright file has the scale of the run's data", async () => {
  const { data, notes } = await useOn({ x: floats(0.5) }, { x: floats(20) });
  expect(data).toMatchObject({ scale: 1 });
  expect(notes).toEqual(["x: the values are taken as they are, as those that the run was trained on"]);
});

test("numbers of another type than the run's are scaled by what they are", async () => {
  const shape = [10, 2, 2];
  const pixels = { shape, data: new Uint8Array(40).fill(200) };
  expect((await useOn({ x: floats(0.5) }, { x: pixels })).data).toMatchObject({ scale: 1 / 255 });
  expect((await useOn({ x: pixels }, { x: floats(0.5) })).data).toMatchObject({ scale: 1 });
  const deep = { shape, data: new Uint16Array(40).fill(60_000) };
  expect((await useOn({ x: deep }, { x: pixels })).data).toMatchObject({ scale: 1 / 255 });
  const dark = { shape, data: new Uint16Array(40).fill(90) };
  expect((await useOn({ x: deep }, { x: dark })).data).toMatchObject({ scale: 1 / 65535 });
});

test("classes keep the numbers that they have in the run", async () => {
  const training = { x: floats(0.5), y: labels(-1, 1, 5) };
  const used = await useOn(training, { x: floats(0.5), y: labels(1, 5) });
  expect(Array.from(labelsOf(used) ?? [])).toEqual([1, 2, 1, 2, 1, 2, 1, 2, 1, 2]);
  expect(used.data.classNames).toEqual(["-1", "1", "5"]);
  const counted = await useOn({ x: floats(0.5), y: labels(0, 1, 2) }, { x: floats(0.5), y: labels(2, 1) });
  expect(Array.from(labelsOf(counted) ?? []).slice(0, 2)).toEqual([2, 1]);
  const words = { shape: [10], data: Array.from({ length: 10 }, (_, index) => (index === 0 ? "dog" : "ant")) };
  const few = { shape: [10], data: new Array<string>(10).fill("dog") };
  expect(Array.from(labelsOf(await useOn({ x: floats(1), y: words }, { x: floats(1), y: few })) ?? [])).toEqual(
    new Array(10).fill(1),
  );
});

test("labels that the run's data did not have are counted, and the samples have none", async () => {
  const used = await useOn({ x: floats(0.5), y: labels(-1, 1) }, { x: floats(0.5), y: labels(1, 1, 7, 1, 3) });
  expect(labelsOf(used)).toBeUndefined();
  expect(used.notes).toEqual([
    "4 of 10 samples have labels that the run's data did not have (7, 3), so none are used; the run's are -1, 1",
  ]);
  const beyond = await useOn({ x: floats(0.5), y: labels(0, 1) }, { x: floats(0.5), y: labels(0, 2) });
  expect(beyond.notes).toEqual([
    "5 of 10 samples have labels that the run's data did not have (2), so none are used; the run's are 0 to 1",
  ]);
});
