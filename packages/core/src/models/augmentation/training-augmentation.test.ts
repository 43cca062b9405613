/** Trainings on augmented samples: the same bits on any number of threads and after an interruption, for every family alike. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { select } from "../../data/dataset.ts";
import type { AnyDataset } from "../../data/streamed-dataset.ts";
import type { Logs } from "../../nn/logs.ts";
import { Device } from "../../runtime/device.ts";
import type { Autoencoder } from "../autoencoder.ts";
import type { AutoencoderFitOptions, AutoencoderSettings } from "../autoencoder-options.ts";
import * as models from "../index.ts";
import { waves } from "../testing/family-contract.ts";

const ALL = "crop, flip=both, rotate, shear, zoom, shift, brightness, contrast, noise, cutout, mixup";
const images = waves([12, 10, 1], 40);
const table = waves([9], 40, { negative: true });

let devices: readonly Device[];
beforeAll(async () => {
  devices = await Promise.all([1, 2].map((threads) => Device.create({ threads })));
});
afterAll(() => {
  for (const device of devices) device.dispose();
});

/** The weights after a short training, and its figures. */
async function train(
  make: (settings: AutoencoderSettings) => Autoencoder,
  options: AutoencoderFitOptions,
  { device = devices[0], data = images }: { device?: Device | undefined; data?: AnyDataset } = {},
): Promise<{ weights: readonly Float32Array[]; logs: readonly Logs[] }> {
  const model = make({ seed: 5, device });
  const { epochs } = await model.fit(data, { epochs: 2, batchSize: 16, validationSplit: 8, ...options });
  const weights = model.model.getWeights();
  await model.dispose();
  return { weights, logs: epochs.map(({ logs }) => logs) };
}

const conv = (settings: AutoencoderSettings): Autoencoder => models.conv({ filters: [4, 2], ...settings });

describe("a convolutional autoencoder with every augmentation", () => {
  test("has the same weights on one thread and on two, and others than without", async () => {
    const one = await train(conv, { augment: ALL });
    expect(await train(conv, { augment: ALL }, { device: devices[1] })).toEqual(one);
    expect((await train(conv, {})).weights).not.toEqual(one.weights);
    expect((await train(conv, { augment: ALL, seed: 6 })).weights).not.toEqual(one.weights);
    expect(one.logs.every((logs) => Object.values(logs).every(Number.isFinite))).toBe(true);
  });

  test("goes on after an interruption as if there had been none", async () => {
    const whole = await train(conv, { augment: ALL, epochs: 3 });
    const first = conv({ seed: 5, device: devices[0] });
    const stop = new AbortController();
    const options = { augment: ALL, epochs: 3, batchSize: 16, validationSplit: 8 };
    await first.fit(images, {
      ...options,
      signal: stop.signal,
      callbacks: [{ onEpochEnd: (epoch) => void (epoch === 0 && stop.abort()) }],
    });
    const second = await models.load(await first.save(), { device: devices[1] });
    await second.fit(images, { ...options, initialEpoch: 1 });
    expect(second.model.getWeights()).toEqual(whole.weights);
    await first.dispose();
    await second.dispose();
  });
});

test("a training on samples that are read is that on samples in memory", async () => {
  const { values, ...rest } = waves([12, 10, 1], 32);
  const read = (numbers: Uint32Array): Promise<Float32Array> =>
    Promise.resolve(select({ values, ...rest }, numbers).values as Float32Array);
  const options = { augment: ALL, validationSplit: 0 };
  const inMemory = await train(conv, options, { data: { values, ...rest } });
  expect(await train(conv, options, { data: { ...rest, dtype: "float32", read } })).toEqual(inMemory);
});

test("no amount leaves every bit as it is", async () => {
  expect(await train(conv, { augment: { rotate: 0, noise: 0 } })).toEqual(await train(conv, {}));
});

test("inputs and targets change alike, and what is measured stays as it is", async () => {
  // A model that gives back what it gets: of half a turn, a flip or a part cut out, it must have no error, and none is left to learn.
  const identity = (settings: AutoencoderSettings): Autoencoder => {
    const model = models.vanilla({
      code: 120,
      activation: "linear",
      outputActivation: "linear",
      loss: "mse",
      ...settings,
    });
    model.build(images);
    for (const half of [model.encoder!, model.decoder]) {
      half.setWeights(
        half.getWeights().map((values) => values.map((_, i) => (values.length > 120 && i % 121 === 0 ? 1 : 0))),
      );
    }
    return model;
  };
  const { weights, logs } = await train(identity, { augment: "flip=both, cutout, brightness", learningRate: 1e-9 });
  for (const { loss, val_loss } of logs) expect([loss, val_loss]).toEqual([expect.closeTo(0, 9), expect.closeTo(0, 9)]);
  expect(weights.length).toBe(4);
  // Scaled by a half, it has an error that the values decide: that of what is measured is the same with augmentation and without.
  const halved = (settings: AutoencoderSettings): Autoencoder => {
    const model = identity(settings);
    model.encoder!.setWeights(model.encoder!.getWeights().map((values) => values.map((value) => value / 2)));
    return model;
  };
  const [plain, augmented] = [
    await train(halved, { learningRate: 1e-9 }),
    await train(halved, { augment: { brightness: 1 }, learningRate: 1e-9 }),
  ];
  expect(augmented.logs[0]!["val_loss"]).toBeCloseTo(plain.logs[0]!["val_loss"]!, 6);
  expect(Math.abs(augmented.logs[0]!["loss"]! - plain.logs[0]!["loss"]!)).toBeGreaterThan(0.01);
});

const families: readonly (readonly [string, (settings: AutoencoderSettings) => Autoencoder])[] = [
  ["stacked", (settings) => models.stacked({ layers: 1, code: 4, ...settings })],
  ["denoising", (settings) => models.denoising(settings)],
  ["contractive", (settings) => models.contractive({ code: 6, ...settings })],
  ["vae", (settings) => models.vae({ code: 3, ...settings })],
  ["vqVae", (settings) => models.vqVae(settings)],
  ["adversarial", (settings) => models.adversarial({ code: 3, ...settings })],
  ["gan", (settings) => models.gan({ code: 8, ...settings })],
];

test.each(families)("%s sees augmented samples", async (_, make) => {
  const [plain, augmented] = [await train(make, {}), await train(make, { augment: "flip, rotate, mixup" })];
  expect(augmented.weights).not.toEqual(plain.weights);
  expect(augmented.logs.flatMap((logs) => Object.values(logs)).every(Number.isFinite)).toBe(true);
});

test("tables take noise and mixtures, and nothing else", async () => {
  const deep = (settings: AutoencoderSettings): Autoencoder => models.vanilla({ code: 3, ...settings });
  const [plain, augmented] = [
    await train(deep, {}, { data: table }),
    await train(deep, { augment: { noise: 0.1, mixup: true } }, { data: table }),
  ];
  expect(augmented.weights).not.toEqual(plain.weights);
  await expect(train(deep, { augment: "flip" }, { data: table })).rejects.toThrow(
    'the augmentation "flip" changes images [height, width, channels]; samples of shape [9] came',
  );
});

test("what is solved at once takes none", async () => {
  await expect(train((settings) => models.pca(settings), { augment: "flip" })).rejects.toThrow(
    /model "pca" is solved at once.*\("flip=horizontal" came\)/,
  );
});
