import { describe, expect, test } from "vitest";
import type { Logs } from "../../nn/logs.ts";
import { useDefaultDevice } from "../../nn/testing/default-device.ts";
import { waves } from "../testing/family-contract.ts";
import { collapseWarnings } from "./collapse-warnings.ts";
import { gan } from "./gan.ts";

useDefaultDevice(1);

const HEALTHY: Logs = { accuracy_real: 0.7, accuracy_generated: 0.8, diversity: 0.9, duplicates: 0 };
const settings = { conditional: false, adversarialLoss: "non-saturating" } as const;

function titles(history: readonly Logs[], changed: Partial<typeof settings> | object = {}): string[] {
  return collapseWarnings(history, { ...settings, ...changed }).map(({ title }) => title);
}

function lasting(figures: Logs, epochs = 6): Logs[] {
  return Array.from({ length: epochs }, () => ({ ...HEALTHY, ...figures }));
}

describe("of figures", () => {
  test("healthy ones bring no warning", () => {
    expect(titles(lasting({}))).toEqual([]);
  });

  test("a discriminator that is always right", () => {
    const pinned = lasting({ accuracy_real: 0.99, accuracy_generated: 0.98 });
    expect(titles(pinned)).toEqual(["The discriminator always wins"]);
    expect(titles(pinned.slice(1))).toEqual([]);
    expect(titles(pinned, { adversarialLoss: "wasserstein" })).toEqual([]);
    expect(titles(lasting({ accuracy_generated: 1 }))).toEqual([]);
    expect(collapseWarnings(pinned, settings)[0]!.text).toMatch(/^For 3 epochs .* 99 % of the real and 98 % of the/);
  });

  test("unless the samples become more different", () => {
    const at = (diversity: number): Logs => ({ accuracy_real: 1, accuracy_generated: 1, diversity, duplicates: 0 });
    const early = [0.01, 0.01, 0.02, 0.05, 0.1, 0.15].map(at);
    expect(titles(early)).toEqual([]);
    const stuck = Array.from({ length: 9 }, () => at(0.15));
    expect(titles([...early, ...stuck])).toEqual([
      "The discriminator always wins",
      "The generated samples hardly differ",
    ]);
  });

  test("pairs of samples that are the same, with how many there are", () => {
    const [warning] = collapseWarnings(lasting({ duplicates: 0.25 }), { ...settings, conditional: true });
    expect(warning!.text).toMatch(/at least 25 % of the pairs of generated samples of one class .* 4 different ones/);
    expect(titles(lasting({ duplicates: 0.1 }))).toEqual([]);
    const fewer = [1, 1, 1, 0.3, 0.2, 0.2].map((duplicates) => ({ ...HEALTHY, duplicates }));
    expect(titles(fewer)).toEqual([]);
  });

  test("samples that once differed, and do so no longer", () => {
    const fallen = [0.3, 0.8, 0.9, 0.5, 0.3, 0.3].map((diversity) => ({ ...HEALTHY, diversity }));
    expect(titles(fallen)).toEqual([]);
    expect(titles([...fallen, ...fallen.slice(-1)])).toEqual(["The generated samples differ less and less"]);
    expect(titles(lasting({ diversity: 5 }))).toEqual(["The generated samples are far off"]);
    // More than real ones differ is nothing to be lost.
    const overshot = [2, 2, 2, 0.8, 0.7, 0.7].map((diversity) => ({ ...HEALTHY, diversity }));
    expect(titles(overshot)).toEqual([]);
  });
});

const LOSSES = ["non-saturating", "least-squares", "wasserstein"] as const;

describe("of trainings", () => {
  const table = waves([12], 256, { negative: true });
  const training = { epochs: 40, batchSize: 64 };

  test.each(LOSSES)("a healthy one with the loss %s is left in peace", async (adversarialLoss) => {
    for (const [seed, conditional] of [
      [1, false],
      [2, true],
      [3, false],
    ] as const) {
      const model = gan({ units: [32, 32], adversarialLoss, conditional, seed });
      await model.fit(table, training);
      expect(model.warnings, `seed ${seed}`).toEqual([]);
      await model.dispose();
    }
  });

  const SAME = "The generator draws the same again and again";

  test.each([
    ["steps that are far too large", { units: [32, 32] }, 0.3],
    ["such steps within classes", { units: [32, 32], conditional: true }, 0.3],
    ["networks and codes with too little to work with", { units: [1], code: 1 }, 0.0005],
  ] as const)("%s collapse it, and that is said", async (_, options, learningRate) => {
    for (const seed of [1, 2, 3]) {
      const model = gan({ ...options, seed });
      await model.fit(table, { ...training, learningRate });
      const titles = model.warnings.map(({ title }) => title);
      expect(titles, `seed ${seed}`).toContain(SAME);
      await model.dispose();
    }
  });

  test("a discriminator that takes a hundred steps to one always wins", async () => {
    const model = gan({ units: [64, 64], discriminatorSteps: 100, labelSmoothing: 0, seed: 1 });
    await model.fit(table, { ...training, epochs: 150, learningRate: 0.002 });
    expect(model.warnings.map(({ title }) => title)).toContain("The discriminator always wins");
    await model.dispose();
  });
});
