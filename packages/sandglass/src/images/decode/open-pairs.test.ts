import { isStreamed, readSamples, type AnyDataset, type Dataset } from "@sandglass/core";
import { expect, onTestFinished, test } from "vitest";
import type { ImagePair } from "../find/index.ts";
import { openPairs, type ImagePlan, type OpenImagesOptions, type OpenedPairs } from "./index.ts";
import { imageFolders, noisy, picture, type ImageFiles } from "./testing/image-files.ts";

const newFolder = imageFolders();
const plan = { height: 6, width: 8, channels: 3, fit: "cover", depth: 8 } as const satisfies ImagePlan;

/** Noise, and the same with every value v made 255 − v, in a folder of their own each. */
async function writePairs(folder: ImageFiles, count: number): Promise<ImagePair[]> {
  return Promise.all(
    Array.from({ length: count }, async (_, number) => {
      const image = noisy(16, 12, number);
      return {
        input: folder.write(`noisy/${number}.png`, await image.clone().png().toBuffer()),
        target: folder.write(`clean/${number}.png`, await image.clone().negate().png().toBuffer()),
      };
    }),
  );
}

async function open(
  pairs: readonly ImagePair[],
  pairPlan: ImagePlan,
  options: OpenImagesOptions = {},
): Promise<OpenedPairs> {
  const opened = await openPairs(pairs, pairPlan, options);
  onTestFinished(opened.close);
  return opened;
}

async function inMemory(data: AnyDataset): Promise<Dataset> {
  return isStreamed(data) ? readSamples(data) : data;
}

/** A truncated file in place of the input or target of a pair. */
async function damage(folder: ImageFiles, pair: ImagePair, side: "input" | "target"): Promise<ImagePair> {
  const whole = await noisy(16, 12, 0).png().toBuffer();
  return { ...pair, [side]: folder.write(`damaged ${pair[side].name}`, whole.subarray(0, 200)) };
}

test.each([
  ["in memory", 2 ** 20],
  ["streamed", 0],
])("patches of both sides are cut from the same place: %s", async (_, cacheBytes) => {
  const pairs = await writePairs(newFolder(), 3);
  const { data } = await open(pairs, { ...plan, patches: { perImage: 7, seed: 2 } }, { cacheBytes });
  expect([data.count, isStreamed(data)]).toEqual([21, cacheBytes === 0]);
  const { values, targets } = await inMemory(data);
  expect(targets).toEqual((values as Uint8Array).map((value) => 255 - value));
  expect(new Set(values).size).toBeGreaterThan(100);
});

test.each([
  ["in memory", 2 ** 20],
  ["streamed", 0],
])("a pair is left out when either image is unreadable: %s", async (_, cacheBytes) => {
  const folder = newFolder();
  const pairs = await writePairs(folder, 8);
  pairs[2] = await damage(folder, pairs[2] as ImagePair, "input");
  pairs[5] = await damage(folder, pairs[5] as ImagePair, "target");
  const opened = await open(pairs, plan, { cacheBytes, maxUnreadableShare: 0.25 });
  expect(opened.pairs).toEqual(pairs.filter((_pair, number) => number !== 2 && number !== 5));
  expect(opened.unreadable().map(({ entry }) => entry.name)).toEqual(["damaged noisy/2.png", "damaged clean/5.png"]);
  expect(opened.entries).toEqual(opened.pairs.map(({ input }) => input));
  const whole = await openPairs(opened.pairs, plan);
  expect(await inMemory(opened.data)).toEqual(whole.data);
  await expect(openPairs(pairs, plan)).rejects.toThrow(/^2 of 8 images \(25 %\) cannot be read/u);
});

test("pairs must show the same part", async () => {
  const folder = newFolder();
  const save = async (name: string, width: number, height: number) =>
    folder.write(
      name,
      await picture(width, height, 3, (x) => x)
        .png()
        .toBuffer(),
    );
  const input = await save("input.png", 40, 30);
  const half = { input, target: await save("half.png", 20, 15) };
  const square = { input, target: await save("square.png", 30, 30) };
  expect((await open([half], plan)).data.count).toBe(1);
  await expect(openPairs([square], plan)).rejects.toThrow(
    /square\.png: it has 30 × 30 pixels, and its input 40 × 30; images of a pair must have the same aspect ratio/u,
  );
  await expect(openPairs([half], { ...plan, patches: { perImage: 1, seed: 0 } })).rejects.toThrow(
    /half\.png: it has 20 × 15 pixels, and its input 40 × 30; the same patches can be cut from images of the same size only/u,
  );
  await expect(openPairs([], plan)).rejects.toThrow(/no pairs/u);
});

test.each([2 ** 20, 0])("the classes are the inputs', with a cache of %i bytes", async (cacheBytes) => {
  const pairs = await writePairs(newFolder(), 2);
  const { data } = await open(pairs, plan, { name: "pairs", cacheBytes, classNames: ["noisy"] });
  expect([data.name, data.classNames, data.labels]).toEqual(["pairs", ["noisy"], new Uint8Array(2)]);
});
