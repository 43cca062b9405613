/** Samples that are read make the models that the same samples in memory make. */
import { expect, test } from "vitest";
import type { Dataset, SampleValues } from "../data/dataset.ts";
import { isStreamed, representativeSamples, splitAny, type StreamedDataset } from "../data/streamed-dataset.ts";
import { deep, denoising, gan, pca, stacked, vae } from "./index.ts";
import { waves } from "./testing/family-contract.ts";

function streamed({ values, targets, ...rest }: Dataset): StreamedDataset {
  const size = values.length / rest.count;
  const dtype = values instanceof Uint8Array ? "uint8" : "float32";
  const reader = (all: SampleValues) => (numbers: Uint32Array) => {
    const room = numbers.length * size;
    const some = all instanceof Uint8Array ? new Uint8Array(room) : new Float32Array(room);
    numbers.forEach((number, at) => some.set(all.subarray(number * size, (number + 1) * size), at * size));
    return Promise.resolve(some);
  };
  return { ...rest, dtype, read: reader(values), ...(targets && { readTargets: reader(targets) }) };
}

const held: Dataset = { ...waves([8, 8, 1], 50), labels: Uint8Array.from({ length: 50 }, (_, index) => index % 3) };

test.each([
  ["deep", () => deep({ code: 3, units: [10], seed: 1 })],
  ["a conditional vae", () => vae({ code: 2, architecture: "dense", units: [10], conditional: true, seed: 1 })],
  ["a conditional gan", () => gan({ code: 2, architecture: "dense", units: [10], conditional: true, seed: 1 })],
  ["pca", () => pca({ code: 3, seed: 1 })],
])("%s", async (_, make) => {
  const [inMemory, read] = [make(), make()];
  const options = { epochs: inMemory.family.name === "pca" ? 1 : 2, batchSize: 16, validationSplit: 0.2, seed: 3 };
  const expected = await inMemory.fit(held, options);
  const came = await read.fit(streamed(held), options);
  expect(came.history).toEqual(expected.history);
  expect(read.model.getWeights()).toEqual(inMemory.model.getWeights());
  expect(await read.evaluate(streamed(held), { batchSize: 50 })).toEqual(
    await inMemory.evaluate(held, { batchSize: 50 }),
  );
  const exhibits = await read.exhibits(streamed(held));
  expect(exhibits.map(({ kind }) => kind)).toEqual((await inMemory.exhibits(held)).map(({ kind }) => kind));
  await Promise.all([inMemory.dispose(), read.dispose()]);
});

test.each([
  ["deep", () => deep({ code: 3, units: [10], seed: 1 })],
  ["denoising", () => denoising({ code: 3, architecture: "dense", units: [10], seed: 1 })],
  ["stacked", () => stacked({ code: 3, units: [10], seed: 1 })],
])("samples with targets, augmented: %s", async (_, make) => {
  const paired = { ...held, targets: (held.values as Float32Array).map((value) => 1 - value) };
  const [inMemory, read] = [make(), make()];
  const options = { epochs: 3, batchSize: 16, validationSplit: 0.2, seed: 3, augment: "flip, shift, noise, mixup" };
  const expected = await inMemory.fit(paired, options);
  const came = await read.fit(streamed(paired), options);
  expect(came.history).toEqual(expected.history);
  expect(read.model.getWeights()).toEqual(inMemory.model.getWeights());
  expect(await read.score(streamed(paired))).toEqual(await inMemory.score(paired));
  expect(await read.evaluate(streamed(paired), { batchSize: 50 })).toEqual(
    await inMemory.evaluate(paired, { batchSize: 50 }),
  );
  const [first] = await read.exhibits(streamed(paired));
  expect(first).toMatchObject({ rows: [{ name: "input" }, { name: "output" }, { name: "target" }] });
  const unlike = { validationData: held };
  await expect(read.fit(streamed(paired), unlike)).rejects.toThrow("those to measure with have none");
  await Promise.all([inMemory.dispose(), read.dispose()]);
});

test("codes and scores of samples that are read", async () => {
  const model = vae({ code: 2, architecture: "dense", units: [10], seed: 1 });
  const many = waves([8, 8, 1], 1500);
  model.build(many);
  expect(await model.encode(streamed(many))).toEqual(await model.encode(many));
  expect(await model.reconstruct(streamed(many))).toEqual(await model.reconstruct(many));
  expect(await model.score(streamed(many))).toEqual(await model.score(many));
  await model.dispose();
});

test("a training on samples that are read goes on after an interruption as if there had been none", async () => {
  const [whole, broken] = [deep({ code: 3, seed: 1 }), deep({ code: 3, seed: 1 })];
  const options = { batchSize: 16, seed: 3 };
  await whole.fit(streamed(held), { ...options, epochs: 4 });
  await broken.fit(streamed(held), { ...options, epochs: 2 });
  await broken.fit(streamed(held), { ...options, epochs: 4, initialEpoch: 2 });
  expect(broken.model.getWeights()).toEqual(whole.model.getWeights());
  await Promise.all([whole.dispose(), broken.dispose()]);
});

test("a part stands for samples that are read, and the last ones are held back", async () => {
  const data = streamed(held);
  const some = await representativeSamples(data, 20);
  expect([some.count, some.labels?.length]).toEqual([20, 20]);
  // Not the first ones: folders come class by class.
  expect(some.values).not.toEqual(held.values.subarray(0, some.values.length));
  expect(await representativeSamples(held)).toBe(held);
  const { training, validation } = splitAny(data, { validation: 0.2 });
  expect([training.count, validation.count, isStreamed(validation)]).toEqual([40, 10, true]);
  expect(validation.labels).toEqual(held.labels!.subarray(40));
});
