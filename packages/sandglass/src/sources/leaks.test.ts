// The same samples in two parts, planted in data of every kind.
import { encodeIdx, RandomStream, writeNpz } from "@sandglass/core";
import { describe, expect, it, onTestFinished } from "vitest";
import { imageFolders, picture } from "../images/decode/testing/image-files.ts";
import { csvLines, tableFiles } from "../tables/testing/table-files.ts";
import { testFolder } from "../data/testing/test-folder.ts";
import { openForTraining } from "./sources.ts";
import type { PreparedData, TrainingRequest } from "./source-kind.ts";

async function open(source: string, request: Partial<TrainingRequest> = {}): Promise<PreparedData> {
  const data = await openForTraining(source, { seed: 1, ...request });
  onTestFinished(() => data.close());
  return data;
}

describe("images", () => {
  const newFolder = imageFolders();
  /** A cloudy picture of its own for each seed. */
  const cloudy = (seed: number): ReturnType<typeof picture> => {
    const random = new RandomStream(seed);
    const values = Array.from({ length: 12 * 12 }, () => 40 + random.integer(176));
    return picture(12, 12, 3, (x, y) => values[y * 12 + x] as number).resize(48, 48);
  };

  /** Twenty pictures to train on, four to validate with and four to test with, of which some are the same. */
  async function plant(): Promise<string> {
    const files = newFolder();
    for (let seed = 0; seed < 20; seed++) files.write(`train/${seed}.png`, await cloudy(seed).png().toBuffer());
    for (let seed = 20; seed < 24; seed++) files.write(`val/${seed}.png`, await cloudy(seed).png().toBuffer());
    files.write("val/copy.png", await cloudy(3).png().toBuffer());
    for (let seed = 24; seed < 28; seed++) files.write(`test/${seed}.png`, await cloudy(seed).png().toBuffer());
    files.write("test/again.jpg", await cloudy(7).modulate({ brightness: 1.1 }).jpeg({ quality: 60 }).toBuffer());
    files.write("test/copy.png", await cloudy(21).png().toBuffer());
    return files.folder;
  }

  it("are found in the set's own parts, to the byte and by their looks", async () => {
    const { leaks, notes } = await open(await plant(), { choices: { size: "40" } });
    expect(leaks).toEqual({
      unit: "image",
      compared: { train: 20, validation: 5, test: 6 },
      by: "bytes and looks",
      share: 1,
      shared: [
        { from: "train", to: "validation", count: 1, byLook: 0, named: [["val/copy.png", "train/3.png"]] },
        { from: "train", to: "test", count: 1, byLook: 1, named: [["test/again.jpg", "train/7.png"]] },
        { from: "validation", to: "test", count: 1, byLook: 0, named: [["test/copy.png", "val/21.png"]] },
      ],
    });
    expect(notes).toContain("1 image of validation is also in train: val/copy.png is train/3.png");
    expect(notes.at(-1)).toContain("take them out of one of the parts (compared: 31 images, by the bytes");
  });

  it("are found to the byte where looks say too little, or samples are parts of images", async () => {
    const folder = await plant();
    for (const choices of [{ size: "16" }, { size: "40", patches: 2 }]) {
      const { leaks } = await open(folder, { choices });
      expect(leaks?.by).toBe("bytes");
      expect(leaks?.shared.map(({ from, to, count }) => [from, to, count])).toEqual([
        ["train", "validation", 1],
        ["validation", "test", 1],
      ]);
    }
  });

  it("are found among those that are held back", async () => {
    const files = newFolder();
    for (let seed = 0; seed < 20; seed++) {
      for (const copy of "ab") files.write(`${seed}${copy}.png`, await cloudy(seed).png().toBuffer());
    }
    const { leaks, notes } = await open(files.folder, { validation: 0.25 });
    const [shared] = leaks?.shared ?? [];
    expect(leaks?.compared).toEqual({ train: 30, validation: 10 });
    expect(shared?.count).toBeGreaterThan(2);
    for (const [name, twin] of shared?.named ?? [])
      expect(name.replace(/[ab]\.png$/u, "")).toBe(twin.replace(/[ab]\.png$/u, ""));
    expect(notes.at(-1)).toContain("keep in one part what belongs together with --group (");
    const kept = await open(files.folder, { validation: 0.25, choices: { group: String.raw`^(\d+)` } });
    expect(kept.leaks?.shared).toEqual([]);
    expect(kept.notes.join()).not.toContain("too good");
  });

  it("are named where one is under two class names", async () => {
    const files = newFolder();
    for (let seed = 0; seed < 12; seed++) {
      files.write(`${seed % 2 === 0 ? "cats" : "dogs"}/${seed}.png`, await cloudy(seed).png().toBuffer());
    }
    files.write("dogs/wrong.png", await cloudy(4).png().toBuffer());
    const { notes } = await open(files.folder);
    // Which of the two is trained on is a matter of chance.
    expect(notes.join("\n")).toMatch(
      /^1 pair of images is the same image under two class names: (?:cats\/4\.png \(cats\) is dogs\/wrong\.png|dogs\/wrong\.png \(dogs\) is cats\/4\.png)/mu,
    );
  });

  it("have no leaks where there is one part", async () => {
    const files = newFolder();
    for (const name of ["a.png", "b.png"]) files.write(name, await cloudy(1).png().toBuffer());
    expect((await open(files.folder, { validation: 0 })).leaks).toBeUndefined();
  });
});

