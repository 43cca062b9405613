import { describe, expect, test } from "vitest";
import { dataset } from "../../data/index.ts";
import type { Dataset } from "../../data/index.ts";
import type { Layer } from "../../nn/layers/layer.ts";
import { Model } from "../../nn/model/model.ts";
import { RandomBits } from "../../nn/random/random-bits.ts";
import { useDefaultDevice } from "../../nn/testing/default-device.ts";
import type { Autoencoder } from "../autoencoder.ts";
import { describeFamily, waves } from "../testing/family-contract.ts";
import { weightsOnThreads } from "../testing/weights-on-threads.ts";
import { vae } from "./vae.ts";

describeFamily(vae.family, "vae: fully connected, with warm-up and free bits", {
  options: { architecture: "dense", units: [16], code: 3, warmup: 2, freeBits: 0.1 },
  // As the divergence gets its weight, the loss rises.
  figure: null,
});
describeFamily(vae.family, "vae: convolutional and conditional", {
  options: { architecture: "conv", filters: [4, 8], code: 2, conditional: true },
});

useDefaultDevice(2);

const table = waves([12], 48, { negative: true });

/** A layer of the model or of one of its halves. */
function layerOf({ model }: Autoencoder, name: string): Layer {
  const all = model.layers.flatMap((layer) => (layer instanceof Model ? layer.layers : [layer]));
  return all.find((layer) => layer.name === name)!;
}

/** The layer that makes the values of samples. */
function lastLayer({ decoder }: Autoencoder): Layer {
  return decoder.layers.at(-1)!;
}

/** log σ² of every code, whatever the sample: kernel 0, bias given. */
function setLogVariance(model: Autoencoder, inputs: number, logVariances: readonly number[]): void {
  const kernel = Array.from({ length: inputs * logVariances.length }, () => 0);
  layerOf(model, "log_variance").setWeights([kernel, logVariances]);
}

describe("the bound", () => {
  test("is the likelihood's loss and the divergence from the normal distribution, in nats", async () => {
    const model = vae({ units: [5], code: 2, sigma: 0.5, beta: 3, seed: 1 });
    model.build(table);
    // e^−30 of variance: codes are their means, so that there is nothing random.
    setLogVariance(model, 5, [-30, -30]);
    const [codes, reconstructions] = [await model.encode(table), await model.reconstruct(table)];
    const meanOf = (sum: number): number => sum / table.count;
    const kl = meanOf(codes.reduce((sum, mean) => sum + 0.5 * (mean ** 2 + Math.exp(-30) - 1 + 30), 0));
    const squares = reconstructions.reduce((sum, value, index) => sum + (value - table.values[index]!) ** 2, 0);
    const reconstruction = meanOf(squares / (2 * 0.5 ** 2)) + 12 * 0.5 * Math.log(2 * Math.PI * 0.5 ** 2);
    const figures = await model.evaluate(table);
    expect(figures["kl"]).toBeCloseTo(kl, 4);
    expect(figures["reconstruction"]).toBeCloseTo(reconstruction, 4);
    expect(figures["loss"]).toBeCloseTo(reconstruction + 3 * kl, 3);
    expect(figures["mse"]).toBeCloseTo(meanOf(squares) / 12, 5);
    await model.dispose();
  });

  test("draws codes with the deviation that the encoder gives", async () => {
    const count = 20_000;
    const zeros = dataset("zeros", [1], new Float32Array(count));
    const model = vae({ architecture: "dense", layers: 1, code: 1, loss: "mse", sigma: 1, outputActivation: "linear" });
    model.build(zeros);
    setLogVariance(model, 1, [Math.log(0.25)]);
    layerOf(model, "mean").setWeights([[1], [3]]);
    lastLayer(model).setWeights([[1], [-3]]);
    // The reconstruction is 0.5 ε: E(½ · 0.25 ε²) = 0.125, with a standard error of 0.0013 for so many samples.
    const figures = await model.evaluate(zeros);
    expect(Math.abs(figures["reconstruction"]! - 0.5 * Math.log(2 * Math.PI) - 0.125)).toBeLessThan(0.005);
    // ½ (3² + 0.25 − 1 − log 0.25)
    expect(figures["kl"]).toBeCloseTo(0.5 * (9 + 0.25 - 1 - Math.log(0.25)), 4);
    expect(figures["mse"]).toBeCloseTo(0, 10);
    await model.dispose();
  });

  test("prices a number of the code from its free bits on, by the batch's mean", async () => {
    const model = vae({ units: [5], code: 2, beta: 2, freeBits: 1, seed: 1 });
    model.build(table);
    layerOf(model, "mean").setWeights([Array.from({ length: 10 }, () => 0), [0, 2]]);
    setLogVariance(model, 5, [Math.log(0.5), 0]);
    const figures = await model.evaluate(table);
    // ½ (0.5 − 1 + log 2) = 0.097 is below the free bit; ½ · 2² is above it.
    expect(figures["kl"]).toBeCloseTo(0.5 * (0.5 - 1 + Math.LN2) + 2, 5);
    expect(figures["loss"]! - figures["reconstruction"]!).toBeCloseTo(2 * (1 + 2), 4);
    await model.dispose();
  });

  test("weighs the divergence more from batch to batch while it warms up, and fully where it is measured", async () => {
    const model = vae({ units: [5], code: 2, beta: 2, warmup: 4, seed: 1 });
    const { history } = await model.fit(table, { epochs: 6, batchSize: 48, validationData: table });
    const weights = history["loss"]!.map(
      (loss, epoch) => (loss - history["reconstruction"]![epoch]!) / history["kl"]![epoch]!,
    );
    for (const [epoch, weight] of weights.entries()) expect(weight).toBeCloseTo(Math.min(2, epoch / 2), 4);
    expect((history["val_loss"]![0]! - history["val_reconstruction"]![0]!) / history["val_kl"]![0]!).toBeCloseTo(2, 4);
    await model.dispose();
  });
});

