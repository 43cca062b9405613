/** Training, evaluating and stopping on streams of batches. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { Device } from "../../runtime/device.ts";
import { dense } from "../layers/index.ts";
import { input } from "../layers/input-layer.ts";
import { sequential } from "../model/sequential.ts";
import type { Sequential } from "../model/sequential.ts";
import { resetNames } from "../names.ts";
import { sgd } from "../optimizers/index.ts";
import { setRandomSeed } from "../random/session-seed.ts";
import type { StreamBatch } from "./batch-source.ts";

let device: Device;
beforeAll(async () => {
  device = await Device.create({ threads: 1 });
});
afterAll(() => device.dispose());
beforeEach(() => {
  resetNames();
  setRandomSeed(3);
});

const NUM_SAMPLES = 10;
const BATCH_SIZE = 4;
const x = Float32Array.from({ length: NUM_SAMPLES * 3 }, (_, index) => Math.sin(index * 1.7));
const y = Float32Array.from({ length: NUM_SAMPLES }, (_, index) => Math.cos(index));

function network(): Sequential {
  const made = sequential([input([3]), dense(4, { activation: "tanh" }), dense(1)]);
  made.compile({ optimizer: sgd({ learningRate: 0.1, momentum: 0.9 }), loss: "mse", metrics: ["mae"], device });
  return made;
}

function* batches(): Generator<StreamBatch> {
  for (let from = 0; from < NUM_SAMPLES; from += BATCH_SIZE) {
    const to = Math.min(from + BATCH_SIZE, NUM_SAMPLES);
    yield { x: x.subarray(from * 3, to * 3), y: y.subarray(from, to) };
  }
}

async function* asyncBatches(): AsyncGenerator<StreamBatch> {
  for (const { x: inputs, y: targets } of batches() as Iterable<{ x: Float32Array; y: Float32Array }>) {
    await Promise.resolve();
    yield [inputs, targets];
  }
}

async function* forever(): AsyncGenerator<StreamBatch> {
  for (;;) yield* asyncBatches();
}

async function onArrays(): Promise<{ weights: Float32Array[]; history: Record<string, number[]> }> {
  resetNames();
  setRandomSeed(3);
  const trained = network();
  const { history } = await trained.fit(x, y, {
    epochs: 3,
    batchSize: BATCH_SIZE,
    shuffle: false,
    validationData: [x, y],
  });
  const weights = trained.getWeights();
  await trained.dispose();
  return { weights, history };
}

describe("training on a stream takes the same steps as on arrays", () => {
  test.each([
    ["a generator function", batches, {}],
    ["an async generator function", asyncBatches, {}],
    ["an iterable that begins again", { [Symbol.iterator]: batches }, {}],
    ["an endless stream", forever(), { stepsPerEpoch: 3 }],
    ["a function that begins again and is long enough", batches, { stepsPerEpoch: 3 }],
  ] as const)("%s", async (_, stream, options) => {
    const expected = await onArrays();
    resetNames();
    setRandomSeed(3);
    const trained = network();
    const { history } = await trained.fit(stream, { epochs: 3, validationData: asyncBatches, ...options });
    expect(trained.getWeights()).toEqual(expected.weights);
    expect(history).toEqual(expected.history);
    await trained.dispose();
  });
});

describe("a stream of which only some batches are taken", () => {
  test("is closed at the end if a function made it, and goes on later if it was given", async () => {
    let [open, closed] = [0, 0];
    function* watched(): Generator<StreamBatch> {
      open++;
      try {
        for (;;) yield* batches();
      } finally {
        closed++;
      }
    }
    const trained = network();
    await trained.fit(watched, { epochs: 2, stepsPerEpoch: 2, validationData: watched, validationSteps: 1 });
    expect([open, closed]).toEqual([2, 2]);
    await trained.evaluate(watched, { steps: 1 });
    const failing = { onEpochEnd: () => Promise.reject(new Error("no room")) };
    const failure = trained.fit(watched, { stepsPerEpoch: 2, callbacks: [failing] });
    await expect(failure).rejects.toThrow("no room");
    expect([open, closed]).toEqual([4, 4]);
    const given = watched();
    for (let time = 0; time < 2; time++) await trained.fit(given, { stepsPerEpoch: 2 });
    expect([open, closed]).toEqual([5, 4]);
    await trained.dispose();
  });
});

test("evaluate takes streams, and only so many batches of them", async () => {
  const trained = network();
  expect(await trained.evaluate(asyncBatches)).toEqual(await trained.evaluate(x, y, { batchSize: BATCH_SIZE }));
  const first = await trained.evaluate(x.subarray(0, 12), y.subarray(0, 4), { batchSize: BATCH_SIZE });
  expect(await trained.evaluate(forever(), { steps: 1 })).toEqual(first);
  await trained.dispose();
});

describe("epochs of fewer steps than there are batches", () => {
  /** How many samples the batches of each epoch have. */
  async function sizes(stepsPerEpoch: number, epochs: number): Promise<{ batches: number[]; losses: number[] }> {
    resetNames();
    setRandomSeed(3);
    const trained = network();
    const batches = Array<number>(epochs).fill(0);
    let epoch = 0;
    const counting = {
      onEpochBegin: (number: number) => void (epoch = number),
      onTrainBatchEnd: () => void (batches[epoch] = (batches[epoch] as number) + 1),
    };
    const callbacks = [counting];
    const { history } = await trained.fit(x, y, { batchSize: 2, epochs, stepsPerEpoch, callbacks });
    await trained.dispose();
    return { batches, losses: history["loss"] as number[] };
  }

  test("go on with the rest of the arrays, as in Keras", async () => {
    expect((await sizes(2, 4)).batches).toEqual([2, 2, 1, 2]);
    expect((await sizes(9, 2)).batches).toEqual([5, 5]);
    // Both go through all samples once, in the same order.
    const [whole, parts] = [await sizes(5, 1), await sizes(1, 5)];
    expect(parts.losses.reduce((sum, loss) => sum + loss / 5, 0)).toBeCloseTo(whole.losses[0] as number, 12);
  });

  test("measure with the first batches of validation data", async () => {
    const trained = network();
    const limits = { batchSize: 2, stepsPerEpoch: 1, validationSteps: 2 };
    const given = await trained.fit(x, y, { ...limits, epochs: 2, validationData: [x, y] });
    const expected = await trained.evaluate(x.subarray(0, 12), y.subarray(0, 4), { batchSize: 2 });
    expect(given.history["val_loss"]?.[1]).toBe(expected["loss"]);
    expect(await trained.evaluate(x, y, { batchSize: 2, steps: 2 })).toEqual(expected);
    await trained.dispose();
  });

  test.each([0, 1.5, -1])("cannot be %s", async (steps) => {
    const trained = network();
    const what = `must be a whole number of batches from 1 on; ${steps} came`;
    await expect(trained.fit(x, y, { stepsPerEpoch: steps })).rejects.toThrow(`stepsPerEpoch ${what}`);
    await expect(trained.fit(batches, { validationSteps: steps })).rejects.toThrow(`validationSteps ${what}`);
    await expect(trained.evaluate(batches, { steps })).rejects.toThrow(`steps ${what}`);
    await trained.dispose();
  });
});

