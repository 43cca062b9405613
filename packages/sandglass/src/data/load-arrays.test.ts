// Arrays of NumPy's, loaded by their path.
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { writeNpy, writeNpz, type Dataset } from "@sandglass/core";
import { describe, expect, it } from "vitest";
import { hasHalves, holdsSamples, loadDataset, requireHalves, splitsOf } from "./index.ts";
import type { SplitName } from "./registry.ts";
import { testFolder, userError } from "./testing/test-folder.ts";

/** 0, 1, 2, … as bytes. */
const bytes = (...shape: number[]): { shape: number[]; data: Uint8Array } => ({
  shape,
  data: Uint8Array.from({ length: shape.reduce((product, size) => product * size, 1) }, (_, index) => index),
});
const floats = (shape: number[], ...data: number[]): { shape: number[]; data: Float32Array } => ({
  shape,
  data: Float32Array.from(data),
});

/** Of all labels. */
function sumOf({ labels = new Uint8Array() }: Dataset): number {
  let sum = 0;
  for (const label of labels) sum += label;
  return sum;
}

/** Loads, and collects what is noted. */
async function load(path: string, split?: SplitName): Promise<{ data: Dataset; notes: string[] }> {
  const notes: string[] = [];
  const data = await loadDataset(path, { onNote: (line) => notes.push(line), ...(split && { split }) });
  return { data, notes };
}

const medical = writeNpz({
  train_images: bytes(6, 2, 3),
  train_labels: { shape: [6, 1], data: Uint8Array.of(0, 1, 1, 0, 1, 0) },
  val_images: { shape: [2, 2, 3], data: new Uint8Array(12).fill(1) },
  val_labels: { shape: [2, 1], data: Uint8Array.of(1, 0) },
  test_images: bytes(3, 2, 3),
  test_labels: { shape: [3, 1], data: Uint8Array.of(1, 1, 0) },
});

