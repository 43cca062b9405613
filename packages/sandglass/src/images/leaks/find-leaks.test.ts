import { perceptualHash } from "@sandglass/core";
import { expect, test } from "vitest";
import type { ImageEntry, ImageSplit } from "../find/index.ts";
import {
  describeLeaks,
  findLeaks,
  type FingerprintResult,
  type ImageLook,
  type SameImages,
  type SamePicturesOptions,
} from "./index.ts";

/** A wavy picture; the seed says which one, and the noise how far it is from the others of that seed. */
function lookOf(seed: number, noise = 0): ImageLook {
  const thumbnail = Uint8Array.from({ length: 1024 }, (_, at) => {
    const [y, x] = [Math.floor(at / 32) / 32, (at % 32) / 32];
    const waves = [1, 2, 3, 4, 5, 6].map((wave) =>
      Math.sin((wave + (seed % 3)) * x * 2 + Math.sin(seed * wave) * 8 * y + seed * wave * wave),
    );
    const grain = (((at * 7919) % 13) - 6) * noise;
    return Math.min(255, Math.max(0, 128 + 18 * waves.reduce((sum, wave) => sum + wave, 0) + grain));
  });
  const hash = perceptualHash(thumbnail);
  if (hash === undefined) throw new Error(`picture ${seed} is flat`);
  return { hash, thumbnail };
}

interface Case {
  readonly name: string;
  readonly content: string;
  readonly look?: ImageLook;
}

/** Entries whose splits and classes are their folders, with fingerprints. */
function find(cases: readonly Case[], options?: SamePicturesOptions): ReturnType<typeof findLeaks> {
  const entries = cases.map(({ name }): ImageEntry => {
    const split = ["train", "validation", "test"].find((part): part is ImageSplit => name.startsWith(`${part}/`));
    const className = /(\w+)\/\w+$/.exec(name)?.[1];
    return {
      name,
      location: { kind: "file", path: name },
      bytes: 1,
      ...(split && { split }),
      ...(className !== undefined && className !== split && { className }),
    };
  });
  const fingerprints = cases.map(({ content, look }): FingerprintResult => ({
    content,
    ...(look && { look }),
  }));
  return findLeaks(entries, fingerprints, options);
}

const names = ({ image, twin, by }: SameImages): string[] => [image.name, twin.name, by];

test("images of one split that are in another are found by content and by look", () => {
  const found = find([
    { name: "test/a", content: "A", look: lookOf(1) },
    { name: "test/b", content: "B", look: lookOf(2, 1) },
    { name: "test/c", content: "C", look: lookOf(3) },
    { name: "train/a", content: "A", look: lookOf(1) },
    { name: "train/b", content: "B2", look: lookOf(2) },
    { name: "train/d", content: "D", look: lookOf(4) },
    { name: "validation/d", content: "D2", look: lookOf(4, 0.8) },
  ]);
  expect(found).toMatchObject({ compared: 7, comparedByContentOnly: 0, complete: true, duplicates: [], conflicts: [] });
  expect(found.leaks.map(({ from, to, images }) => ({ from, to, images: images.map(names) }))).toEqual([
    { from: "train", to: "validation", images: [["validation/d", "train/d", "look"]] },
    {
      from: "train",
      to: "test",
      images: [
        ["test/a", "train/a", "content"],
        ["test/b", "train/b", "look"],
      ],
    },
  ]);
  expect(describeLeaks(found)).toEqual([
    "1 image of validation is also in train (by their looks): validation/d is train/d",
    "2 images of test are also in train (1 by their looks, the others to the byte): test/a is train/a, test/b is train/b",
  ]);
});

test("a twin of the same bytes comes before one that looks alike, and a near one before a farther one", () => {
  const { leaks } = find([
    { name: "train/far", content: "1", look: lookOf(6, 2.5) },
    { name: "train/near", content: "2", look: lookOf(6, 0.3) },
    { name: "train/same", content: "3", look: lookOf(6, 1) },
    { name: "test/x", content: "3", look: lookOf(6, 1) },
    { name: "test/y", content: "4", look: lookOf(6) },
  ]);
  expect(leaks[0]?.images.map(names)).toEqual([
    ["test/x", "train/same", "content"],
    ["test/y", "train/near", "look"],
  ]);
});