describe("black and white", () => {
  const greys = Float32Array.from({ length: 5000 * 4 }, (_, index) => [0.1, 0.4, 0.6, 0.9][index % 4] as number);
  const grey = dataset("greys", [4], greys);

  /** The mean squared error of a decoder that says 0.9 whatever the code. */
  async function errorAgainst(binarize: "none" | "threshold" | "draw"): Promise<number> {
    const model = vae({ layers: 1, code: 1, binarize, seed: 1 });
    model.build(grey);
    lastLayer(model).setWeights([[0, 0, 0, 0], Array.from({ length: 4 }, () => Math.log(9))]);
    const { mse } = await model.evaluate(grey);
    await model.dispose();
    return mse as number;
  }

  test("by a threshold, drawn by the grey values, or not at all", async () => {
    const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
    const given = [0.1, 0.4, 0.6, 0.9];
    expect(await errorAgainst("none")).toBeCloseTo(mean(given.map((x) => (x - 0.9) ** 2)), 5);
    expect(await errorAgainst("threshold")).toBeCloseTo(mean([0, 0, 1, 1].map((x) => (x - 0.9) ** 2)), 5);
    // Standard error of the mean of 20,000 draws: 0.0023.
    const drawn = mean(given.map((x) => x * 0.1 ** 2 + (1 - x) * 0.9 ** 2));
    expect(Math.abs((await errorAgainst("draw")) - drawn)).toBeLessThan(0.01);
  });

  test("takes values from 0 to 1", () => {
    expect(() => vae({ binarize: "draw" }).build(table)).toThrow(/binarize "draw" .* values from -\S+ to \S+ came/);
  });
});

describe("published models", () => {
  const images = waves([28, 28, 1], 2);
  test.each([
    // PyTorch's example: 784·400 + 400, two heads of 400·20 + 20, 20·400 + 400, 400·784 + 784
    [{ architecture: "dense", units: [400], code: 20 }, 652_824],
    // Handson-ml3, chapter 17: 784-150-100-(10, 10), 10-100-150-784
    [{ architecture: "dense", units: [150, 100], code: 10, loss: "mse" }, 269_504],
    // keras-io, variational autoencoder: an encoder of 69,076 and a decoder of 65,089
    [{ filters: [32, 64], downsampling: "strides", upsampling: "transposed", headUnits: [16], code: 2 }, 134_165],
  ] as const)("are there by options: %j", (options, parameters) => {
    const model = vae(options);
    model.build(images);
    expect(model.model.countParams()).toBe(parameters);
  });
});

test("one thread and two make the same model", async () => {
  const make: Parameters<typeof weightsOnThreads>[1] = (settings) =>
    vae({ units: [20], code: 3, binarize: "draw", freeBits: 0.1, warmup: 1, ...settings });
  expect(await weightsOnThreads(1, make)).toEqual(await weightsOnThreads(2, make));
});

test("a conditional model draws samples of the classes it is asked for", async () => {
  // The class alone says which of the two values are 1.
  const labels = Uint8Array.from({ length: 64 }, (_, index) => index % 2);
  const values = Float32Array.from({ length: 128 }, (_, index) => Number(labels[index >> 1] === (index & 1)));
  const pairs: Dataset = dataset("pairs", [2], values, { labels });
  const model = vae({ units: [8], code: 1, conditional: true, seed: 3 });
  await model.fit(pairs, { epochs: 150, batchSize: 64, learningRate: 0.03 });
  const drawn = await model.sample(4, { labels: [0, 1, 1, 0] });
  expect([...drawn].map(Math.round)).toEqual([1, 0, 0, 1, 0, 1, 1, 0]);
  await model.dispose();
});

