/**
 * Trainings on real Fashion-MNIST held to published figures: A. Géron, Hands-On Machine Learning, 3rd edition, chapter 17, 55,000 images
 * to train with and the last 5,000 to validate with. The data are looked for in SANDGLASS_DATA, then beside the repository.
 */
import { existsSync } from "node:fs";
import path from "node:path";
import { Device, modelFamily, nadam, setRandomSeed, split } from "@sandglass/core";
import { expect, test } from "vitest";
import { loadDataset } from "./data/index.ts";

const dataDir = process.env["SANDGLASS_DATA"] ?? path.join("..", "shared", "data");

test.for([
  { family: "stacked", epochs: 20, published: 0.0132 },
  { family: "conv-30", epochs: 10, published: 0.0121 },
])(
  "$family reaches a validation mse of $published in $epochs epochs",
  async ({ family, epochs, published }, context) => {
    if (!existsSync(path.join(dataDir, "fashion-mnist"))) context.skip(`there is no Fashion-MNIST in ${dataDir}`);
    setRandomSeed(0);
    const device = await Device.create();
    const { training, validation } = split(await loadDataset("fashion-mnist", { dataDir }), { validation: 5000 });
    const { model } = modelFamily(family).build([28, 28, 1]);
    model.compile({ optimizer: nadam(), loss: "mse", device });
    const { history } = await model.fit(training, training, {
      epochs,
      batchSize: 32,
      validationData: [validation, validation],
    });
    expect(history["val_loss"]?.at(-1)).toBeLessThanOrEqual(published);
    device.dispose();
  },
);