describe("an archive", () => {
  it("of images in three parts", async () => {
    await using folder = await testFolder();
    const path = await folder.put({ "my set.npz": medical });
    const { data, notes } = await load(path);
    expect(data).toEqual({
      name: "my set",
      shape: [2, 3, 1],
      values: bytes(6, 2, 3).data,
      scale: 1 / 255,
      count: 6,
      labels: Uint8Array.of(0, 1, 1, 0, 1, 0),
    });
    expect(notes).toEqual([]);
    // All 0 and 1, and scaled as the training part is nevertheless.
    expect((await load(path, "validation")).data).toMatchObject({
      count: 2,
      scale: 1 / 255,
      labels: Uint8Array.of(1, 0),
    });
    expect((await load(path, "test")).data).toMatchObject({ count: 3, labels: Uint8Array.of(1, 1, 0) });
    expect(await splitsOf(path)).toEqual(["train", "validation", "test"]);
    expect(await hasHalves(path)).toBe(true);
    expect((await loadDataset(path, { count: 4 })).labels).toEqual(Uint8Array.of(0, 1, 1, 0));
  });

  it("of a table with anomalies", async () => {
    await using folder = await testFolder();
    const X = { shape: [3, 2], data: Float64Array.of(0.5, 100, 2, 300, 4, 1e6) };
    const path = await folder.put({ "7_cardio.npz": writeNpz({ X, y: { shape: [3], data: Int32Array.of(0, 0, 1) } }) });
    const { data } = await load(path, "test");
    expect(data).toMatchObject({ name: "7_cardio", shape: [2], scale: 1, count: 3, labels: Uint8Array.of(0, 0, 1) });
    expect(data.values).toEqual(Float32Array.from(X.data));
    expect(await splitsOf(path)).toEqual([]);
  });

  it("of a single array of any name", async () => {
    await using folder = await testFolder();
    const path = await folder.put({ "a.npz": writeNpz({ arr_0: bytes(2, 3) }) });
    const { data, notes } = await load(path);
    expect(data).toMatchObject({ shape: [3], count: 2, scale: 1 });
    expect(data.labels).toBeUndefined();
    expect(notes).toEqual(["arr_0: the values, up to 5, are taken as the numbers of a table, not as pixels"]);
  });

  it("names its classes, by texts or by other numbers, the same in all parts", async () => {
    await using folder = await testFolder();
    const x_train = floats([3, 1], 1, 2, 3);
    const x_test = floats([2, 1], 4, 5);
    const named = await folder.put({
      "named.npz": writeNpz({
        x_train,
        y_train: { shape: [3, 2], data: Float32Array.of(0, 1, 1, 0, 0, 1) },
        class_names: { shape: [2], data: ["cat", "dog"] },
      }),
    });
    expect((await load(named)).data).toMatchObject({ labels: Uint8Array.of(1, 0, 1), classNames: ["cat", "dog"] });
    const texts = await folder.put({
      "texts.npz": writeNpz({
        x_train,
        x_test,
        y_train: { shape: [3], data: ["cat", "emu", "cat"] },
        y_test: { shape: [2], data: ["dog", "emu"] },
      }),
    });
    const classNames = ["cat", "dog", "emu"];
    expect((await load(texts)).data).toMatchObject({ labels: Uint8Array.of(0, 2, 0), classNames });
    expect((await load(texts, "test")).data).toMatchObject({ labels: Uint8Array.of(1, 2), classNames });
    const signs = await folder.put({
      "signs.npz": writeNpz({
        x_train,
        x_test,
        y_train: { shape: [3], data: Int8Array.of(1, -1, 1) },
        y_test: { shape: [2], data: Int8Array.of(1, 1) },
      }),
    });
    const test = await load(signs, "test");
    expect(test.data).toMatchObject({ labels: Uint8Array.of(1, 1), classNames: ["-1", "1"] });
    expect(test.notes).toEqual(["the labels -1, 1 are numbered from 0 on"]);
  });

  it("says what it leaves aside", async () => {
    await using folder = await testFolder();
    const path = await folder.put({
      "a.npz": writeNpz({
        images: { shape: [2, 3, 5, 5], data: new Float32Array(150).fill(200) },
        target: floats([2], 0.5, 7),
        y: floats([2, 2], 1, 1, 0, 1),
      }),
    });
    const { data, notes } = await load(path);
    expect(data).toMatchObject({ shape: [5, 5, 3], scale: 1 / 255, count: 2 });
    expect(data.labels).toBeUndefined();
    expect(notes).toEqual([
      "y was taken for the labels, and target left aside",
      "images [2, 3, 5, 5] has its channels first; they were put last",
      "images: the values are 0 to 255 and count 1/255 each",
      "y [2, 2] has several labels a sample, or none; the samples have no labels",
    ]);
  });

  it("gives the array that is chosen, of one piece", async () => {
    await using folder = await testFolder();
    const path = await folder.put({
      "a.npz": writeNpz({ codes: floats([2, 2], 1, 2, 3, 4), others: floats([3, 1], 1, 2, 3), y: bytes(3) }),
    });
    expect((await load(`${path}:codes`)).data).toMatchObject({ name: "a:codes", shape: [2], count: 2 });
    expect((await load(`${path}:codes`)).data.labels).toBeUndefined();
    expect((await load(`${path}:others`)).data.labels).toEqual(Uint8Array.of(0, 1, 2));
    expect(await hasHalves(`${path}:codes`)).toBe(false);
    expect(await holdsSamples(`${path}:codes`)).toBe(true);
    const medicalPath = await folder.put({ "m.npz": medical });
    expect((await load(`${medicalPath}:test_images`)).data).toMatchObject({ count: 3, labels: Uint8Array.of(1, 1, 0) });
  });

  it.each<[string, Uint8Array, string, RegExp]>([
    [
      "it is not clear what the samples are",
      writeNpz({ codes: floats([2, 2], 1, 2, 3, 4), mask: bytes(2) }),
      "a.npz",
      /a\.npz has 2 arrays, and the name of none says .*: codes \[2, 2\] float32; mask \[2\] uint8\nName the one to take: \S+a\.npz:codes$/,
    ],
    [
      "several may be the samples",
      writeNpz({ data: bytes(2, 4), images: bytes(2, 2, 2), target: bytes(2) }),
      "a.npz",
      /has 2 arrays that may be the samples: data \[2, 4\] uint8; images \[2, 2, 2\] uint8\nName .*a\.npz:data/,
    ],
    ["there are none", writeNpz({}), "a.npz", /a\.npz has no arrays; save some/],
    [
      "the chosen one is not there",
      medical,
      "a.npz:train",
      /a\.npz has no array "train"; it has train_images \[6, 2, 3\] uint8;/,
    ],
    [
      "it is no archive",
      writeNpy(bytes(2, 2)),
      "a.npz",
      /a\.npz: the \d+ bytes are not a zip file, which a \.npz file is/,
    ],
    ["it is cut short", medical.subarray(0, 900), "a.npz", /a\.npz: the zip is damaged: .*cut short/],
    [
      "a value is no number",
      writeNpz({ x: floats([2, 3], 0, 1, 2, 3, NaN, 5) }),
      "a.npz",
      /a\.npz:x: sample 1 has NaN at its value 1; training needs finite numbers/,
    ],
    [
      "a value is too large",
      writeNpz({ x: { shape: [2, 1], data: Float64Array.of(0, 1e300) } }),
      "a.npz",
      /a\.npz:x: sample 1 has 1e\+300 at its value 0, and the largest number/,
    ],
    [
      "samples are texts",
      writeNpz({ a: { shape: [2], data: ["a", "b"] } }),
      "a.npz",
      /a\.npz:a holds texts; samples are numbers/,
    ],
    ["samples are labels", writeNpz({ y: bytes(7) }), "a.npz", /a\.npz:y has the shape \[7\]; samples are .*labels/],
    [
      "labels are of others",
      writeNpz({ x: bytes(3, 2), y: bytes(2) }),
      "a.npz",
      /a\.npz:y has the shape \[2\], and there are 3/,
    ],
    ["there is no sample", writeNpz({ x: bytes(0, 2) }), "a.npz", /a\.npz:x has no samples/],
    [
      "names are too few for the classes",
      writeNpz({ x: bytes(3, 2), y: bytes(3), names: { shape: [2], data: ["a", "b"] } }),
      "a.npz",
      /the label of sample 2 is 2, and there are 2 classes/,
    ],
  ])("is refused when %s", async (_, file, name, message) => {
    await using folder = await testFolder();
    await folder.put({ "a.npz": file });
    expect((await userError(load(join(folder.path, name)))).message).toMatch(message);
  });

  it("is refused where a part is missing", async () => {
    await using folder = await testFolder();
    const path = await folder.put({ "a.npz": writeNpz({ x_train: bytes(3, 2), x_val: bytes(2, 2) }) });
    expect(await userError(load(path, "test"))).toMatchObject({
      exitCode: 2,
      message: `${path} has no test part; it has train and validation`,
    });
    await requireHalves(path, "--validation validation", "validation");
    expect((await userError(requireHalves(path, "--validation test"))).message).toContain(
      `--validation test needs a set with a test half, and ${path} has train and validation; name a data set`,
    );
  });
});