test("options that do not go together are refused", () => {
  const unlabelled = dataset("numbers", [3], new Float32Array(12));
  expect(() => vae({ conditional: true }).build(unlabelled)).toThrow(
    /at least two classes; samples without labels came/,
  );
  const images = waves([28, 28, 1], 2);
  expect(() => vae({ architecture: "conv", units: [5] }).build(images)).toThrow(
    /the convolutional model "vae" takes no layers and units/,
  );
  expect(() => vae({ architecture: "dense", filters: [5] }).build(images)).toThrow(
    /the fully connected model "vae" takes no filters/,
  );
  expect(() => vae({ sigma: 0 })).toThrow(/sigma of the model "vae" must be a number from 0.001 on/);
});

test("samples are decodings of codes from the prior, the same for the same seed", async () => {
  const model = vae({ units: [5], code: 2, seed: 1 });
  model.build(table);
  const [first, again, other] = [await model.sample(3), await model.sample(3), await model.sample(3, { seed: 1 })];
  expect(first).toEqual(again);
  expect(first).not.toEqual(other);
  const codes = model.network.prior!(4000, new RandomBits(5));
  const [sum, squares] = codes.reduce(([s, q], code) => [s + code, q + code ** 2], [0, 0]);
  expect(Math.abs(sum / 8000)).toBeLessThan(0.05);
  expect(Math.abs(squares / 8000 - 1)).toBeLessThan(0.07);
  await model.dispose();
});

describe("exhibits", () => {
  async function titles(options: object, shape: readonly number[] = [6, 7, 1]): Promise<string[]> {
    const model = vae({ units: [5], seed: 1, ...options });
    const data = waves(shape, 30);
    model.build(data);
    const exhibits = await model.exhibits(data);
    await model.dispose();
    return exhibits.map(({ title }) => title);
  }

  test("a code of two numbers has a plane", async () => {
    expect(await titles({ code: 2 })).toEqual([
      "Originals and reconstructions",
      "New samples",
      "From one sample to another",
      "The plane of codes",
      "The codes",
      "Codes and the prior",
      "What each number of the code holds",
    ]);
  });

  test("samples that are no images have no long rows of charts", async () => {
    expect(await titles({ code: 2 }, [12])).toEqual([
      "Originals and reconstructions",
      "New samples",
      "The codes",
      "Codes and the prior",
      "What each number of the code holds",
    ]);
  });

  test("a conditional one draws each class", async () => {
    expect(await titles({ code: 3, conditional: true })).toEqual([
      "Originals and reconstructions",
      "New samples of each class",
      "From one sample to another",
      "The codes",
      "Codes and the prior",
      "What each number of the code holds",
    ]);
    expect(await titles({ code: 2, conditional: true })).toContain("The plane of codes: slow");
  });

  test("ways between samples begin and end with their reconstructions", async () => {
    const model = vae({ units: [5], code: 2, seed: 1 });
    const data = waves([3, 4, 1], 8);
    model.build(data);
    const reconstructions = await model.reconstruct(data);
    const ways = (await model.exhibits(data)).find(({ title }) => title === "From one sample to another")!;
    expect(ways.kind).toBe("rows");
    const rows = ways.kind === "rows" ? ways.rows : [];
    expect(rows.length).toBe(4);
    for (const [way, { values }] of rows.entries()) {
      expect(values.subarray(0, 12)).toEqual(reconstructions.subarray(24 * way, 24 * way + 12));
      expect(values.subarray(-12)).toEqual(reconstructions.subarray(24 * way + 12, 24 * way + 24));
    }
    await model.dispose();
  });

  test("the bars say what codes hold of samples, and not how far they all are off the prior", async () => {
    const model = vae({ units: [5], code: 2, seed: 1 });
    model.build(table);
    layerOf(model, "mean").setWeights([Array.from({ length: 10 }, () => 0), [0, 2]]);
    setLogVariance(model, 5, [0, 0]);
    const bars = (await model.exhibits(table)).at(-1)!;
    expect(bars.kind === "bars" && bars.values).toEqual([0, 0]);
    expect(bars.note).toContain("0 of 2 numbers are in use");
    expect(bars.note).toContain("By another 2.0 nats");
    await model.dispose();
  });

  test("a conditional one says which classes are drawn, and does not say that it told them apart", async () => {
    const model = vae({ units: [5], code: 2, seed: 1, conditional: true });
    const data = waves([3, 4, 1], 8);
    model.build(data);
    const exhibits = await model.exhibits(data);
    const ways = exhibits.find(({ title }) => title === "From one sample to another")!;
    expect(ways.kind === "rows" && ways.rows.map(({ name }) => name)).toEqual(["slow", "fast", "faster", "slow"]);
    const codes = exhibits.find(({ title }) => title === "The codes")!;
    expect(codes.note).toContain("The model is told the class");
    expect(codes.note).not.toContain("without any label");
    await model.dispose();
  });
});
