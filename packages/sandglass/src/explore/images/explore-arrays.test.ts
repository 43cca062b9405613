import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { dataset, wardrobe, writeNpy } from "@sandglass/core";
import { describe, expect, test } from "vitest";
import { temporaryFolders } from "../../cli/testing/temporary-folder.ts";
import { explore } from "../explore.ts";
import { arrayFingerprints } from "./array-fingerprints.ts";
import { exploreServices } from "./testing/explore-services.ts";
import { madeValues, SIDE } from "./testing/made-pictures.ts";

const newFolder = temporaryFolders();
const newServices = exploreServices();
const request = { choices: {}, augment: undefined, seed: 0 };

describe("a named set", () => {
  test("has its parts, its classes, and no files", async () => {
    const services = await newServices();
    const found = await explore("wardrobe", { ...request, choices: { count: 300 } }, services);
    expect(found.figures).toMatchObject({
      kind: "arrays",
      images: 2300,
      shape: [28, 28, 1],
      parts: [
        { split: "train", count: 300 },
        { split: "test", count: 2000 },
      ],
      same: { leaks: [], duplicates: [], conflicts: [] },
      labels: { isTelling: true },
      isSorted: false,
    });
    expect(found.figures).not.toHaveProperty("files");
    expect(found.command?.slice(0, 4)).toEqual(["train", "wardrobe", "--count", "300"]);
    expect(found.sections.map(({ title }) => title)).not.toContain("The files");
    const sheets = found.sections.find(({ title }) => title === "Some of each class")!.parts;
    expect(sheets.map(({ caption }) => caption?.split(":")[0])).toEqual(
      expect.arrayContaining(["T-shirt/top", "Ankle boot"]),
    );
    expect(services.steps).toContain("looking at pictures");
  });

  test("that does not exist is an error", async () => {
    await expect(explore("wardrob", request, await newServices())).rejects.toThrow(/did you mean "wardrobe"\?/u);
  });

  test("takes no choices of files", async () => {
    await expect(explore("wardrobe", { ...request, choices: { size: "64" } }, await newServices())).rejects.toThrow(
      /--size is for images, and wardrobe is read as arrays; leave it out/u,
    );
  });
});

describe("arrays of images", () => {
  /** 240 images of two classes, in order of their classes. */
  const pictures = Array.from({ length: 240 }, (_, number) => madeValues(number < 120 ? 0 : 1, number));

  async function exploreNpy(values: readonly Uint8Array[], labels: readonly number[]): ReturnType<typeof explore> {
    const folder = newFolder();
    const all = Uint8Array.from(values.flatMap((one) => [...one]));
    writeFileSync(join(folder, "x.npy"), writeNpy({ data: all, shape: [values.length, SIDE, SIDE, 1] }));
    writeFileSync(join(folder, "y.npy"), writeNpy({ data: Uint8Array.from(labels), shape: [labels.length] }));
    return explore(folder, request, await newServices());
  }

  const labels = pictures.map((_, number) => (number < 120 ? 0 : 1));

  test("in order of their classes are split by class without being told", async () => {
    const { figures, command } = await exploreNpy(pictures, labels);
    expect(figures).toMatchObject({ images: 240, classNames: ["class 0", "class 1"], isSorted: false });
    expect(command).not.toContain("--split");
  });

  test("in files like MNIST's, whose last ones are held back, are to be split by class where they are in order", async () => {
    const folder = newFolder();
    const idx = (shape: number[], values: readonly number[]): Uint8Array =>
      Uint8Array.from([0, 0, 8, shape.length, ...shape.flatMap((size) => [0, 0, 0, size]), ...values]);
    const pixels = pictures.flatMap((one) => [...one]);
    writeFileSync(join(folder, "train-images-idx3-ubyte"), idx([240, SIDE, SIDE], pixels));
    writeFileSync(join(folder, "train-labels-idx1-ubyte"), idx([240], labels));
    const { figures, command, advice } = await explore(folder, request, await newServices());
    expect(figures).toMatchObject({ images: 240, isSorted: true });
    expect(command).toEqual(expect.arrayContaining(["--split", "stratified"]));
    expect(advice[0]).toMatchObject({
      weight: "serious",
      reason: expect.stringContaining("in order of their classes"),
    });
  });

  test("are compared by values and by looks, and so are their labels", async () => {
    const darker = pictures[20]!.map((value) => value * 0.8);
    const values = pictures.with(200, pictures[10]!).with(21, darker);
    const labels = values.map((_, number) => (number < 120 ? 0 : 1));
    const { figures } = await exploreNpy(values, labels);
    expect(figures).toMatchObject({
      same: {
        duplicates: [
          { images: ["10", "200"], by: "content" },
          { images: ["20", "21"], by: "look" },
        ],
        conflicts: [{ image: { name: "10", className: "class 0" }, twin: { name: "200", className: "class 1" } }],
      },
      labels: { doubts: [{ name: "200", className: "class 1", suggested: "class 0" }] },
    });
  });
});

test("looks are means of what lies there, of drawings too small for looks there are none", () => {
  const large = arrayFingerprints(
    dataset(
      "large",
      [64, 64, 1],
      Uint8Array.from({ length: 2 * 64 * 64 }, (_, at) => (at * 7) % 251),
    ),
  );
  const drawings = wardrobe({ count: 3 });
  const small = arrayFingerprints(dataset("small", drawings.shape, drawings.images));
  expect(small.map((print) => "look" in print)).toEqual([false, false, false]);
  const [first] = large;
  if (first === undefined || !("look" in first)) throw new Error("no look");
  const mean = [0, 1, 64, 65].reduce((sum, at) => sum + ((at * 7) % 251), 0) / 4;
  expect(first.look?.thumbnail[0]).toBe(Math.round(mean));
});
