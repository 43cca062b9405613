/** What `npm run test:interop` proves with Python, with what it left behind: see fixtures.ts. */

import { Device } from "@sandglass/core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { layerClasses } from "../../packages/core/src/nn/layers/registry.ts";
import { optimizers } from "../../packages/core/src/nn/optimizers/registry.ts";
import { schedules } from "../../packages/core/src/nn/schedules/registry.ts";
import { compareWithKeras, describeComparison, hasPassed } from "./compare.ts";
import { decodeJson } from "./exchange.ts";
import type { Manifest } from "./exchange.ts";
import { checksumsOf, readChecksums, readFixture } from "./fixtures.ts";
import { folderName } from "./folders.ts";
import { INTEROP_MODELS } from "./models.ts";
import { writtenFiles } from "./written-files.ts";

let device: Device;
beforeAll(async () => {
  device = await Device.create({ deterministic: true });
});
afterAll(() => device.dispose());

const models = Object.entries(INTEROP_MODELS);

describe.each(models)("%s", (name, description) => {
  test("is read from Keras's files, and trained on", async () => {
    const comparisons = await compareWithKeras(await readFixture(folderName(name)));
    expect(comparisons.filter((each) => !hasPassed(each)).map(describeComparison)).toEqual([]);
    expect(comparisons.length).toBeGreaterThanOrEqual(2);
  });

  test("is written as the files that other programs have read", async () => {
    const written = checksumsOf(await writtenFiles(name, description, device));
    expect(written).toEqual((await readChecksums())[folderName(name)]);
  });
});

test("the models use every layer, optimizer and schedule", async () => {
  const used = new Set<string>();
  for (const [name] of models) {
    const { classNames } = decodeJson(await readFixture(folderName(name)), "manifest.json") as Manifest;
    for (const className of classNames) used.add(className);
  }
  expect(layerClasses().filter((name) => !used.has(name) && !LEFT_OUT.has(name))).toEqual([]);
  const compiled = models.map(([, { compile }]) => compile().optimizer ?? "rmsprop");
  const optimizerNames = compiled.map((each) => optimizers.get(each).className);
  expect(new Set(optimizerNames).size).toBe(optimizers.names.length);
  const scheduleNames = compiled.flatMap((each) => optimizers.get(each).schedule?.className ?? []);
  expect(new Set(scheduleNames).size).toBe(schedules.names.length);
});

/** Every model has an input; the others are tested beside layers alike. */
const LEFT_OUT: ReadonlySet<string> = new Set(["InputLayer"]);
