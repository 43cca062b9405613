import { expect, test } from "vitest";
import type { ImageCollection } from "./image-collection.ts";
import { pairImages } from "./pair-images.ts";

const collection = (source: string, names: readonly string[]): Pick<ImageCollection, "source" | "entries"> => ({
  source,
  entries: names.map((name) => ({ name, location: { kind: "file", path: `/${source}/${name}` }, bytes: 1 })),
});

function pair(
  inputs: readonly string[],
  targets: readonly string[],
): Record<"pairs" | "inputsAlone" | "targetsAlone", unknown> {
  const { pairs, inputsAlone, targetsAlone } = pairImages(collection("noisy", inputs), collection("clean", targets));
  return {
    pairs: pairs.map(({ input, target }) => `${input.name} ${target.name}`),
    inputsAlone: inputsAlone.map(({ name }) => name),
    targetsAlone: targetsAlone.map(({ name }) => name),
  };
}

test("partners have the same path, in the order of the inputs", () => {
  expect(pair(["b.png", "a.png", "x/a.png"], ["a.png", "b.png", "x/a.png"])).toEqual({
    pairs: ["b.png b.png", "a.png a.png", "x/a.png x/a.png"],
    inputsAlone: [],
    targetsAlone: [],
  });
});

test("or the same path but for the extension", () => {
  expect(pair(["MT_Fray/1.jpg", "MT_Fray/2.jpg", "MT_Free/1.jpg"], ["MT_Fray/1.png", "MT_Fray/2.PNG"])).toEqual({
    pairs: ["MT_Fray/1.jpg MT_Fray/1.png", "MT_Fray/2.jpg MT_Fray/2.PNG"],
    inputsAlone: ["MT_Free/1.jpg"],
    targetsAlone: [],
  });
  expect(pair(["1.v2.png"], ["1.v2.jpg", "1.v3.jpg"])).toEqual({
    pairs: ["1.v2.png 1.v2.jpg"],
    inputsAlone: [],
    targetsAlone: ["1.v3.jpg"],
  });
});

test("the same name wins over the same stem", () => {
  expect(pair(["a.jpg", "a.png"], ["a.png", "a.jpg"])).toMatchObject({ pairs: ["a.jpg a.jpg", "a.png a.png"] });
});

test("several that could be partners are an error", () => {
  expect(() => pair(["a.tif"], ["a.png", "a.jpg"])).toThrow(/who belongs to whom: input a\.tif, target a\.png, a\.jpg/);
  expect(() => pair(["a.tif", "a.gif"], ["a.png"])).toThrow(/input a\.tif, a\.gif, target a\.png/);
});

test("nothing that matches is an error with two names", () => {
  expect(() => pair(["in_1.png"], ["out_1.png"])).toThrow(
    /no image of noisy has a partner in clean: .*The first input is in_1\.png, the first target out_1\.png/,
  );
});
