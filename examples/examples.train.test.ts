/** Every example runs, with a small budget, and learns. */

import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { resetNames, setRandomSeed } from "sandglass";
import { beforeEach, expect, test, vi } from "vitest";
import * as callbacks from "./callbacks.ts";
import * as classifier from "./classifier.ts";
import * as eightThreeEight from "./eight-three-eight.ts";
import * as functional from "./functional.ts";
import * as overcomplete from "./overcomplete.ts";
import * as pooled from "./pooled.ts";
import * as three from "./vanilla-multilayer-convolutional.ts";

beforeEach(() => {
  resetNames();
  setRandomSeed(0);
  // What the examples print is for their readers.
  vi.spyOn(console, "log").mockImplementation(() => {});
  vi.spyOn(console, "table").mockImplementation(() => {});
  vi.spyOn(process.stdout, "write").mockImplementation(() => true);
});

/** The mean square of wardrobe images, and so the loss of a model that paints black. */
const BLACK = 0.11;

test("an encoder and a decoder, joined", async () => {
  const { history } = await functional.main({ epochs: 6, images: 1500 });
  expect(history["val_loss"]!.at(-1)).toBeLessThan(BLACK / 4);
});

test("vanilla, multilayer, convolutional", async () => {
  const results = await three.main({ epochs: 6, images: 1500 });
  expect(Object.keys(results)).toEqual(["vanilla", "multilayer", "convolutional"]);
  for (const loss of Object.values(results)) expect(loss).toBeLessThan(0.5);
});

test("the classifier", async () => {
  const { accuracy } = await classifier.main({ epochs: 3, images: 600 });
  expect(accuracy).toBeGreaterThan(0.7);
});

test("eight words through three units, for ten seeds out of ten", async () => {
  expect(await eightThreeEight.main({ epochs: 2000, seeds: 10 })).toEqual(Array.from({ length: 10 }, () => 8));
});

test("an overcomplete code without a penalty copies, and sparse ones do not", async () => {
  const { none, l1, kl } = await overcomplete.main({ epochs: 15, images: 1500 });
  expect(none.pieces).toBeGreaterThan(0.98);
  expect(none.scrambled).toBeGreaterThan(0.95);
  for (const sparse of [l1, kl]) {
    expect(sparse.pieces).toBeGreaterThan(0.9);
    expect(sparse.scrambled).toBeLessThan(0.6);
    expect(sparse.activeUnits).toBeLessThan(0.7 * none.activeUnits);
  }
});

test("12 and 8 filters, pools of 2 and 4", async () => {
  const { history } = await pooled.main({ epochs: 8, images: 1500 });
  expect(history["val_loss"]!.at(-1)).toBeLessThan(BLACK / 2);
});

test("callbacks", async () => {
  const folder = await mkdtemp(join(tmpdir(), "sandglass-example-"));
  try {
    const { history } = await callbacks.main({ epochs: 12, images: 500 }, folder);
    expect(history["val_loss"]!.at(-1)).toBeLessThan(BLACK / 3);
    expect((await readdir(folder)).toSorted()).toEqual(["best.keras", "logs"]);
    expect((await readdir(join(folder, "logs"))).toSorted()).toEqual(["train", "validation"]);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
