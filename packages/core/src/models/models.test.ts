// What holds for all families, whatever they are. Each one's own test runs the contract in `testing/family-contract.ts`.
import { describe, expect, test } from "vitest";
import { Autoencoder } from "./autoencoder.ts";
import { optimizerNames } from "./family-optimizer.ts";
import type { Brief } from "./model-family.ts";
import { PRESETS } from "./options/common-options.ts";
import { completeOptions } from "./options/complete-options.ts";
import { modelFamilies, modelFamily } from "./registry.ts";
import { withPreset } from "./testing/with-preset.ts";

const IMAGE: Brief = {
  shape: [12, 10, 1],
  count: 100,
  values: { min: 0, max: 1, mean: 0.3, variance: 0.1 },
  numClasses: 3,
};
const TABLE: Brief = { ...IMAGE, shape: [12], values: { min: -4, max: 5, mean: 0, variance: 1 }, numClasses: 0 };

test("families are listed in the order of the lectures", () => {
  const order = ["vanilla", "deep", "conv", "stacked", "sparse", "denoising", "contractive"];
  order.push("vae", "vq-vae", "adversarial", "gan", "pca");
  const names = modelFamilies.map(({ name }) => name);
  expect(names).toEqual(order.filter((name) => names.includes(name)));
  for (const name of names) expect(modelFamily(name).name).toBe(name);
});

test("an unknown name brings the nearest", () => {
  expect(() => modelFamily("convv")).toThrow('unknown model "convv"; did you mean "conv"?');
});

describe.each(modelFamilies)("$name", (family) => {
  test.each(PRESETS)("what it decides decides itself: %s", (preset) => {
    for (const brief of [IMAGE, TABLE]) {
      const decided = family.decide(brief, completeOptions(family.name, family.options, withPreset(family, preset)));
      // As it comes back from a file.
      const read = JSON.parse(JSON.stringify(decided)) as Record<string, never>;
      const again = family.decide(brief, completeOptions(family.name, family.options, read));
      expect(again).toEqual(decided);
    }
  });

  test("the same seed gives the same first weights", () => {
    const weights = (seed: number): string => {
      const made = new Autoencoder(family, withPreset(family, "fast"), { seed });
      made.buildFor(IMAGE);
      return made.model
        .getWeights()
        .map((values) => values.reduce((sum, value, index) => sum + value * (index + 1), 0))
        .join(" ");
    };
    expect(weights(5)).toBe(weights(5));
    expect(weights(5)).not.toBe(weights(6));
  });

  test("its halves fit", () => {
    for (const brief of [IMAGE, TABLE]) {
      const { encoder, decoder, model } = family.build(brief, decidedFor(brief));
      expect(decoder.outputs[0]!.shape).toEqual(brief.shape);
      for (const part of [encoder, decoder]) {
        for (const variable of part?.variables ?? []) expect(model.variables).toContain(variable);
      }
    }
  });

  test("it says what it is, and each option what it does", () => {
    for (const text of [family.title, family.purpose, family.source, family.cost]) expect(text).not.toBe("");
    for (const [name, { help }] of Object.entries(family.options)) expect(help, name).toMatch(/^[^\n]{10,}$/);
    expect(optimizerNames).toContain(family.training.optimizer);
  });

  function decidedFor(brief: Brief): ReturnType<typeof family.decide> {
    return family.decide(brief, completeOptions(family.name, family.options, {}));
  }
});
