import { expect, test } from "vitest";
import { completeTraining } from "./presets.ts";

const DEFAULTS = { epochs: 20, batchSize: 128, optimizer: "adam", learningRate: 0.001 };

test.each([
  [60_000, "balanced", 20],
  [60_000, "best", 60],
  [60_000, "fast", 8],
  // 15 steps an epoch: 134 of them are 2,010 steps.
  [1_800, "balanced", 134],
  [1_800, "fast", 54],
  // A step an epoch.
  [50, "balanced", 300],
  [undefined, "balanced", 20],
] as const)("%s samples, %s: %d epochs", (count, preset, epochs) => {
  expect(completeTraining(DEFAULTS, preset, {}, count).epochs).toBe(epochs);
});

test("what the user chose stays", () => {
  expect(completeTraining(DEFAULTS, "balanced", { epochs: 3 }, 50).epochs).toBe(3);
  // 57 steps an epoch.
  expect(completeTraining(DEFAULTS, "balanced", { batchSize: 32 }, 1_800)).toMatchObject({ epochs: 36, batchSize: 32 });
});
