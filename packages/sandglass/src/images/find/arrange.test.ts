import { expect, test } from "vitest";
import { arrange } from "./arrange.ts";
import { decideClasses } from "./decide-classes.ts";
import type { Listing } from "./listing.ts";

const listing = (paths: readonly string[], folders: readonly string[] = []): Listing => ({
  label: "data",
  whole: "/data",
  images: paths.map((path) => ({ path, location: { kind: "file", path: `/data/${path}` }, bytes: 1 })),
  otherFiles: [],
  folders,
  notes: [],
});

/** Each image as `split:class:path`, and all notes. */
function read(
  paths: readonly string[],
  folders?: readonly string[],
): { images: string[]; notes: string[]; classNames: readonly string[] } {
  const arranged = arrange(listing(paths, folders));
  const { classNames, classOf, notes } = decideClasses(arranged);
  return {
    images: arranged.images.map((image) => `${image.split ?? ""}:${classOf(image) ?? ""}:${image.path}`),
    notes: [...arranged.notes, ...notes],
    classNames,
  };
}

test("images in one folder have neither split nor class", () => {
  expect(read(["a.png", "b.png"])).toEqual({ images: ["::a.png", "::b.png"], notes: [], classNames: [] });
});

test("folders are classes, and folders within say nothing", () => {
  expect(read(["dog/b.png", "cat/a.png", "cat/young/c.png"])).toEqual({
    images: [":dog:dog/b.png", ":cat:cat/a.png", ":cat:cat/young/c.png"],
    notes: [],
    classNames: ["cat", "dog"],
  });
});

test.for([
  ["train/cat/a.png", "val/cat/b.png", "test/cat/c.png"],
  ["Training/cat/a.png", "VALIDATION/cat/b.png", "Testing/cat/c.png"],
  ["TRAIN/cat/a.png", "dev/cat/b.png", "test/cat/c.png"],
  ["train/cat/a.png", "valid/cat/b.png", "test/cat/c.png"],
])("splits by the names of folders: %s, %s, %s", (paths) => {
  const dogs = paths.map((path) => path.replace("cat", "dog"));
  expect(read([...paths, ...dogs])).toEqual({
    images: [
      ...["train", "validation", "test"].map((split, index) => `${split}:cat:${paths[index]}`),
      ...["train", "validation", "test"].map((split, index) => `${split}:dog:${dogs[index]}`),
    ],
    notes: [],
    classNames: ["cat", "dog"],
  });
});

test("splits without classes", () => {
  expect(read(["train/a.png", "test/b.png"])).toEqual({
    images: ["train::train/a.png", "test::test/b.png"],
    notes: [],
    classNames: [],
  });
});

test("train alone is a split; test alone, and names that only begin so, are not", () => {
  expect(read(["train/a.png"]).images).toEqual(["train::train/a.png"]);
  expect(read(["test/a.png", "other/b.png"]).classNames).toEqual(["other", "test"]);
  expect(read(["trains/a.png", "tests/b.png"]).classNames).toEqual(["tests", "trains"]);
  expect(read(["val/a.png", "valid/b.png"]).classNames).toEqual(["val", "valid"]);
  expect(read(["constructor/a.png", "toString/b.png"]).classNames).toEqual(["constructor", "toString"]);
});

test("a single folder around everything is looked through", () => {
  const set = ["train/cat/a.png", "train/dog/b.png", "test/cat/c.png", "test/dog/d.png"];
  expect(read(set.map((path) => `set/v2/${path}`))).toEqual(read(set));
  expect(read(["set/cat/a.png", "set/dog/b.png"]).images).toEqual([":cat:cat/a.png", ":dog:dog/b.png"]);
});

test("one class gives no labels", () => {
  expect(read(["cat/a.png", "cat/b.png"])).toEqual({
    images: ["::a.png", "::b.png"],
    notes: ["all images lie in the folder cat; one class alone gives no labels"],
    classNames: [],
  });
  expect(read(["train/cat/a.png", "test/cat/b.png"])).toEqual({
    images: ["train::train/cat/a.png", "test::test/cat/b.png"],
    notes: ["all images lie in the folder cat; one class alone gives no labels"],
    classNames: [],
  });
});

test("classes are those of all splits together, and a split without one is named", () => {
  expect(read(["train/cat/a.png", "train/dog/b.png", "test/dog/c.png", "test/bat/d.png"])).toMatchObject({
    notes: ["the split train has no image of 1 class: bat", "the split test has no image of 1 class: cat"],
    classNames: ["bat", "cat", "dog"],
  });
});

test("a split may be without labels, as those to be judged are", () => {
  expect(read(["train/cat/a.png", "train/dog/b.png", "test/c.png"])).toEqual({
    images: ["train:cat:train/cat/a.png", "train:dog:train/dog/b.png", "test::test/c.png"],
    notes: ["the images of the split test have no classes"],
    classNames: ["cat", "dog"],
  });
});

test("images beside the folders of classes take the labels from their split alone", () => {
  const { images, notes } = read([
    "train/cat/a.png",
    "train/dog/b.png",
    "train/x.png",
    "test/cat/c.png",
    "test/dog/d.png",
  ]);
  expect(images).toEqual([
    "train::train/cat/a.png",
    "train::train/dog/b.png",
    "train::train/x.png",
    "test:cat:test/cat/c.png",
    "test:dog:test/dog/d.png",
  ]);
  expect(notes).toEqual([
    "1 image lies beside the folders of the classes, so the images of the split train have no classes " +
      "(move it into a folder, or out of the data): train/x.png",
  ]);
});

test("images beside the folders of splits are left out", () => {
  expect(read(["train/a.png", "test/b.png", "masks/a.png", "c.png"])).toEqual({
    images: ["train::train/a.png", "test::test/b.png"],
    notes: ["2 images beside the folders of the splits left out: c.png, masks/a.png"],
    classNames: [],
  });
});

test("an empty split is named, and is a split all the same for the others", () => {
  expect(read(["train/a.png"], ["train", "val"])).toMatchObject({
    notes: ["the folder val has no image, so there is no such split"],
  });
  expect(read(["set/test/a.png"], ["set", "set/train", "set/test"])).toEqual({
    images: ["test::test/a.png"],
    notes: ["the folder train has no image, so there is no such split"],
    classNames: [],
  });
  expect(read(["images/a.png"], ["train", "test", "images"]).images).toEqual(["::a.png"]);
});

test("splits within classes are not guessed", () => {
  const { images, notes } = read(["cat/train/a.png", "cat/test/b.png", "dog/train/c.png"]);
  expect(images).toEqual([":cat:cat/train/a.png", ":cat:cat/test/b.png", ":dog:dog/train/c.png"]);
  expect(notes).toEqual([expect.stringContaining("the folders test, train within each class are not read as splits")]);
});

test("letters with accents are one class however they are spelled", () => {
  expect(read(["gru\u0308n/a.png", "gr\u00fcn/b.png", "rot/c.png"]).classNames).toEqual(["gr\u00fcn", "rot"]);
});

test("classes are sorted by code units", () => {
  expect(read(["b/1.png", "a/1.png", "B/1.png", "10/1.png", "9/1.png", "ä/1.png"]).classNames).toEqual([
    "10",
    "9",
    "B",
    "a",
    "b",
    "ä",
  ]);
});
