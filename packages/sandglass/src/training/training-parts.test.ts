import { dataset, Device, layers, modelFamily, input, sequential } from "@sandglass/core";
import { expect, test } from "vitest";
import { examine } from "./examine.ts";
import { completeSettings, createOptimizer } from "./settings.ts";

test("what the user did not choose is the family's own", () => {
  expect(completeSettings(modelFamily("stacked"), { epochs: 3, batchSize: undefined })).toEqual({
    epochs: 3,
    batchSize: 32,
    optimizer: "nadam",
    learningRate: 0.001,
    loss: "mse",
    seed: 0,
    deterministic: false,
  });
});

test("another optimizer brings its own learning rate, unless that was chosen, too", () => {
  const family = modelFamily("conv");
  expect(completeSettings(family, { optimizer: "sgd" })).toMatchObject({ optimizer: "sgd", learningRate: 0.01 });
  expect(completeSettings(family, { optimizer: "sgd", learningRate: 0.5 })).toMatchObject({ learningRate: 0.5 });
  expect(() => createOptimizer("adm")).toThrow(/unknown optimizer "adm"; known: adam, nadam/u);
});

test("errors and the variance that is kept are those of the definition", async () => {
  const device = await Device.create({ threads: 1 });
  const model = sequential([input([2]), layers.dense(2, { useBias: false })]);
  model.compile({ optimizer: "adam", loss: "mse", device });
  // Gives back half of each value.
  model.setWeights([[0.5, 0, 0, 0.5]]);
  const data = dataset("points", [2], Float32Array.of(1, 0, -1, 2, 1, -2, -1, 0));
  const { errors, mse, explainedVariance } = await examine(model, data);
  // Half of each value is missing: (1/4 + 0)/2, (1/4 + 1)/2, …
  expect([...errors]).toEqual([0.125, 0.625, 0.625, 0.125]);
  expect(mse).toBe(0.375);
  // Variances 1 and 2 around means of 0: 1 − 0.375/1.5
  expect(explainedVariance).toBeCloseTo(0.75, 12);
  await model.dispose();
  device.dispose();
});
