import { expect, test } from "vitest";
import { Device } from "../../runtime/device.ts";
import { squaredErrors } from "../squared-errors.ts";
import { describeFamily, waves } from "../testing/family-contract.ts";
import { weightsOnThreads } from "../testing/weights-on-threads.ts";
import { denoising } from "./denoising.ts";

describeFamily(denoising.family, "denoising: dense, salt and pepper", {
  options: { architecture: "dense", units: [24], noise: "salt-and-pepper", noiseLevel: 0.1 },
});
describeFamily(denoising.family, "denoising: convolutional, gaussian", {
  options: { filters: [4, 6], noiseLevels: "varied" },
});

test.each([
  // keras-io: 320 + 9,248 + 2·9,248 + 289
  [{ filters: [32, 32], upsampling: "transposed" }, 28_353, [7, 7, 32]],
  // Géron: 784-100-100-100-784
  [{ units: [100], code: 100, codeActivation: "relu" }, 785 * 100 + 2 * 101 * 100 + 101 * 784, [100]],
] as const)("%j has %i parameters and the code %j", (options, parameters, code) => {
  const model = denoising(options);
  model.build(waves([28, 28, 1], 2));
  expect(model.model.countParams()).toBe(parameters);
  expect(model.codeShape).toEqual(code);
});

test("what is open follows from the data, and decides itself", () => {
  const model = denoising();
  model.build(waves([28, 28, 1], 8));
  expect(model.options).toMatchObject({ architecture: "conv", code: 0, filters: [16, 32, 64], noise: "gaussian" });
  const spread = Math.sqrt(model.description.brief.values.variance);
  expect(model.options["noiseLevel"]).toBeCloseTo(spread, 2);
  const again = denoising({ ...model.options });
  again.buildFor(model.description.brief);
  expect(again.options).toEqual(model.options);
  const table = denoising({ noise: "masking" });
  table.build(waves([12], 8));
  expect(table.options).toMatchObject({ architecture: "dense", code: 4, noiseLevel: 0.5 });
});

test("what does not go together is named", () => {
  const data = waves([12], 4);
  expect(() => denoising({ noise: "dropout", noiseLevel: 1 }).build(data)).toThrow(
    'the noise "dropout" of the model "denoising" changes a share of the values, below 1; noiseLevel 1 came',
  );
  expect(() => denoising({ code: 0 }).build(data)).toThrow(/small image that convolutions make/);
});

test("validation measures noisy samples, and clean ones beside", async () => {
  const device = await Device.create({ threads: 1 });
  const data = waves([12], 64);
  const options = { units: [16], code: 8, loss: "mse", seed: 1, device } as const;
  const model = denoising({ ...options, noise: "masking", noiseLevel: 0.5 });
  const { history } = await model.fit(data, { epochs: 30, batchSize: 16, learningRate: 0.01, validationData: data });
  const clean = squaredErrors(data, await model.reconstruct(data));
  const cleanError = clean.reduce((sum, value) => sum + value, 0) / data.count;
  expect(history["val_clean_mse"]!.at(-1)).toBeCloseTo(cleanError, 6);
  expect(history["val_loss"]!.at(-1)).toBeGreaterThan(1.5 * cleanError);
  expect(history["clean_mse"]).toBeUndefined();
  await model.dispose();

  // Without noise the two are one.
  const calm = denoising({ ...options, noiseLevel: 0 });
  calm.build(data);
  const { loss, clean_mse } = await calm.evaluate(data);
  expect(loss).toBeCloseTo(clean_mse!, 7);
  await calm.dispose();
  device.dispose();
});

test("takes out more of the noise than it adds to the error", async () => {
  const model = denoising({ units: [64], code: 32, noiseLevel: 0.3, seed: 1 });
  const data = waves([28, 28, 1], 128);
  await model.fit(data, { epochs: 25, batchSize: 16 });
  const exhibits = await model.exhibits(data);
  const rows = exhibits.find(({ title }) => title === "Clean, noisy, restored");
  const figures = exhibits.find(({ title }) => title === "How much of the noise goes");
  expect(rows).toMatchObject({ kind: "rows", rows: [{ name: "clean" }, { name: "noisy" }, { name: "restored" }] });
  if (figures?.kind !== "figures") throw new Error(`figures were expected, ${figures?.kind} came`);
  const [noisy, restored, left] = figures.figures.map(({ value }) => value);
  // Clipped at 0 and 1, the variance is somewhat below 0.09.
  expect(noisy).toBeGreaterThan(0.06);
  expect(noisy).toBeLessThan(0.09);
  expect(left).toBeCloseTo(restored! / noisy!, 10);
  expect(left).toBeLessThan(0.2);
  await model.dispose();
});

test("the same bits on one thread and on two", async () => {
  const make: Parameters<typeof weightsOnThreads>[1] = (settings) =>
    denoising({ filters: [4, 4], noise: "speckle", ...settings });
  expect(await weightsOnThreads(1, make)).toEqual(await weightsOnThreads(2, make));
});