describe("rows of tables", () => {
  const file = tableFiles();
  const HEADER = "id,weight,city,kind";
  const row = (index: number): string =>
    `${1000 + index * 7},${index}.25,${index % 3 === 0 ? "Rome" : "Oslo"},${index % 5 === 0 ? "rare" : "plain"}`;

  it("are found by what the model sees of them, and called by their numbers in the file", async () => {
    // Each row twice, under another id; ids are left out.
    const path = file(
      "twice.csv",
      csvLines(HEADER, 80, (index) => row(index % 40).replace(/^\d+/u, String(5000 + index * 3))),
    );
    const { leaks, notes, validation } = await open(path, { validation: 0.25 });
    expect(leaks).toMatchObject({ unit: "row", compared: { train: 60, validation: 20 }, by: "values" });
    const [shared] = leaks?.shared ?? [];
    expect(shared).toMatchObject({ from: "train", to: "validation", byLook: 0 });
    expect(shared?.count).toBeGreaterThan(5);
    expect(validation?.count).toBe(20);
    for (const [name, twin] of shared?.named ?? []) {
      const [one, other] = [name, twin].map((text) => Number(/^row (\d+)$/u.exec(text)?.[1]));
      expect(Math.abs((one ?? 0) - (other ?? 0))).toBe(40);
    }
    expect(notes.at(-1)).toContain("keep in one part what belongs together with --group COLUMN");
    const kept = await open(path, { validation: 0.25, choices: { group: "weight" } });
    expect(kept.leaks?.shared).toEqual([]);
  });

  it("are none of another where all differ", async () => {
    const { leaks, notes } = await open(file("once.csv", csvLines(HEADER, 60, row)));
    expect(leaks?.shared).toEqual([]);
    expect(notes.join()).not.toContain("too good");
  });

  it("may lack a class in one part, which is said", async () => {
    const group = (index: number): string => (index % 5 === 0 ? "rare" : `plain${index % 7}`);
    const path = file(
      "groups.csv",
      csvLines(`${HEADER},group`, 60, (index) => `${row(index)},${group(index)}`),
    );
    const { notes } = await open(path, { choices: { label: "kind", group: "group" }, validation: 0.2 });
    expect(notes.filter((note) => note.startsWith("no sample to"))).toEqual([
      "no sample to validate with is of the class rare; what is measured says nothing of such samples",
    ]);
  });
});

describe("samples of arrays", () => {
  const values = (count: number, from: number): { shape: number[]; data: Float32Array } => ({
    shape: [count, 3, 3],
    data: Float32Array.from(
      { length: count * 9 },
      (_, at) => ((from + Math.floor(at / 9)) * 37 + (at % 9) * 11) / 4096,
    ),
  });

  it("are found in a set's own parts", async () => {
    await using folder = await testFolder();
    // Samples 0 to 19, 18 to 21, and 21 to 23.
    const path = await folder.put({
      "a.npz": writeNpz({ x_train: values(20, 0), x_val: values(4, 18), x_test: values(3, 21) }),
    });
    const { leaks, notes } = await open(path);
    expect(leaks).toEqual({
      unit: "sample",
      compared: { train: 20, validation: 4, test: 3 },
      by: "values",
      share: 1,
      shared: [
        {
          from: "train",
          to: "validation",
          count: 2,
          byLook: 0,
          named: [
            ["sample 0", "sample 18"],
            ["sample 1", "sample 19"],
          ],
        },
        { from: "validation", to: "test", count: 1, byLook: 0, named: [["sample 0", "sample 3"]] },
      ],
    });
    expect(notes).toContain("2 samples of validation are also in train: sample 0 is sample 18, sample 1 is sample 19");
    expect((await open(path, { validation: "test" })).leaks).toMatchObject({
      compared: { train: 20, test: 3 },
      shared: [],
    });
  });

  it("are found among those that are held back, and called by their numbers in the array", async () => {
    await using folder = await testFolder();
    const { shape, data } = values(40, 0);
    const twice = Float32Array.from([...data, ...data]);
    const path = await folder.put({ "a.npz": writeNpz({ x: { shape: [80, ...shape.slice(1)], data: twice } }) });
    for (const split of ["random", "last"] as const) {
      const { leaks, notes } = await open(path, { validation: 20, choices: { split } });
      const [shared] = leaks?.shared ?? [];
      expect(shared?.count).toBeGreaterThan(5);
      for (const [name, twin] of shared?.named ?? []) {
        expect(Math.abs(Number(name.slice(7)) - Number(twin.slice(7)))).toBe(40);
      }
      expect(notes.at(-1)).toContain("figures on such samples are too good: remove the copies (");
    }
  });

  it("of a test part that cannot be read are left alone, with a word about it", async () => {
    await using folder = await testFolder();
    const whole = encodeIdx(
      [30, 4, 4],
      Uint8Array.from({ length: 480 }, (_, at) => (at * 7) & 255),
    );
    await folder.put({ "train-images-idx3-ubyte": whole, "t10k-images-idx3-ubyte": whole.subarray(0, 100) });
    const { leaks, notes } = await open(folder.path);
    expect(leaks?.compared).toEqual({ train: 27, validation: 3 });
    expect(notes.join()).toContain("the test part cannot be compared with the others: ");
  });
});
