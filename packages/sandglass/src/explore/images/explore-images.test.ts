// A folder with all that can be wrong with one: each fault is planted, and found.
import { copyFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import sharp from "sharp";
import { imageFolders, noisy, pngHeader } from "../../images/decode/testing/image-files.ts";
import { explore } from "../explore.ts";
import type { Advice, Exploration, ExploreRequest } from "../exploration.ts";
import { exploreServices } from "./testing/explore-services.ts";
import { madeValues, oddValues, pngOf } from "./testing/made-pictures.ts";

const newFolder = imageFolders();
const newServices = exploreServices();

/** The parts of `figures` that are looked at. */
interface Figures {
  readonly files: Readonly<Record<string, unknown>>;
  readonly same: Readonly<Record<"leaks" | "conflicts" | "duplicates", readonly unknown[]>>;
  readonly outliers: { readonly far: number; readonly worst: readonly { readonly name: string }[] };
  readonly labels: { readonly doubts: readonly unknown[] };
}

let source = "";
let exploration: Exploration;
let figures: Figures;
let lines: readonly string[] = [];

beforeAll(async () => {
  const files = newFolder();
  source = files.folder;
  const made = async (name: string, label: 0 | 1, number: number): Promise<void> => {
    files.write(name, await pngOf(madeValues(label, number)));
  };
  for (let number = 0; number < 60; number++) await made(`train/left/${number}.png`, 0, number);
  for (let number = 0; number < 15; number++) await made(`train/right/${number}.png`, 1, number);
  for (let number = 0; number < 4; number++) await made(`val/left/${number + 100}.png`, 0, number + 100);
  for (let number = 0; number < 4; number++) await made(`val/right/${number + 100}.png`, 1, number + 100);
  const copy = (from: string, to: string): void => copyFileSync(join(source, from), join(source, to));
  copy("train/left/3.png", "val/left/leak.png");
  copy("train/right/4.png", "train/right/copy.png");
  await made("train/left/mislabelled.png", 1, 500);
  files.write("train/right/odd.png", await pngOf(oddValues()));
  files.write(
    "train/left/small.jpg",
    await sharp(await pngOf(madeValues(0, 7)))
      .resize(34)
      .jpeg({ quality: 70 })
      .toBuffer(),
  );
  const jpeg = await noisy(90, 60, 0).jpeg().toBuffer();
  files.write("train/left/truncated.jpg", jpeg.subarray(0, jpeg.length / 2));
  files.write("train/left/empty.jpg", new Uint8Array());
  files.write("train/left/huge.png", pngHeader(40_000, 40_000));
  files.write("train/left/named.jpg", await pngOf(madeValues(0, 300)));
  files.write("train/left/turned.jpg", await noisy(50, 40, 1).withMetadata({ orientation: 6 }).jpeg().toBuffer());
  const services = await newServices();
  exploration = await explore(source, { choices: {}, augment: "flip, rotate=10", seed: 0 }, services);
  figures = exploration.figures as Figures;
  ({ lines } = services);
});

const adviceWith = (words: RegExp): Advice | undefined => exploration.advice.find(({ reason }) => words.test(reason));

test("images are counted by part and class, without those that cannot be read", () => {
  expect(exploration.figures).toMatchObject({
    kind: "images",
    images: 90,
    classNames: ["left", "right"],
    parts: [
      {
        split: "train",
        count: 81,
        classes: [
          { className: "left", count: 64 },
          { className: "right", count: 17 },
        ],
      },
      {
        split: "validation",
        count: 9,
        classes: [
          { className: "left", count: 5 },
          { className: "right", count: 4 },
        ],
      },
    ],
  });
});

test("imbalance is advised on, with the figures", () => {
  expect(adviceWith(/times as many/u)).toEqual({
    weight: "notable",
    text: expect.stringContaining("errors of each class"),
    reason: "left has 3.8 times as many images as right (64 and 17).",
  });
});

test("unreadable files are named, with the reason", () => {
  expect(figures.files).toMatchObject({
    files: 93,
    readable: 90,
    turned: 1,
    misnamed: ["train/left/named.jpg"],
    unreadable: [
      { name: "train/left/empty.jpg", reason: "the file is empty (0 bytes)" },
      { name: "train/left/huge.png", reason: expect.stringContaining("40000 × 40000 pixels") },
      { name: "train/left/truncated.jpg", reason: expect.stringContaining("truncated or damaged JPEG") },
    ],
  });
  expect(lines.filter((line) => line.startsWith("cannot be read: "))).toHaveLength(3);
  expect(
    exploration.sections.find(({ title }) => title === "Files that cannot be read")?.parts[0]?.content,
  ).toMatchObject({
    rows: [
      ["train/left/empty.jpg", "the file is empty (0 bytes)"],
      [expect.any(String), expect.any(String)],
      [expect.any(String), expect.any(String)],
    ],
  });
  expect(adviceWith(/cannot be read/u)).toMatchObject({
    weight: "notable",
    reason: "3 files of 93 (3.2 %) cannot be read.",
  });
});

describe("the same image twice", () => {
  test("in two parts is a leak", () => {
    expect(figures.same.leaks).toEqual([
      {
        from: "train",
        to: "validation",
        images: [{ image: "val/left/leak.png", twin: "train/left/3.png", by: "content" }],
      },
    ]);
    expect(adviceWith(/is in train, too/u)).toMatchObject({ weight: "serious" });
  });

  test("in one part is a copy, by its bytes or by its looks", () => {
    expect(figures.same.duplicates).toEqual([
      { split: "train", images: ["train/left/7.png", "train/left/small.jpg"], by: "look" },
      { split: "train", images: ["train/right/4.png", "train/right/copy.png"], by: "content" },
    ]);
  });

  test("is shown beside what it is a copy of", () => {
    const parts = exploration.sections.find(({ title }) => title === "The same image twice")?.parts ?? [];
    expect(parts.map(({ content }) => content.kind)).toEqual(["rows", "facts", "rows", "facts"]);
    const [pair] = parts;
    if (pair?.content.kind !== "rows") throw new Error("no pictures");
    const [image, twin] = pair.content.rows;
    expect(image?.values).toEqual(twin?.values);
  });
});

test("a planted outlier and a planted wrong label are found", () => {
  expect(figures.outliers.worst.slice(0, 2).map(({ name }) => name)).toContain("train/right/odd.png");
  expect(figures.outliers.far).toBeGreaterThan(0);
  expect(figures.labels.doubts).toContainEqual({
    name: "train/left/mislabelled.png",
    className: "left",
    suggested: "right",
    votes: expect.any(Number),
  });
});

test("a part too small to judge by is said to be so", () => {
  expect(adviceWith(/^The validation part/u)).toEqual({
    weight: "serious",
    text: expect.stringContaining("--validation 0.2"),
    reason: "The validation part has 9 images: one more or less that is told right changes an accuracy by 11.1 %.",
  });
});

test("advice comes with the gravest first, and a training that fits", () => {
  const weights = exploration.advice.map(({ weight }) => weight);
  const order = ["serious", "notable", "hint"];
  expect(weights).toEqual(weights.toSorted((a, b) => order.indexOf(a) - order.indexOf(b)));
  expect(exploration.command).toEqual(["train", source, "--size", "40", "--augment", "flip, rotate=10"]);
});

test("augmented samples are shown where they are asked for", () => {
  expect(exploration.sections.at(-1)).toMatchObject({
    title: "Augmented samples",
    parts: [{ content: { kind: "rows" } }],
  });
});

describe("choices", () => {
  test("are those of the pictures and of the training", async () => {
    const choices = { size: "16x24", fit: "contain", color: "color", count: 40, group: String.raw`^(\d)` } as const;
    const { figures, command } = await explore(source, { choices, augment: undefined, seed: 0 }, await newServices());
    expect(figures).toMatchObject({ shape: [16, 24, 3], files: { files: 40, groups: { isGiven: true } } });
    const options = [
      "--size",
      "16x24",
      "--fit",
      "contain",
      "--group",
      String.raw`^(\d)`,
      "--color",
      "color",
      "--count",
      "40",
    ];
    expect(command?.slice(2)).toEqual(expect.arrayContaining(options));
  });

  test("of pairs, the inputs that have a target are looked at, and the others are named", async () => {
    const files = newFolder();
    for (let number = 0; number < 24; number++) {
      files.write(`in/${number}.png`, await pngOf(madeValues(0, number)));
      if (number > 0) files.write(`out/${number}.png`, await pngOf(madeValues(1, number)));
    }
    const [inputs, target] = [join(files.folder, "in"), join(files.folder, "out")];
    const request = { choices: { target }, augment: undefined, seed: 0 };
    const { figures, notes, command } = await explore(inputs, request, await newServices());
    expect(figures).toMatchObject({ files: { files: 23 } });
    expect(notes).toContain(`1 of 24 images have no target in ${target} and are left out: 0.png`);
    expect(command?.join(" ")).toContain(`--target ${target}`);
  });

  test("patches are looked at as they are trained on", async () => {
    const choices = { size: "16", patches: 3 };
    const { figures, command } = await explore(source, { choices, augment: undefined, seed: 0 }, await newServices());
    expect(figures).toMatchObject({ shape: [16, 16, 3], inspected: 90 });
    expect(command).toEqual(expect.arrayContaining(["--size", "16", "--patches", "3"]));
  });

  test.each([
    [{ label: "late" }, undefined, /--label is for .*, and .* is read as images; leave it out/u],
    [{ group: "(" }, undefined, /--group takes a regular expression for file names; "\(" is none/u],
    [{ group: "nowhere" }, undefined, /--group nowhere is found in no file name/u],
    [{}, "flp", /--augment: unknown augmentation "flp"/u],
  ])("%j with augment %j is an error", async (choices, augment, message) => {
    await expect(explore(source, { choices, augment, seed: 0 }, await newServices())).rejects.toThrow(message);
  });
});

test("a folder of which nothing can be read is an error", async () => {
  const files = newFolder();
  files.write("a.jpg", new Uint8Array());
  files.write("b.jpg", new Uint8Array());
  await expect(
    explore(files.folder, { choices: {}, augment: undefined, seed: 0 }, await newServices()),
  ).rejects.toThrow(/none of 2 images can be read; the first is a.jpg: the file is empty/u);
});

test("a look that is ended gives the reason", async () => {
  const services = await newServices();
  const reason = new Error("enough");
  await expect(
    explore(source, { choices: {}, augment: undefined, seed: 0 }, { ...services, signal: AbortSignal.abort(reason) }),
  ).rejects.toBe(reason);
});

describe("small and odd folders", () => {
  const look = async (source: string, choices: ExploreRequest["choices"] = {}): ReturnType<typeof explore> =>
    explore(source, { choices, augment: undefined, seed: 0 }, await newServices());

  test("without anything to train on no training is advised", async () => {
    const files = newFolder();
    for (const part of ["val", "test"]) files.write(`${part}/a/1.png`, await pngOf(madeValues(0, part.length)));
    const { command, advice } = await look(files.folder);
    expect(command).toBeUndefined();
    expect(advice.map(({ weight, reason }) => [weight, reason])).toContainEqual([
      "serious",
      "There are only images of validation and test, and none to train on.",
    ]);
  });

  test("of few images none are held back, whatever keeps them together", async () => {
    const files = newFolder();
    for (let number = 0; number < 6; number++)
      files.write(`p${number % 3}_${number}.png`, await pngOf(madeValues(0, number)));
    const { command = [] } = await look(files.folder, { group: String.raw`^(p\d)`, split: "random" });
    expect(command.slice(-2)).toEqual(["--validation", "0"]);
    expect(command).not.toContain("--group");
    expect(command).not.toContain("--split");
  });

  test("a guessed group does not go with the last images", async () => {
    const files = newFolder();
    for (let number = 0; number < 30; number++) {
      files.write(`person${number % 12}_${number}.png`, await pngOf(madeValues(0, number)));
    }
    expect((await look(files.folder)).command).toContain("--group");
    const { command } = await look(files.folder, { split: "last" });
    expect(command).not.toContain("--group");
    expect(command).toEqual(expect.arrayContaining(["--split", "last"]));
  });

  test("nothing is held back by groups where a set is validated with its own part, unless the user says so", async () => {
    const files = newFolder();
    for (let number = 0; number < 30; number++) {
      const part = number < 24 ? "train" : "val";
      files.write(`${part}/person${number % 12}_${number}.png`, await pngOf(madeValues(0, number)));
    }
    const { command, advice } = await look(files.folder);
    expect(command).not.toContain("--group");
    expect(advice.map(({ text }) => text).join(" ")).not.toContain("--group");
    const chosen = await look(files.folder, { group: String.raw`^(person\d+)` });
    expect(chosen.command?.slice(-2)).toEqual(["--validation", "0.1"]);
  });

  test("images of too many pixels are unreadable, the first of them named", async () => {
    const files = newFolder();
    for (let number = 0; number < 5; number++) files.write(`large${number}.png`, await pngOf(madeValues(0, number)));
    files.write("small.png", await noisy(30, 30, 0).png().toBuffer());
    const services = await newServices();
    const choices = { maxPixels: 1000, unreadable: 0.9 };
    const { command } = await explore(files.folder, { choices, augment: undefined, seed: 0 }, services);
    expect(services.lines).toEqual([
      expect.stringMatching(/^cannot be read: large0\.png: it has 40 × 40 pixels/u),
      expect.stringMatching(/^cannot be read: large1\.png/u),
      expect.stringMatching(/^cannot be read: large2\.png/u),
      "and 2 more cannot be read",
    ]);
    expect(command).toEqual(expect.arrayContaining(["--max-pixels", "1000", "--unreadable", "0.9"]));
  });
});
