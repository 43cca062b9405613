/**
 * Trainings on real Fashion-MNIST held to published figures: A. Géron, Hands-On Machine Learning, 3rd edition, chapter 17, 55,000 images
 * to train with and the last 5,000 to validate with. The data are looked for in SANDGLASS_DATA, then beside the repository.
 */
import { existsSync } from "node:fs";
import path from "node:path";
import { models } from "@sandglass/core";
import { expect, test } from "vitest";
import { loadDataset } from "./data/index.ts";

const dataDir = process.env["SANDGLASS_DATA"] ?? path.join("..", "shared", "data");

const STACKED = { units: [100], code: 30, loss: "mse", outputActivation: "linear", seed: 0 } as const;
/** 53,487 parameters, where the book's has 54,479. */
const CONV = { filters: [16, 24, 32], decoderFilters: [24, 16, 8], code: 30, loss: "mse", seed: 0 } as const;

test.for([
  { name: "784-100-30-100-784", make: () => models.deep(STACKED), epochs: 20, published: 0.0132 },
  {
    name: "the same, with tied weights",
    make: () => models.stacked({ ...STACKED, tied: true, pretraining: "none" }),
    epochs: 10,
    published: 0.0133,
  },
  {
    name: "the same, 10 epochs for each layer and 5 for both",
    make: () => models.stacked({ ...STACKED, fineTuning: 0.2 }),
    epochs: 25,
    published: 0.0133,
  },
  { name: "a convolutional one with a code of 30", make: () => models.conv(CONV), epochs: 10, published: 0.0121 },
])("$name reaches a validation mse of $published", async ({ make, epochs, published }, context) => {
  if (!existsSync(path.join(dataDir, "fashion-mnist"))) context.skip(`there is no Fashion-MNIST in ${dataDir}`);
  const model = make();
  const training = { epochs, batchSize: 32, optimizer: "nadam", validationSplit: 5000 };
  const { history } = await model.fit(await loadDataset("fashion-mnist", { dataDir }), training);
  expect(history["val_loss"]?.at(-1)).toBeLessThanOrEqual(published);
  await model.dispose();
});