test("looks within a part are compared unless told otherwise", () => {
  const cases = [
    { name: "train/a", content: "A", look: lookOf(1) },
    { name: "train/b", content: "B", look: lookOf(1, 1) },
    { name: "train/c", content: "C", look: lookOf(4) },
    { name: "train/d", content: "C", look: lookOf(4) },
    { name: "test/e", content: "E", look: lookOf(4, 0.8) },
  ];
  expect(find(cases).duplicates.map(({ by }) => by)).toEqual(["look", "content"]);
  const { leaks, duplicates, complete } = find(cases, { withinParts: false });
  expect(duplicates.map(({ images }) => images.map(({ name }) => name))).toEqual([["train/c", "train/d"]]);
  expect(leaks[0]?.images.map(names)).toEqual([["test/e", "train/c", "look"]]);
  expect(complete).toBe(true);
  expect(find(cases, { mostPairs: 1 }).complete).toBe(false);
});

test("duplicates are grouped within each split, or within a set that has none", () => {
  const found = find([
    { name: "p1", content: "P" },
    { name: "p2", content: "P" },
    { name: "p3", content: "P" },
    { name: "q1", content: "Q1", look: lookOf(8) },
    { name: "q2", content: "Q2", look: lookOf(8, 1) },
    { name: "r", content: "R", look: lookOf(9) },
  ]);
  expect(found.duplicates.map(({ images, by, split }) => [images.map(({ name }) => name), by, split])).toEqual([
    [["p1", "p2", "p3"], "content", undefined],
    [["q1", "q2"], "look", undefined],
  ]);
  expect(found).toMatchObject({ leaks: [], conflicts: [], comparedByContentOnly: 3 });
  expect(describeLeaks(found)).toEqual([
    "3 images are copies of others (1 by their looks, the others to the byte): p1 = p2 = p3; q1 = q2",
    "3 images could be compared by content only, because there is hardly anything in them, or because of a size below 32 pixels",
  ]);
});

test("one image under two class names is a conflict, named once", () => {
  const found = find([
    { name: "cats/1", content: "X", look: lookOf(1) },
    { name: "cats/2", content: "Y", look: lookOf(2) },
    { name: "dogs/3", content: "X", look: lookOf(1) },
    { name: "dogs/4", content: "Y2", look: lookOf(2, 1) },
    { name: "dogs/5", content: "Z", look: lookOf(3) },
  ]);
  expect(found.conflicts.map(names)).toEqual([
    ["cats/1", "dogs/3", "content"],
    ["cats/2", "dogs/4", "look"],
  ]);
  expect(describeLeaks(found)[0]).toBe(
    "2 pairs of images are the same image under two class names (1 by their looks, the others to the byte): " +
      "cats/1 (cats) is dogs/3 (dogs), cats/2 (cats) is dogs/4 (dogs)",
  );
});

test("images without a look, and other images, are not taken for one another", () => {
  const found = find([
    { name: "train/blank", content: "1" },
    { name: "test/blank", content: "2" },
    ...Array.from({ length: 30 }, (_, seed) => ({
      name: `${seed % 2 === 0 ? "train" : "test"}/${seed}`,
      content: `picture ${seed}`,
      look: lookOf(seed + 1),
    })),
  ]);
  expect(found).toMatchObject({ leaks: [], duplicates: [], conflicts: [] });
  expect(describeLeaks(found)[0]).toBe("no image is there twice: 32 images were compared by content and by look");
});

test("images that could not be read are left out", () => {
  const entry = (name: string): ImageEntry => ({ name, location: { kind: "file", path: name }, bytes: 0 });
  const found = findLeaks(
    [entry("a"), entry("b"), entry("c")],
    [{ content: "S" }, { reason: "it is empty" }, { content: "S" }],
  );
  expect(found.compared).toBe(2);
  expect(found.duplicates.map(({ images }) => images.map(({ name }) => name))).toEqual([["a", "c"]]);
});

test("long lists are cut short", () => {
  const copies = Array.from({ length: 6 }, (_, index) => ({ name: `train/${index}`, content: "A" }));
  const leaked = Array.from({ length: 5 }, (_, index) => ({ name: `test/${index}`, content: "A" }));
  const lines = describeLeaks(find([...copies, ...leaked]));
  expect(lines[0]).toBe(
    "5 images of test are also in train: test/0 is train/0, test/1 is train/0, test/2 is train/0 and 2 more",
  );
  expect(lines[1]).toBe("5 images of train are copies of others: train/0 = train/1 = train/2 and 3 more");
});
