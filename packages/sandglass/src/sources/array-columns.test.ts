// Arrays of numbers are tables: their columns are brought to a size that networks learn, by the training rows alone.
import { readFile } from "node:fs/promises";
import { writeNpz, RandomStream, type AnyDataset, type Dataset, type tables } from "@sandglass/core";
import { expect, test } from "vitest";
import { testFolder, userError } from "../data/testing/test-folder.ts";
import { sampleSource } from "./sample-source.ts";
import type { DataChoices, OpenServices, PreparedData, TrainingRequest, UseRequest } from "./source-kind.ts";

const services: OpenServices = { dataDir: undefined, note: () => undefined, signal: new AbortController().signal };
const request = (choices: DataChoices = {}): TrainingRequest => ({ choices, validation: 0.25, seed: 0 });
const whole: UseRequest = { half: "test", count: undefined, seed: 0 };

const COUNT = 200;

/** A large column, a small one, and one that is always the same. */
function matrix(last = 0): Float32Array {
  const random = new RandomStream(5);
  const rows = Array.from({ length: COUNT }, (_, row) => [
    random.uniform(900, 1100) + (row >= 150 ? last : 0),
    random.uniform(-0.01, 0.01),
    7,
  ]);
  return Float32Array.from(rows.flat());
}

const archive = (data: Float32Array): Uint8Array =>
  writeNpz({
    X: { shape: [COUNT, 3], data },
    y: { shape: [COUNT], data: Int32Array.from({ length: COUNT }, (_, row) => row % 2) },
  });

const valuesOf = (data: AnyDataset | undefined): Float32Array => (data as Dataset).values as Float32Array;

function preprocessingOf({ preparation }: PreparedData): tables.TablePreprocessing {
  if (preparation.kind === "images" || preparation.preprocessing === undefined) throw new Error("no preprocessing");
  return preparation.preprocessing;
}

test("columns are standardized by the training rows, whatever is in the others; labels stay", async () => {
  await using folder = await testFolder();
  const data = await sampleSource.openForTraining(
    await folder.put({ "a.npz": archive(matrix()) }),
    request({ split: "last" }),
    services,
  );
  const { training, validation, notes } = data;
  expect([training.shape, training.count, validation?.count]).toEqual([[2], 150, 50]);
  expect(Array.from(training.labels ?? []).slice(0, 4)).toEqual([0, 1, 0, 1]);
  expect(notes).toEqual(['column "column2" is left out: all its values are 7']);
  const values = valuesOf(training);
  for (const column of [0, 1]) {
    const numbers = Array.from({ length: 150 }, (_, row) => values[2 * row + column] as number);
    const mean = numbers.reduce((sum, value) => sum + value, 0) / 150;
    expect(mean).toBeCloseTo(0, 5);
    expect(numbers.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 150).toBeCloseTo(1, 4);
  }
  // The last rows, which are held back, change nothing but themselves.
  const shifted = await folder.put({ "b.npz": archive(matrix(1e6)) });
  const other = await sampleSource.openForTraining(shifted, request({ split: "last" }), services);
  expect(other.preparation).toEqual(data.preparation);
  expect(valuesOf(other.training)).toEqual(values);
  expect(Math.min(...valuesOf(other.validation).filter((_, index) => index % 2 === 0))).toBeGreaterThan(1000);
  expect(other.fingerprint).not.toBe(data.fingerprint);
});

test("scaling and columns to leave out are chosen as of tables", async () => {
  await using folder = await testFolder();
  const path = await folder.put({ "a.npz": archive(matrix()) });
  const open = (choices: DataChoices): Promise<PreparedData> =>
    sampleSource.openForTraining(path, request(choices), services);
  const scaled = await open({ scaling: "minmax", ignore: ["column1"] });
  expect(preprocessingOf(scaled)).toMatchObject({ scaling: "minmax", columns: [{ name: "column0" }] });
  const values = valuesOf(scaled.training);
  expect([Math.min(...values), Math.max(...values)]).toEqual([0, 1]);
  expect((await userError(open({ ignore: ["colum1"] }))).message).toMatch(
    /the column "colum1", which .* did you mean "column1"/u,
  );
  expect((await userError(open({ ignore: ["column0", "column1"] }))).message).toMatch(
    /no column left to learn from: column "column0" is left out: as you asked/u,
  );
});

test("images, pixels, and zeros and ones are taken as they are, and have no columns to choose of", async () => {
  await using folder = await testFolder();
  const images = await folder.put({ "a.npz": writeNpz({ x: { shape: [20, 2, 2], data: new Float32Array(80) } }) });
  const pixels = await folder.put({ "b.npz": writeNpz({ x: { shape: [20, 4], data: new Uint8Array(80).fill(255) } }) });
  const flags = await folder.put({ "c.npz": writeNpz({ x: { shape: [20, 4], data: new Uint8Array(80).fill(1) } }) });
  for (const path of [images, pixels, flags]) {
    expect((await sampleSource.openForTraining(path, request(), services)).preparation).not.toHaveProperty(
      "preprocessing",
    );
    const refused = await userError(sampleSource.openForTraining(path, request({ scaling: "robust" }), services));
    expect(refused.message).toContain(
      `--scaling is for columns of numbers, and ${path} holds ${path === images ? "images" : "pixels or zeros and ones"}`,
    );
    expect(refused.exitCode).toBe(2);
  }
});

