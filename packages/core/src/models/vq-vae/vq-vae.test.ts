import { describe, expect, test } from "vitest";
import { loadModel } from "../../formats/keras/index.ts";
import { model as functional } from "../../nn/model/functional.ts";
import { useDefaultDevice } from "../../nn/testing/default-device.ts";
import type { Autoencoder } from "../autoencoder.ts";
import { describeFamily, waves } from "../testing/family-contract.ts";
import { weightsOnThreads } from "../testing/weights-on-threads.ts";
import { vqVae } from "./vq-vae.ts";

describeFamily(vqVae.family, "vq-vae: convolutional", {
  options: { architecture: "conv", filters: [4, 8], codebook: 16, codeDim: 4 },
  figure: "reconstruction",
});
describeFamily(vqVae.family, "vq-vae: fully connected", {
  options: { architecture: "dense", units: [16], codebook: 8, codes: 4, codeDim: 3 },
  figure: null,
});

useDefaultDevice(2);

const COUNT = 48;
const table = waves([12], COUNT, { negative: true });
const small = { architecture: "dense", units: [16], codebook: 8, codes: 2, codeDim: 3, seed: 5 } as const;

interface Codebook {
  /** [codes, dim] */
  readonly vectors: number[][];
  readonly use: number[];
}

function rowsOf(values: ArrayLike<number>, size: number): number[][] {
  return Array.from({ length: values.length / size }, (_, row) =>
    Array.from(values).slice(row * size, (row + 1) * size),
  );
}

function weights(model: Autoencoder, name: string): Float32Array {
  const { variables } = model.model;
  return variables.find(({ path }) => path === name)!.read();
}

function codebookOf(model: Autoencoder, dim: number): Codebook {
  return { vectors: rowsOf(weights(model, "codebook/kernel"), dim), use: [...weights(model, "use/kernel")] };
}

/** What comes before the codebook, of all samples: [samples · codes][dim]. */
async function featuresOf(model: Autoencoder): Promise<number[][]> {
  const { encoder } = model;
  const similarity = encoder!.layers.find(({ name }) => name === "similarity")!;
  const [call] = similarity.calls;
  const features = functional(encoder!.inputs, call!.inputs);
  const values = await features.predict(table);
  await features.dispose();
  return rowsOf(values, small.codeDim);
}

function nearest(vectors: readonly number[][], feature: readonly number[]): number {
  const distances = vectors.map((vector) =>
    vector.reduce((sum, value, place) => sum + (value - feature[place]!) ** 2, 0),
  );
  return distances.indexOf(Math.min(...distances));
}

function expectRows(actual: readonly (readonly number[])[], expected: readonly (readonly number[])[]): void {
  for (const [row, values] of expected.entries()) {
    for (const [place, value] of values.entries()) expect(actual[row]![place]).toBeCloseTo(value, 5);
  }
}

/** One step on all samples. */
const oneStep = { epochs: 1, batchSize: COUNT, shuffle: false };

describe("the codebook", () => {
  test.each([
    [0.05, 0.05],
    // The first step of a training keeps a tenth at most.
    [0.8, 0.1],
  ])("is the moving average of the features that its vectors replace, for %f", async (codebookDecay, decay) => {
    const model = vqVae({ ...small, codebookDecay, revive: 0 });
    model.build(table);
    for (let step = 0; step < 3; step++) {
      const before = codebookOf(model, small.codeDim);
      const features = await featuresOf(model);
      await model.fit(table, oneStep);
      const after = codebookOf(model, small.codeDim);
      const chosen = features.map((feature) => nearest(before.vectors, feature));
      const expected = before.vectors.map((vector, code) => {
        const own = features.filter((_, place) => chosen[place] === code);
        const use = decay * before.use[code]! + (1 - decay) * (own.length / features.length);
        const sums = vector.map(
          (value, place) =>
            decay * before.use[code]! * value +
            ((1 - decay) * own.reduce((sum, feature) => sum + feature[place]!, 0)) / features.length,
        );
        return { use, vector: use === 0 ? vector : sums.map((sum) => sum / use) };
      });
      expectRows([after.use], [expected.map(({ use }) => use)]);
      expectRows(
        after.vectors,
        expected.map(({ vector }) => vector),
      );
    }
    await model.dispose();
  });

  test("moves codes that are hardly used to features of the batch", async () => {
    const model = vqVae({ ...small, codebook: 512, revive: 0.1 });
    model.build(table);
    const before = codebookOf(model, small.codeDim);
    const features = await featuresOf(model);
    await model.fit(table, oneStep);
    const after = codebookOf(model, small.codeDim);
    const revived = after.use.flatMap((use, code) => (Math.abs(use - 1 / 512) < 1e-9 ? [code] : []));
    const chosen = new Set(features.map((feature) => nearest(before.vectors, feature)));
    // Each of 48 samples makes one offer; most of them go to different codes out of use.
    expect(revived.length).toBeGreaterThan(30);
    expect(revived.length).toBeLessThanOrEqual(COUNT);
    const isFeature = (vector: readonly number[]): boolean =>
      features.some((feature) => feature.every((value, place) => Math.abs(value - vector[place]!) < 1e-5));
    expect(revived.filter((code) => isFeature(after.vectors[code]!)).length).toBeGreaterThan(0.8 * revived.length);
    const left = after.vectors.flatMap((_, code) => (revived.includes(code) || chosen.has(code) ? [] : [code]));
    expect(left.map((code) => after.vectors[code])).toEqual(left.map((code) => before.vectors[code]));
    await model.dispose();
  });

  test("is compared with as it is looked up", async () => {
    const model = vqVae({ ...small });
    await model.fit(table, { epochs: 3, batchSize: 16 });
    const { vectors } = codebookOf(model, small.codeDim);
    const features = await featuresOf(model);
    expect([...(await model.encode(table))]).toEqual(features.map((feature) => nearest(vectors, feature)));
    const kernel = rowsOf(weights(model, "similarity/kernel"), small.codebook);
    expectRows(
      kernel,
      [0, 1, 2].map((place) => vectors.map((vector) => 2 * vector[place]!)),
    );
    await model.dispose();
  });
});

