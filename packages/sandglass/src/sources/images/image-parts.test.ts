import { describe, expect, test } from "vitest";
import type { ImageCollection, ImageEntry } from "../../images/find/index.ts";
import type { DataChoices, TrainingRequest } from "../source-kind.ts";
import { imageParts } from "./image-parts.ts";

function entry(name: string, rest: Pick<ImageEntry, "className" | "split"> = {}): ImageEntry {
  return { name, location: { kind: "file", path: name }, bytes: 10, ...rest };
}

function collection(entries: readonly ImageEntry[]): ImageCollection {
  const classNames = [...new Set(entries.flatMap(({ className }) => className ?? []))];
  return { name: "scans", source: "scans", entries, classNames, otherFiles: [], notes: [] };
}

function request(validation: TrainingRequest["validation"], choices: DataChoices = {}): TrainingRequest {
  return { choices, validation, seed: 3 };
}

const names = (entries: readonly ImageEntry[] | undefined): string[] | undefined => entries?.map(({ name }) => name);

/** 60 sick, 20 healthy, three pictures of each person. */
const classes = collection(
  Array.from({ length: 80 }, (_, index) => {
    const className = index < 60 ? "sick" : "healthy";
    const name = `${className}/person${Math.floor(index / 3)}_${index % 3}.png`;
    return entry(name, { className });
  }),
);

describe("images in one piece", () => {
  test("a tenth of each class is held back", () => {
    const { training, validation, validatedWith } = imageParts(classes, request(undefined));
    expect([training.length, validation!.length, validatedWith]).toEqual([72, 8, "held back"]);
    expect(validation!.filter(({ className }) => className === "healthy")).toHaveLength(2);
    expect(names([...training, ...validation!])!.toSorted()).toEqual(names(classes.entries)!.toSorted());
    // By the seed, and not the last ones.
    expect(imageParts(classes, request(undefined)).validation).toEqual(validation);
    expect(imageParts(classes, { ...request(undefined), seed: 4 }).validation).not.toEqual(validation);
  });

  test("as many as the user says, none, or the last ones", () => {
    expect(imageParts(classes, request(20)).validation).toHaveLength(20);
    expect(imageParts(classes, request(0)).validation).toBeUndefined();
    const last = imageParts(classes, request(5, { split: "last" }));
    expect(names(last.validation)).toEqual(names(classes.entries.slice(75)));
  });

  test("people are in one part, whole", () => {
    const { training, validation, notes } = imageParts(classes, request(0.3, { group: String.raw`^(person\d+)_` }));
    const person = ({ name }: ImageEntry): string => /person\d+/u.exec(name)![0];
    const seen = new Set(training.map(person));
    expect(validation!.length).toBeGreaterThan(15);
    expect(validation!.filter((image) => seen.has(person(image)))).toEqual([]);
    expect(notes).toEqual(["27 groups by file names"]);
  });

  test("classes that one part has none of are named", () => {
    const { notes } = imageParts(classes, request(10, { split: "last" }));
    expect(notes).toEqual([
      "no sample to validate with is of the class sick; what is measured says nothing of such samples",
    ]);
    const late = imageParts(classes, request(20, { split: "last" })).notes;
    expect(late).toContain("no sample to train on is of the class healthy, which samples to validate with are of");
    const lonely = collection([...classes.entries, entry("rare/1.png", { className: "rare" })]);
    expect(imageParts(lonely, request(undefined)).notes).toEqual([expect.stringMatching(/is of the class rare;/)]);
    expect(imageParts(classes, request(0)).notes).toEqual([]);
  });

  test("only so many, from everywhere", () => {
    const { training, validation } = imageParts(classes, request(undefined, { count: 40 }));
    expect(training.length + validation!.length).toBe(40);
    expect(new Set(training.map(({ className }) => className)).size).toBe(2);
    expect(() => imageParts(classes, request(undefined, { count: 81 }))).toThrow(/scans has 80 images, and --count 81/);
  });

  test("what cannot be", () => {
    expect(() => imageParts(classes, request("test"))).toThrow(
      /scans has no test part; give it one as a folder "test"/,
    );
    expect(() => imageParts(classes, request(80, { split: "last" }))).toThrow(/holding back 80 leaves none/);
    expect(() => imageParts(classes, request(0.1, { group: "(" }))).toThrow(/takes a regular expression.*"\(" is none/);
    expect(() => imageParts(classes, request(0.1, { group: "^patient" }))).toThrow(
      /is found in no file name, such as sick/,
    );
    expect(() => imageParts(classes, request(5, { split: "last", group: "(person)" }))).toThrow(
      /^--split last cuts where .* --group \(person\) keeps images together; leave one/,
    );
    const flat = collection([entry("a.png"), entry("b.png")]);
    expect(() => imageParts(flat, request(1, { split: "stratified" }))).toThrow(/needs classes/);
  });
});

describe("images that come in parts", () => {
  const parts = (numValidation: number, numTraining = 2000): ImageCollection =>
    collection([
      ...Array.from({ length: numTraining }, (_, index) => entry(`train/${index}.png`, { split: "train" })),
      ...Array.from({ length: numValidation }, (_, index) => entry(`val/${index}.png`, { split: "validation" })),
    ]);

  test("are validated with their own part, where it is large enough", () => {
    const { training, validation, validatedWith } = imageParts(parts(50), request(undefined));
    expect([training.length, validation!.length, validatedWith]).toEqual([2000, 50, "validation"]);
  });

  test("of a small set, it is large enough where no more would be held back", () => {
    expect(imageParts(parts(8, 80), request(undefined)).validatedWith).toBe("validation");
    const { validation, notes } = imageParts(parts(4, 80), request(undefined));
    expect(validation).toHaveLength(8);
    expect(notes[0]).toMatch(/own validation part has 4 images, too few/);
  });

  test("a part of 16 images is too few, which is said", () => {
    const { training, validation, validatedWith, notes } = imageParts(parts(16), request(undefined));
    expect([training.length, validation!.length, validatedWith]).toEqual([1800, 200, "held back"]);
    expect(notes[0]).toMatch(/own validation part has 16 images, too few to go by; a tenth of the training images/);
    expect(imageParts(parts(16), request("validation")).validation).toHaveLength(16);
  });

  test("rules of holding back are refused where nothing is held back", () => {
    const group = { group: "(.)" };
    for (const [validation, choices, message] of [
      [0, group, /^--group \(\.\) says which images are held back, and --validation 0 holds none back; leave one/],
      [0, { split: "random" }, /^--split random says which .* --validation 0 holds none back/],
      ["validation", group, /--validation validation takes a part as it is; leave one of them out$/],
      ["validation", { split: "last" }, /^--split last says .* takes a part as it is/],
      [undefined, group, /^--group .* scans is validated with its own validation part \(--validation 0\.1 holds/],
    ] as const) {
      const divide = (): unknown => imageParts(parts(200), request(validation, choices));
      expect(divide).toThrow(expect.objectContaining({ message: expect.stringMatching(message), exitCode: 2 }));
    }
    // Where it is too small, a tenth is held back by them, and both are said.
    const { notes } = imageParts(parts(16), request(undefined, { group: "^(1*)" }));
    expect(notes).toEqual([expect.stringMatching(/too few to go by/), expect.stringMatching(/groups by file names/)]);
  });

  test("a part that is not there", () => {
    expect(() => imageParts(parts(50), request("test"))).toThrow(
      /no images in a test part; it has train and validation/,
    );
  });
});