test("small whole numbers are numbers of a table, though they fit into bytes", async () => {
  await using folder = await testFolder();
  const bytes = Uint8Array.from({ length: 80 }, (_, index) => index % 11);
  const path = await folder.put({ "a.npz": writeNpz({ x: { shape: [20, 4], data: bytes } }) });
  const { preparation, training } = await sampleSource.openForTraining(path, request(), services);
  expect(preparation).toMatchObject({ preprocessing: { columns: [{ isInteger: true }, {}, {}, {}] } });
  expect(training).toMatchObject({ scale: 1 });
});

test("another array is prepared as the run's was, and has to have as many columns", async () => {
  await using folder = await testFolder();
  const path = await folder.put({ "a.npz": archive(matrix()) });
  const { preparation } = await sampleSource.openForTraining(path, request(), services);
  if (preparation.kind !== "samples") throw new Error(preparation.kind);
  const [column] = preparation.preprocessing!.columns;
  if (column?.role !== "number") throw new Error("no number");
  const open = async (rows: Float32Array | Uint8Array, shape: number[]): ReturnType<typeof sampleSource.openForUse> =>
    sampleSource.openForUse(
      await folder.put({ "other.npz": writeNpz({ X: { shape, data: rows } }) }),
      preparation,
      whole,
      services,
    );
  const { data } = await open(Float32Array.of(1000, 0, 9, 900, 0.01, 7), [2, 3]);
  expect(data).toMatchObject({ shape: [2], count: 2 });
  expect(valuesOf(data)[0]).toBeCloseTo((1000 - column.centre) / column.scale, 5);
  // Whole numbers that fit into bytes are numbers all the same.
  const whites = await open(Uint8Array.of(255, 1, 7), [1, 3]);
  expect(valuesOf(whites.data)[0]).toBeCloseTo((255 - column.centre) / column.scale, 4);
  const refused = await userError(open(new Float32Array(8), [2, 4]));
  expect(refused.message).toMatch(/made with rows of 3 numbers, and .*other\.npz has samples of \[4\]; give an array/u);
  expect(refused.exitCode).toBe(2);
});

const breastw = `${process.env["SANDGLASS_DATA"]}/adbench/4_breastw.npz`;
const vertebral = `${process.env["SANDGLASS_DATA"]}/adbench/39_vertebral.npz`;
const isThere = await readFile(breastw).then(
  () => true,
  () => false,
);

test.skipIf(!isThere)("a file of ADBench (skipped without SANDGLASS_DATA)", async () => {
  const { training, validation } = await sampleSource.openForTraining(breastw, request(), services);
  expect(training.shape).toEqual([9]);
  const values = valuesOf(training);
  expect(values.reduce((sum, value) => sum + value * value, 0) / values.length).toBeCloseTo(1, 4);
  expect(validation?.labels).toHaveLength(validation!.count);
});

test.skipIf(!isThere)("anomalies that lie last are in both parts (skipped without SANDGLASS_DATA)", async () => {
  const opened = await sampleSource.openForTraining(
    vertebral,
    { choices: {}, validation: undefined, seed: 0 },
    services,
  );
  const anomalies = ({ labels }: AnyDataset): number => Array.from(labels ?? []).filter((label) => label === 1).length;
  expect([anomalies(opened.training), opened.training.count]).toEqual([27, 216]);
  expect([anomalies(opened.validation!), opened.validation?.count]).toEqual([3, 24]);
});

test("pixels from 0 to 1 in a row are left as they are, with a word about it, unless they are scaled", async () => {
  await using folder = await testFolder();
  const random = new RandomStream(1);
  const data = Float32Array.from({ length: 40 * 64 }, (_, at) => (at % 64 === 0 ? 0 : random.uniform(0, 1)));
  const path = await folder.put({ "x.npz": writeNpz({ x: { shape: [40, 64], data } }) });
  const open = (choices: DataChoices): Promise<PreparedData> =>
    sampleSource.openForTraining(path, { choices, validation: 0, seed: 0 }, services);
  const plain = await open({});
  expect([plain.training.shape, "preprocessing" in plain.preparation]).toEqual([[64], false]);
  expect(valuesOf(plain.training)).toEqual(data);
  expect(plain.notes).toEqual([
    "the rows of 64 numbers from 0 to 1 are taken for images of 8 × 8 grey pixels, and left as they are; " +
      "if they are columns of a table, --scaling standard scales each by itself",
  ]);
  const scaled = await open({ scaling: "standard" });
  // The first column is 0 everywhere.
  expect([scaled.training.shape, preprocessingOf(scaled).scaling]).toEqual([[63], "standard"]);
  const none = await open({ scaling: "none" });
  expect(valuesOf(none.training)).toEqual(data.filter((_, at) => at % 64 > 0));
});
