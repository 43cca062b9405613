/** The codebook on clothing: wide use, and reconstructions that are worth their bits. */
import { expect, test } from "vitest";
import { dataset, rows, wardrobe } from "../../data/index.ts";
import type { Dataset } from "../../data/index.ts";
import { useDefaultDevice } from "../../nn/testing/default-device.ts";
import { summarizeValues } from "../values.ts";
import { vqVae } from "./vq-vae.ts";
import { useOfCodes } from "./vq-vae-exhibits.ts";

useDefaultDevice(2);

function clothes(count: number): Dataset {
  const { images, shape } = wardrobe({ count, seed: 1 });
  return dataset("wardrobe", shape, images);
}

test("more than half of the codes are used", { timeout: 180_000 }, async () => {
  const data = clothes(2200);
  const [training, validation] = [rows(data, 0, 2000), rows(data, 2000, 2200)];
  const model = vqVae({ filters: [16, 32], codebook: 256, seed: 1 });
  const { history } = await model.fit(training, { epochs: 8, batchSize: 50, validationData: validation });
  const shares = useOfCodes(await model.encode(training), 256);
  expect(shares.filter((share) => share > 0).length).toBeGreaterThan(128);
  expect(history["val_perplexity"]!.at(-1)!).toBeGreaterThan(64);
  // Of what the samples vary, at most a fifth is lost.
  expect(history["val_mse"]!.at(-1)!).toBeLessThan(0.2 * summarizeValues(data, data.shape).variance);
  await model.dispose();
});

test("without revival, most of the codebook is lost", { timeout: 180_000 }, async () => {
  const data = clothes(1000);
  const model = vqVae({ filters: [16, 32], codebook: 256, revive: 0, seed: 1 });
  await model.fit(data, { epochs: 4, batchSize: 50 });
  const used = useOfCodes(await model.encode(data), 256).filter((share) => share > 0).length;
  expect(used).toBeLessThan(64);
  await model.dispose();
});
