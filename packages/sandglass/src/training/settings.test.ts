import { modelFamily } from "@sandglass/core";
import { expect, test } from "vitest";
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
