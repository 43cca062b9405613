import { describe, expect, test } from "vitest";
import { Device } from "../../runtime/device.ts";
import { describeFamily, waves } from "../testing/family-contract.ts";
import { gan } from "./gan.ts";

const small = { figure: null } as const;
describeFamily(gan.family, "gan", { ...small, options: { preset: "fast" } });
describeFamily(gan.family, "gan: dense, least squares", {
  ...small,
  options: { units: [32, 16], code: 6, adversarialLoss: "least-squares", layers: 2 },
});
describeFamily(gan.family, "gan: conditional, Wasserstein with a gradient penalty", {
  ...small,
  options: { filters: [8, 16], conditional: true, adversarialLoss: "wasserstein", discriminatorSteps: 2 },
});
describeFamily(gan.family, "gan: conditional and dense, without normalization and average", {
  ...small,
  options: { units: [24], conditional: true, normalization: "none", averageMomentum: 0 },
});

describe("the networks", () => {
  test("DCGAN for 28×28: 7×7 maps are doubled twice", () => {
    const model = gan({ filters: [64, 128], code: 100, normalization: "none" });
    model.build(waves([28, 28, 1], 4));
    const [, generator, discriminator] = model.model.layers;
    // (100 + 1)·6272 + (128·4·4 + 1/64)·64 + 64·4·4·1 + 1, and (4·4 + 1)·64 + (64·4·4 + 1)·128 + 6272 + 1
    expect(generator!.countParams()).toBe(633_472 + 131_136 + 1025);
    expect(discriminator!.countParams()).toBe(1088 + 131_200 + 6273);
    expect(model.codeShape).toEqual([100]);
  });

  test("are told the class where they are conditional", () => {
    const model = gan({ units: [10], code: 5, conditional: true, normalization: "none" });
    model.build(waves([12], 30, { negative: true }));
    const [, , generator, discriminator] = model.model.layers;
    // (5 + 3 + 1)·10 + (10 + 1)·12, and (12 + 1)·10 + (10 + 1) + 3·10
    expect(generator!.countParams()).toBe(222);
    expect(discriminator!.countParams()).toBe(171);
  });

  test("the data decide what is open", () => {
    const images = gan();
    images.build(waves([28, 28, 1], 4));
    expect(images.options).toMatchObject({
      architecture: "conv",
      filters: [32, 64],
      layers: 2,
      outputActivation: "sigmoid",
      discriminatorSteps: 1,
      gradientPenalty: 0,
    });
    const table = gan({ adversarialLoss: "wasserstein", layers: 3 });
    table.build(waves([12], 20, { negative: true }));
    expect(table.options).toMatchObject({
      architecture: "dense",
      units: [64, 64, 64],
      outputActivation: "linear",
      discriminatorSteps: 5,
      gradientPenalty: 10,
      labelSmoothing: 0,
    });
  });
});

describe("what is refused", () => {
  const table = waves([12], 20, { negative: true });
  test("options that do not go together", () => {
    expect(() => gan({ adversarialLoss: "wasserstein", labelSmoothing: 0.1 }).build(table)).toThrow(
      /labelSmoothing of the model "gan" .* 0\.1 came with the loss "wasserstein"/,
    );
    expect(() => gan({ architecture: "dense", filters: [8] }).build(table)).toThrow(
      'the model "gan" with the architecture "dense" has no filters; filters 8 came. Give units',
    );
    expect(() => gan({ units: [8, 8], layers: 3 }).build(table)).toThrow(/widths 8, 8; layers 3 came/);
  });

  test("classes of samples without labels", () => {
    const { labels: _, ...plain } = table;
    expect(() => gan({ conditional: true }).build(plain)).toThrow(/at least two classes; samples without labels came/);
    const alike = { ...table, labels: new Uint8Array(table.count), classNames: ["only"] };
    expect(() => gan({ conditional: true }).build(alike)).toThrow(/samples of one class came/);
  });

  test("codes of samples", async () => {
    const model = gan({ units: [8] });
    model.build(table);
    await expect(model.encode(table)).rejects.toThrow(/"gan" has no encoder/);
    await model.dispose();
  });
});

test("trains to the same bits with one thread and with two", async () => {
  const weights: Float32Array[][] = [];
  for (const threads of [1, 2]) {
    const device = await Device.create({ threads });
    const model = gan({ filters: [4, 8], conditional: true, gradientPenalty: 1, seed: 3, device });
    await model.fit(waves([12, 12, 1], 60), { epochs: 2, batchSize: 20 });
    weights.push(model.model.getWeights());
    await model.dispose();
    device.dispose();
  }
  expect(weights[1]).toEqual(weights[0]);
});

test("the generator that is kept is the average of the last steps, and training goes by the last one", async () => {
  const device = await Device.create({ threads: 1 });
  const networks = { units: [16], normalization: "none", seed: 3, device } as const;
  const [averaged, last] = [gan(networks), gan({ ...networks, averageMomentum: 0 })];
  const histories = [];
  for (const model of [averaged, last]) {
    histories.push((await model.fit(waves([12], 64), { epochs: 30, batchSize: 16 })).history);
  }
  expect(histories[0]).toEqual(histories[1]);
  const [ofAverage, ofLast] = [averaged, last].map(({ model }) =>
    model.layers.slice(1).map((part) => part.getWeights()),
  );
  expect(ofAverage![1]).toEqual(ofLast![1]);
  expect(ofAverage![0]).not.toEqual(ofLast![0]);
  for (const model of [averaged, last]) await model.dispose();
  device.dispose();
});

test("the score is larger for what the discriminator does not know", async () => {
  const device = await Device.create({ threads: 1 });
  const data = waves([12], 256);
  const model = gan({ units: [32, 32], seed: 3, device });
  await model.fit(data, { epochs: 30, batchSize: 32 });
  const noise = Float32Array.from({ length: 64 * 12 }, (_, index) => 0.5 + 0.5 * Math.sin(index * index));
  const mean = (values: Float32Array): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  expect(mean(await model.score(noise))).toBeGreaterThan(mean(await model.score(data)));
  await model.dispose();
  device.dispose();
});
