import { expect, test } from "vitest";
import { readCases } from "../../../../../../fixtures/classify/read.ts";
import { dataset } from "../../../data/dataset.ts";
import type { Dataset } from "../../../data/dataset.ts";
import type { StreamedDataset } from "../../../data/streamed-dataset.ts";
import type { StreamBatch } from "../../../nn/training/batch-source.ts";
import { dense } from "../../../nn/layers/index.ts";
import { input } from "../../../nn/layers/input-layer.ts";
import { model } from "../../../nn/model/functional.ts";
import { useDefaultDevice } from "../../../nn/testing/default-device.ts";
import { balancedBatches, balancedClassWeights, balancedOrder } from "./index.ts";

useDefaultDevice(1);

/** 20 samples of class 0, 4 of class 3, and one of class 1; none of class 2. */
const labels = Uint8Array.from([...Array.from({ length: 20 }, () => 0), 3, 3, 1, 3, 3]);

function countsOf(order: Uint32Array): Record<number, number> {
  const counts: Record<number, number> = {};
  for (const sample of order) {
    const label = labels[sample] as number;
    counts[label] = (counts[label] ?? 0) + 1;
  }
  return counts;
}

test.each(readCases("decisions"))("balanced class weights are scikit-learn's: $name", (fixture) => {
  const weights = balancedClassWeights(fixture.labels, fixture.numClasses);
  expect(Object.keys(weights)).toEqual(Object.keys(fixture.balancedWeights));
  for (const [label, weight] of Object.entries(weights)) {
    expect(weight).toBeCloseTo(fixture.balancedWeights[label] as number, 12);
  }
});

test("every class comes as often as the others, every sample of a class once before one comes again", () => {
  const order = balancedOrder(labels, { seed: 4, count: 30 });
  expect(countsOf(order)).toEqual({ 0: 10, 1: 10, 3: 10 });
  const frequent = [...order].filter((sample) => labels[sample] === 0);
  expect(new Set(frequent).size).toBe(10);
  const rare = [...order].filter((sample) => labels[sample] === 3);
  expect(new Set(rare.slice(0, 4)).size).toBe(4);
  expect(new Set(rare.slice(4, 8)).size).toBe(4);
  // No round goes by the classes' order.
  const rounds = Array.from({ length: 10 }, (_, round) =>
    Array.from(order.slice(3 * round, 3 * round + 3), (sample) => labels[sample]).join(" "),
  );
  expect(new Set(rounds).size).toBeGreaterThan(2);
});

test("a seed and an epoch say the order; as many come as there are samples", () => {
  const first = balancedOrder(labels, { seed: 1 });
  expect(first).toHaveLength(labels.length);
  expect(balancedOrder(labels, { seed: 1, epoch: 0 })).toEqual(first);
  expect(balancedOrder(labels, { seed: 1, epoch: 1 })).not.toEqual(first);
  expect(balancedOrder(labels, { seed: 2 })).not.toEqual(first);
});

/** Samples that are their own numbers. */
function numbered(): Dataset {
  return dataset(
    "numbered",
    [1],
    Float32Array.from(labels, (_, sample) => sample),
    { labels },
  );
}

async function collect(data: Dataset | StreamedDataset, epoch: number): Promise<[number[], number[]][]> {
  const stream = balancedBatches(data, { batchSize: 10, seed: 3 });
  if (typeof stream !== "function") throw new Error("a stream that begins anew is a function");
  const batches: [number[], number[]][] = [];
  for await (const batch of stream(epoch)) {
    const [x, y] = batch as Extract<StreamBatch, readonly unknown[]>;
    batches.push([[...(x as { data: Float32Array }).data], [...(y as Uint8Array)]]);
  }
  return batches;
}

test("batches hold the samples of the order with their labels, in memory or read", async () => {
  const { values, ...rest } = numbered();
  const read: StreamedDataset = {
    ...rest,
    dtype: "float32",
    read: (numbers) => Promise.resolve(Float32Array.from(numbers, (number) => values[number] as number)),
  };
  for (const epoch of [0, 1]) {
    const order = [...balancedOrder(labels, { seed: 3, epoch })];
    const batches = await collect(numbered(), epoch);
    expect(batches.map(([samples]) => samples.length)).toEqual([10, 10, 5]);
    expect(batches.flatMap(([samples]) => samples)).toEqual(order);
    expect(batches.flatMap(([, targets]) => targets)).toEqual(order.map((sample) => labels[sample]));
    expect(await collect(read, epoch)).toEqual(batches);
  }
});

test("a model trains on them", async () => {
  const sample = input([1]);
  const classifier = model(sample, dense(4, { activation: "softmax" })(sample));
  classifier.compile({ optimizer: "sgd", loss: "sparse_categorical_crossentropy" });
  const { history } = await classifier.fit(balancedBatches(numbered(), { batchSize: 8 }), { epochs: 2 });
  expect(history["loss"]).toHaveLength(2);
  await classifier.dispose();
});

test("errors", () => {
  expect(() => balancedClassWeights([0, 2], 2)).toThrow(
    "the labels hold 2 for sample 1; expected the number of a class, from 0 to 1",
  );
  expect(() => balancedOrder([])).toThrow("no labels came");
  expect(() => balancedOrder([0, 1], { count: 0 })).toThrow("an order of 0 samples was asked for");
  const { labels: _, ...unlabelled } = numbered();
  expect(() => balancedBatches(unlabelled, { batchSize: 2 })).toThrow("numbered has no labels");
});