test("predict takes streams, of inputs alone or with what else they hold", async () => {
  const trained = network();
  const expected = await trained.predict(x, { batchSize: BATCH_SIZE });
  expect(await trained.predict(asyncBatches)).toEqual(expected);
  expect(await trained.predict(forever(), { steps: 2 })).toEqual(expected.subarray(0, 2 * BATCH_SIZE));
  expect(await trained.predict(x, { batchSize: 3, steps: 2 })).toEqual(expected.subarray(0, 6));
  expect(await trained.predict([[x.subarray(0, 3)] as const, [x.subarray(3)] as const][Symbol.iterator]())).toEqual(
    expected,
  );
  await trained.dispose();
});

test("a stream without targets trains an autoencoder", async () => {
  const autoencoder = sequential([input([3]), dense(2), dense(3)]);
  autoencoder.compile({ optimizer: "sgd", loss: "mse", device });
  const onStream = await autoencoder.evaluate([[x]][Symbol.iterator]() as Iterable<StreamBatch>);
  expect(onStream).toEqual(await autoencoder.evaluate(x, x, { batchSize: NUM_SAMPLES }));
  await autoencoder.dispose();
});

describe("errors", () => {
  test.each([
    ["empty", () => [][Symbol.iterator](), {}, "the stream of batches is empty"],
    ["over after one epoch", asyncBatches(), {}, "ended after 3 and does not begin again; give a function"],
    ["too short", batches, { stepsPerEpoch: 5 }, "an epoch has 5 steps and the stream ended after 3"],
    ["cut for validation", batches, { validationSplit: 0.5 }, "a stream of batches cannot be split"],
    ["of the wrong shape", [[Float32Array.of(1, 2)]][Symbol.iterator](), {}, "x needs samples of shape [3]"],
  ] as const)("a stream that is %s", async (_, stream, options, message) => {
    const trained = network();
    await expect(trained.fit(stream as () => Iterable<StreamBatch>, { epochs: 2, ...options })).rejects.toThrow(
      message,
    );
    await trained.dispose();
  });
});

test("freezing a layer takes effect with the next step, and thawing it too", async () => {
  const trained = network();
  const [first, second] = trained.layers;
  first!.trainable = false;
  const before = first!.getWeights();
  const others = second!.getWeights();
  await trained.fit(x, y, { batchSize: BATCH_SIZE });
  expect(first!.getWeights()).toEqual(before);
  expect(second!.getWeights()).not.toEqual(others);
  first!.trainable = true;
  await trained.fit(x, y, { batchSize: BATCH_SIZE });
  expect(first!.getWeights()).not.toEqual(before);
  trained.trainable = false;
  expect(trained.trainableVariables).toEqual([]);
  expect(second!.trainable).toBe(false);
  await trained.dispose();
});
