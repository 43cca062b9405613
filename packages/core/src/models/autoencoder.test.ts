// What users meet on the way, whatever the family: mistakes, interruptions, and what comes after them.
import { afterAll, beforeAll, expect, test } from "vitest";
import { dataset } from "../data/dataset.ts";
import type { Dataset } from "../data/dataset.ts";
import { Device } from "../runtime/device.ts";
import type { Autoencoder } from "./autoencoder.ts";
import { create } from "./create-autoencoder.ts";
import type { Exhibit } from "./exhibit.ts";
import { load } from "./load-autoencoder.ts";
import type { OptionValue } from "./options/option.ts";
import { modelFamilies } from "./registry.ts";

let device: Device;
beforeAll(async () => {
  device = await Device.create({ threads: 1 });
});
afterAll(() => device.dispose());

/** Waves in a table of six columns, with classes as given. */
function waves(count: number, labels?: readonly number[]): Dataset {
  const values = Float32Array.from({ length: 6 * count }, (_, index) => 0.5 + 0.5 * Math.sin(index ** 1.3));
  return dataset("waves", [6], values, labels === undefined ? {} : { labels: Uint8Array.from(labels) });
}

function make(family: string, options: Readonly<Record<string, OptionValue>> = {}): Autoencoder {
  return create(family, options, { seed: 3, device });
}

/** Trains for the first two of four epochs. */
async function interrupted(optimizer: string): Promise<Autoencoder> {
  const model = make("deep");
  const stop = new AbortController();
  await model.fit(waves(32), {
    epochs: 4,
    batchSize: 8,
    optimizer,
    signal: stop.signal,
    callbacks: [{ onEpochEnd: (epoch) => void (epoch === 1 && stop.abort()) }],
  });
  return model;
}

async function whole(optimizer: string): Promise<readonly Float32Array[]> {
  const model = make("deep");
  await model.fit(waves(32), { epochs: 4, batchSize: 8, optimizer });
  return model.model.getWeights();
}

test.each([0, -3, 1.5, Number.NaN])("trains for no %d epochs", async (epochs) => {
  await expect(make("deep").fit(waves(8), { epochs })).rejects.toThrow(
    `epochs must be a whole number from 1 on; ${epochs} came. build(data) makes a model without training it`,
  );
});

test("begins with no epoch before the first", async () => {
  await expect(make("deep").fit(waves(8), { epochs: 2, initialEpoch: -1 })).rejects.toThrow(
    "initialEpoch must be a whole number from 0 on; -1 came",
  );
});

test.each(["adam", "sgd"])("a saved training goes on as if nothing had been: %s", async (optimizer) => {
  const first = await interrupted(optimizer);
  const second = await load(await first.save(), { device });
  await second.fit(waves(32), { epochs: 4, batchSize: 8, optimizer, initialEpoch: 2 });
  expect(second.model.getWeights()).toEqual(await whole(optimizer));
});

test("a training goes on after its memory was given back, and is saved with the model", async () => {
  const model = await interrupted("adam");
  await model.dispose();
  const loaded = await load(await model.save(), { device });
  for (const each of [model, loaded]) {
    await each.fit(waves(32), { epochs: 4, batchSize: 8, initialEpoch: 2 });
    expect(each.model.getWeights()).toEqual(await whole("adam"));
  }
});

test.each([
  [
    "adam",
    "sgd",
    "the saved training is that of an optimizer that keeps momentum, velocity of each variable; SGD keeps nothing",
  ],
  [
    "sgd",
    "adam",
    "the saved training is that of an optimizer that keeps nothing of each variable; Adam keeps momentum, velocity",
  ],
])("a training does not go on from %s to %s", async (before, after, message) => {
  const model = await interrupted(before);
  const fitting = model.fit(waves(32), { epochs: 4, batchSize: 8, initialEpoch: 2, optimizer: after });
  await expect(fitting).rejects.toThrow(message);
});