test("gradients pass the codebook by: the encoder learns without any price on its features", async () => {
  const model = vqVae({ ...small, commitment: 0 });
  model.build(table);
  const before = weights(model, "dense/kernel");
  await model.fit(table, oneStep);
  expect(weights(model, "dense/kernel")).not.toEqual(before);
  await model.dispose();
});

test("figures are those of the codes: loss, commitment, and how many codes are used", async () => {
  const model = vqVae({ ...small, loss: "mse", commitment: 0.5 });
  await model.fit(table, { epochs: 10, batchSize: 16 });
  const { vectors } = codebookOf(model, small.codeDim);
  const [features, codes] = [await featuresOf(model), await model.encode(table)];
  const figures = await model.evaluate(table, { batchSize: COUNT });
  const squares = features.flatMap((feature, row) =>
    feature.map((value, place) => (value - vectors[codes[row]!]![place]!) ** 2),
  );
  const mean = (values: ArrayLike<number>): number =>
    Array.from(values).reduce((sum, value) => sum + value, 0) / values.length;
  const shares = vectors.map((_, code) => mean([...codes].map((used) => Number(used === code))));
  const entropy = shares.reduce((sum, share) => sum - (share === 0 ? 0 : share * Math.log(share)), 0);
  expect(shares.filter((share) => share > 0).length).toBeGreaterThan(1);
  expect(figures["commitment"]).toBeCloseTo(mean(squares), 5);
  expect(figures["perplexity"]).toBeCloseTo(Math.exp(entropy), 4);
  expect(figures["reconstruction"]).toBeCloseTo(mean(await model.score(table)), 5);
  expect(figures["loss"]).toBeCloseTo(figures["reconstruction"]! + 0.5 * figures["commitment"]!, 5);
  await model.dispose();
});

test("codes are whole numbers, and all that is needed to reconstruct; files hold a model that does the same", async () => {
  const images = waves([28, 28, 1], 16);
  const model = vqVae({ filters: [4, 4], codebook: 6, codeDim: 2, seed: 1 });
  await model.fit(images, { epochs: 2, batchSize: 8 });
  expect(model.codeShape).toEqual([7, 7]);
  const codes = await model.encode(images);
  expect(codes.every((code) => Number.isInteger(code) && code >= 0 && code < 6)).toBe(true);
  const kept = Uint8Array.from(codes);
  expect(await model.decode(Float32Array.from(kept))).toEqual(await model.reconstruct(images));
  const plain = await loadModel(await model.save());
  expect(await plain.predict(images.values)).toEqual(await model.reconstruct(images));
  await plain.dispose();
  await expect(model.sample(1)).rejects.toThrow(/"vq-vae" draws no new samples/);
  await model.dispose();
});

test("one thread and two make the same model", async () => {
  const make: Parameters<typeof weightsOnThreads>[1] = (settings) =>
    vqVae({ filters: [4, 8], codebook: 32, codeDim: 4, ...settings });
  expect(await weightsOnThreads(1, make)).toEqual(await weightsOnThreads(2, make));
});

test("sizes follow from the samples", () => {
  const images = vqVae();
  images.build(waves([28, 28, 1], 2));
  expect(images.options).toMatchObject({ architecture: "conv", filters: [32, 64], codebook: 512 });
  expect(images.codeShape).toEqual([7, 7]);
  const columns = vqVae();
  columns.build(table);
  expect(columns.options).toMatchObject({ architecture: "dense", codes: 4, codebook: 64 });
  expect(columns.codeShape).toEqual([4]);
});

test("options that do not go together are refused", () => {
  expect(() => vqVae({ codes: 5 }).build(waves([28, 28, 1], 2))).toThrow(
    /has a code at each place of its smallest maps; codes 5 came/,
  );
  expect(() => vqVae({ codebook: 5000 })).toThrow(
    /codebook of the model "vq-vae" must be a whole number from 2 to 4096/,
  );
});

test("exhibits show how much of the codebook is used, and what codes stand for", async () => {
  const images = waves([28, 28, 1], 12);
  const model = vqVae({ filters: [4, 4], codebook: 6, codeDim: 2, seed: 1 });
  await model.fit(images, { epochs: 1, batchSize: 8 });
  const [figures, use, patches] = (await model.exhibits(images)).slice(-3);
  expect(model.network.codeBits).toBe(49 * 3);
  const used = new Set(await model.encode(images)).size;
  expect(use!.note).toContain(`${used} of 6 codes are in use`);
  expect(use!.kind === "bars" && use!.values.filter((share) => share > 0).length).toBe(used);
  expect(figures!.kind === "figures" && figures!.figures.map(({ value }) => value)).toEqual([
    used,
    expect.any(Number),
    49,
    49 * 3,
  ]);
  expect(patches!.kind === "grid" && patches!.samples.shape).toEqual([12, 12, 1]);
  expect(patches!.kind === "grid" && patches!.captions?.length).toBe(used);
  await model.dispose();
});
