/** The adversarial autoencoder on clothing: it gives back what it sees, and its codes are spread like the prior. */
import { expect, test } from "vitest";
import { dataset, rows, wardrobe } from "../../data/index.ts";
import { useDefaultDevice } from "../../nn/testing/default-device.ts";
import { summarizeValues } from "../values.ts";
import { adversarial } from "./adversarial.ts";

useDefaultDevice(2);

const CODE = 6;

test("codes are spread like the prior, which costs some of the reconstruction", { timeout: 300_000 }, async () => {
  const { images, shape } = wardrobe({ count: 3500, seed: 1 });
  const all = dataset("wardrobe", shape, images);
  const unseen = rows(all, 3000, 3500);
  const { variance } = summarizeValues(all, shape);
  const train = async (adversarialRate: number): Promise<{ mse: number; means: number[]; deviations: number[] }> => {
    const model = adversarial({ code: CODE, units: [128, 64], adversarialRate, seed: 1 });
    const { history } = await model.fit(rows(all, 0, 3000), { epochs: 30, batchSize: 64, validationData: unseen });
    const moments = momentsOf(await model.encode(unseen));
    await model.dispose();
    return { mse: history["val_mse"]!.at(-1)!, ...moments };
  };
  const [free, held] = [await train(0), await train(0.5)];
  expect(Math.min(...free.deviations)).toBeGreaterThan(3);
  expect(Math.max(...held.means.map(Math.abs))).toBeLessThan(1);
  expect(Math.min(...held.deviations)).toBeGreaterThan(0.75);
  expect(Math.max(...held.deviations)).toBeLessThan(1.5);
  expect(free.mse).toBeLessThan(held.mse);
  expect(held.mse).toBeLessThan(variance / 2);
});

function momentsOf(codes: Float32Array): { readonly means: number[]; readonly deviations: number[] } {
  const count = codes.length / CODE;
  const columns = Array.from({ length: CODE }, (_, column) =>
    Array.from({ length: count }, (_, row) => codes[row * CODE + column]!),
  );
  const means = columns.map((values) => values.reduce((sum, value) => sum + value, 0) / count);
  const deviations = columns.map((values, index) =>
    Math.sqrt(values.reduce((sum, value) => sum + (value - means[index]!) ** 2, 0) / count),
  );
  return { means, deviations };
}