test("a solved model is measured as fit measures it", async () => {
  const model = make("pca", { code: 2 });
  const { history } = await model.fit(waves(32), { validationSplit: 8 });
  const { loss } = await model.evaluate(dataset("last", [6], (waves(32).values as Float32Array).slice(24 * 6)));
  expect(loss).toBeCloseTo(history["val_loss"]![0]!, 6);
});

test.each(["vae", "gan"])("classes of the validation data alone are classes, too: %s", async (family) => {
  const model = make(family, { conditional: true });
  await model.fit(waves(12, [0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 2, 2]), { epochs: 1, validationSplit: 2 });
  expect(model.decoder.inputs[1]!.shape).toEqual([3]);
  await model.fit(waves(4, [0, 1, 2, 2]), { epochs: 1 });
});

test("draws a whole number of samples, of classes where there are some", async () => {
  const model = make("vae");
  model.build(waves(8));
  for (const count of [0, -1, 1.5]) {
    await expect(model.sample(count)).rejects.toThrow(`count must be a whole number from 1 on; ${count} came`);
  }
  await expect(model.sample(2, { labels: [0, 1] })).rejects.toThrow(
    'the model "vae" was not trained with classes and draws samples of none; labels came',
  );
  const conditional = make("vae", { conditional: true });
  conditional.build(waves(8, [0, 1, 0, 1, 0, 1, 0, 1]));
  await expect(conditional.sample(3, { labels: [0, 1] })).rejects.toThrow("3 samples need as many labels; 2 came");
});

test("an array without a shape is told apart from one of another kind", async () => {
  const model = make("deep");
  await expect(model.fit(Float32Array.of(1, 2, 3))).rejects.toThrow("the shape of a sample is not known");
  model.build(waves(8));
  await expect(model.encode([1, 2, 3, 4, 5, 6] as never)).rejects.toThrow("an ordinary array came");
});

test("a signal ends whatever is computed of samples, with its reason", async () => {
  const model = make("vae");
  model.build(waves(8));
  const stop = new AbortController();
  const { signal } = stop;
  const calls = {
    encode: () => model.encode(waves(8), { signal }),
    decode: () => model.decode(new Float32Array(2 * (model.codeShape[0] ?? 0)), { signal }),
    reconstruct: () => model.reconstruct(waves(8), { signal }),
    score: () => model.score(waves(8), { signal }),
    evaluate: () => model.evaluate(waves(8), { signal }),
    sample: () => model.sample(2, { signal }),
  };
  for (const call of Object.values(calls)) await call();
  stop.abort(new Error("enough"));
  for (const [name, call] of Object.entries(calls)) await expect(call(), name).rejects.toThrow("enough");
  await model.dispose();
});

function numbersOf(exhibit: Exhibit): readonly number[] {
  if (exhibit.kind === "rows") return exhibit.rows.flatMap(({ values }) => [...values]);
  if (exhibit.kind === "grid") return [...exhibit.samples.values];
  if (exhibit.kind === "scatter") return [...exhibit.points];
  if (exhibit.kind === "bars") return exhibit.values;
  return exhibit.kind === "figures" ? exhibit.figures.map(({ value }) => value) : [];
}

test.each(modelFamilies)(
  "there is something to see of samples that are all the same, and it is finite: $name",
  async ({ name }) => {
    const same = dataset("same", [6], new Float32Array(6 * 20).fill(3.3));
    const model = make(name);
    // A part of the training for each layer takes an epoch.
    await model.fit(same, { epochs: 3 });
    const exhibits = await model.exhibits(same);
    expect(exhibits.length).toBeGreaterThan(0);
    for (const exhibit of exhibits) expect(numbersOf(exhibit).every(Number.isFinite), exhibit.title).toBe(true);
    const loaded = await load(await model.save(), { device });
    expect(await loaded.score(same)).toEqual(await model.score(same));
    for (const each of [model, loaded]) await each.dispose();
  },
);