describe("single files of arrays", () => {
  it("have the labels beside them where the names say so", async () => {
    await using folder = await testFolder();
    const path = await folder.put({
      "y_train.npy": writeNpy({ shape: [2], data: Uint8Array.of(1, 0) }),
      "y_test.npy": writeNpy(bytes(9)),
      "broken.npy": "this is none",
      "x_train.npy": writeNpy(bytes(2, 4, 4)),
    });
    expect((await load(path)).data).toMatchObject({ name: "x_train", shape: [4, 4, 1], labels: Uint8Array.of(1, 0) });
    expect(await hasHalves(path)).toBe(false);
    const other = await folder.put({ "waves.npy": writeNpy(floats([2, 2], 1, 2, 3, 4)) });
    expect((await load(other)).data.labels).toBeUndefined();
    const broken = await userError(load(join(folder.path, "broken.npy")));
    expect(broken.message).toMatch(/broken\.npy: the file begins with .*another kind of file/);
  });

  it("are known by their beginning, whatever their name", async () => {
    await using folder = await testFolder();
    const path = await folder.put({ "codes.bin": writeNpy(bytes(2, 3)) });
    expect((await load(path)).data).toMatchObject({ shape: [3], count: 2 });
  });

  it("make a folder, as arrays of an archive do", async () => {
    await using folder = await testFolder();
    await folder.put({
      "set/x_train.npy": writeNpy(bytes(3, 2)),
      "set/y_train.npy": writeNpy(bytes(3)),
      "set/x_test.npy": writeNpy(bytes(2, 2)),
    });
    const path = join(folder.path, "set");
    expect(await splitsOf(path)).toEqual(["train", "test"]);
    expect((await load(path)).data).toMatchObject({ name: "set", count: 3, labels: Uint8Array.of(0, 1, 2) });
    expect((await load(path, "test")).data.labels).toBeUndefined();
    await folder.put({ "weights/a.npy": writeNpy(bytes(3, 2)), "weights/b.npy": writeNpy(bytes(3)) });
    const unclear = await userError(load(join(folder.path, "weights")));
    expect(unclear.message).toMatch(/weights has 2 arrays.*\nName the one to take: \S+a\.npy$/);
  });
});

describe("named sets", () => {
  it("have no validation part", async () => {
    expect(await splitsOf("wardrobe")).toEqual(["train", "test"]);
    expect(await userError(loadDataset("wardrobe", { split: "validation" }))).toMatchObject({
      exitCode: 2,
      message: "wardrobe has no validation part; it has train and test; hold samples back instead: --validation 0.1",
    });
  });
});

const shared = process.env["SANDGLASS_DATA"] ?? "";

describe.skipIf(shared === "")("real data (need SANDGLASS_DATA)", () => {
  it("every set of ADBench is a table with anomalies", async () => {
    const folder = join(shared, "adbench");
    const names = (await readdir(folder)).filter((name) => name.endsWith(".npz"));
    expect(names).toHaveLength(30);
    // The largest take a second each.
    for (const name of names.filter((each) => !/donors|http|celeba/u.test(each))) {
      const { data } = await load(join(folder, name));
      expect(data.shape).toHaveLength(1);
      const anomalies = sumOf(data);
      expect(anomalies / data.count).toBeGreaterThan(0.0001);
      expect(anomalies / data.count).toBeLessThan(0.5);
    }
  });

  it("PneumoniaMNIST comes in three parts", async () => {
    const path = join(shared, "pneumonia-mnist", "pneumoniamnist.npz");
    expect(await splitsOf(path)).toEqual(["train", "validation", "test"]);
    for (const [split, count, ill] of [
      ["train", 4708, 3494],
      ["validation", 524, 389],
      ["test", 624, 390],
    ] as const) {
      const { data } = await load(path, split);
      expect(data).toMatchObject({ name: "pneumoniamnist", shape: [28, 28, 1], scale: 1 / 255, count });
      expect(sumOf(data)).toBe(ill);
    }
  });
});
