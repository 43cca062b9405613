/** What a training with augmentation sees, to look at. */
import { expect, test } from "vitest";
import { dataset } from "../../data/dataset.ts";
import { useDefaultDevice } from "../../nn/testing/default-device.ts";
import { Device } from "../../runtime/device.ts";
import { waves } from "../testing/family-contract.ts";
import { augmentedSamples } from "./augmented-samples.ts";
import { augmentationExhibit } from "./augmentation-exhibit.ts";

useDefaultDevice(1);

const images = waves([6, 5, 1], 20);
const SIZE = 30;

test("the copies of a sample follow one another, each drawn by itself", async () => {
  const bytes = dataset("ramps", [2, 2, 1], Uint8Array.of(0, 51, 102, 153, 255, 204, 0, 51));
  const seen = await augmentedSamples(bytes, "flip", { copies: 40 });
  expect(seen.length).toBe(2 * 40 * 4);
  const first = new Set(Array.from({ length: 40 }, (_, copy) => rounded(seen.subarray(copy * 4, copy * 4 + 4))));
  expect(first).toEqual(new Set(["0,0.2,0.4,0.6", "0.2,0,0.6,0.4"]));
  const second = new Set(
    Array.from({ length: 40 }, (_, copy) => rounded(seen.subarray(160 + copy * 4, 164 + copy * 4))),
  );
  expect(second).toEqual(new Set(["1,0.8,0,0.2", "0.8,1,0.2,0"]));
});

test("the same for a seed on any number of threads, other ones for another", async () => {
  const device = await Device.create({ threads: 2 });
  const all = "crop, rotate, zoom, noise, cutout, mixup";
  const seen = await augmentedSamples(images, all, { copies: 3, seed: 4 });
  expect(await augmentedSamples(images, all, { copies: 3, seed: 4, device })).toEqual(seen);
  expect(await augmentedSamples(images, all, { copies: 3, seed: 5 })).not.toEqual(seen);
  device.dispose();
});

test("mixtures are of the samples that were given", async () => {
  const zerosAndOnes = dataset("two", [1], Float32Array.of(0, 1));
  const seen = await augmentedSamples(zerosAndOnes, "mixup=1", { copies: 200 });
  expect(Math.min(...seen)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...seen)).toBeLessThanOrEqual(1);
  expect(new Set(seen).size).toBeGreaterThan(100);
});

test("values stay in the range of the samples, or in the one that is given", async () => {
  const wide = dataset(
    "wide",
    [4, 4, 1],
    Float32Array.from({ length: 32 }, (_, i) => i - 16),
  );
  const seen = await augmentedSamples(wide, "brightness=1", { copies: 20 });
  expect([Math.min(...seen), Math.max(...seen)]).toEqual([-16, 15]);
  const narrow = await augmentedSamples(wide, "brightness=1", { copies: 20, valueRange: [-20, 20] });
  expect([Math.min(...narrow), Math.max(...narrow)]).toEqual([-20, 20]);
});

test("a contact sheet shows samples above what is seen of them", async () => {
  const exhibit = await augmentationExhibit(images, "rotate=20, noise", { seed: 2 });
  if (exhibit.kind !== "rows") throw new Error(`${exhibit.kind} came`);
  expect(exhibit.note).toContain("rotate=20, noise=0.05");
  expect(exhibit.rows.map(({ name }) => name)).toEqual(["original", ...[1, 2, 3, 4, 5, 6, 7].map((n) => `seen ${n}`)]);
  const shown = 12;
  expect(exhibit.rows[0]!.values).toEqual((images.values as Float32Array).slice(0, shown * SIZE));
  const seen = await augmentedSamples(
    { data: images.values.slice(0, shown * SIZE), shape: images.shape },
    "rotate=20, noise",
    {
      copies: 7,
      seed: 2,
    },
  );
  expect([...exhibit.rows[3]!.values.subarray(5 * SIZE, 6 * SIZE)]).toEqual([
    ...seen.subarray((5 * 7 + 2) * SIZE, (5 * 7 + 3) * SIZE),
  ]);
  const charts = await augmentationExhibit(waves([9], 20), "noise");
  expect(charts.kind === "rows" && charts.rows.length).toBe(3);
});

test("errors", async () => {
  await expect(augmentedSamples(images, "flop")).rejects.toThrow('did you mean "flip"?');
  await expect(augmentedSamples(images, "flip", { copies: 0 })).rejects.toThrow(
    "copies must be a whole number from 1 on; 0 came",
  );
  await expect(augmentedSamples(waves([9], 4), "flip")).rejects.toThrow('"flip" changes images');
});

function rounded(values: Float32Array): string {
  return [...values].map((value) => Number(value.toFixed(5))).join(",");
}

test("a contact sheet of pairs shows the target below each sample", async () => {
  const negative = images.values.map((value) => 1 - value);
  const pairs = dataset("pairs", [6, 5, 1], images.values, { targets: negative });
  const exhibit = await augmentationExhibit(pairs, "flip, shift=0.3, noise=0.1, mixup", { seed: 2 });
  if (exhibit.kind !== "rows") throw new Error(`${exhibit.kind} came`);
  expect(exhibit.note).toContain("moves those of its target alike");
  const expected = ["original", "target", ...[1, 2, 3].flatMap((n) => [`seen ${n}`, `target ${n}`])];
  expect(exhibit.rows.map(({ name }) => name)).toEqual(expected);
  for (const at of [2, 4, 6]) {
    const [seen, target] = [exhibit.rows[at]!.values, exhibit.rows[at + 1]!.values];
    const errors = seen.map((value, index) => Math.abs(value + target[index]! - 1));
    // Moved and mixed as the sample was, so that only the noise tells it from its negative.
    expect(errors.reduce((sum, error) => sum + error, 0) / errors.length).toBeLessThan(0.12);
    expect(Math.max(...errors)).toBeGreaterThan(0.1);
  }
});
