/** Models beside fit: predicting, measuring, single steps, sharing weights, giving memory back. */
import { beforeEach, describe, expect, test } from "vitest";
import { Device } from "../../runtime/device.ts";
import { conv2d, dense, flatten, normalization } from "../layers/index.ts";
import { input } from "../layers/input-layer.ts";
import { model } from "../model/functional.ts";
import { sequential } from "../model/sequential.ts";
import { resetNames } from "../names.ts";
import { sgd } from "../optimizers/index.ts";
import { useDefaultDevice } from "../testing/default-device.ts";
import type { EvaluateOptions } from "./evaluate.ts";
import type { PredictOptions } from "./predict.ts";

const device = useDefaultDevice(2);
beforeEach(resetNames);

const identity = { kernelInitializer: "identity" } as const;

describe("predict", () => {
  test("gives every sample its row, whatever the batches", async () => {
    const doubled = sequential([input([3]), dense(3, { ...identity, biasInitializer: "ones" })]);
    const x = Float32Array.from({ length: 33 * 3 }, (_, i) => i);
    for (const batchSize of [1, 5, 32, 100]) {
      expect(await doubled.predict(x, { batchSize })).toEqual(x.map((value) => value + 1));
    }
    await doubled.dispose();
  });

  test("takes bytes with a scale, several inputs, and returns several outputs", async () => {
    const [a, b] = [input([2]), input([1])];
    const both = model([a, b], [dense(2, identity)(a), dense(1, identity)(b)]);
    const bytes = { data: Uint8Array.of(0, 255, 51, 102), scale: 1 / 255 };
    const [first, second] = await both.predictAll([bytes, Float32Array.of(7, 8)]);
    expect([...first!].map((value) => Math.round(value * 1e6) / 1e6)).toEqual([0, 1, 0.2, 0.4]);
    expect(second).toEqual(Float32Array.of(7, 8));
    await expect(both.predict([bytes, Float32Array.of(7, 8)])).rejects.toThrow("has 2 outputs; use predictAll");
    await expect(both.predict(bytes)).rejects.toThrow('x needs data for "input_layer", "input_layer_1"; 1 came');
    await expect(both.predictAll([bytes, Float32Array.of(7)])).rejects.toThrow("the inputs have 2 and 1 samples");
    await both.dispose();
  });

  test("builds a sequential model that does not know its shape yet", async () => {
    const chain = sequential([flatten(), dense(2)]);
    await expect(chain.predict(new Float32Array(4))).rejects.toThrow("the shapes in model");
    expect(await chain.predict({ data: new Float32Array(8), shape: [2, 2] })).toEqual(new Float32Array(4));
    await chain.dispose();
  });
});

describe("a signal", () => {
  test("ends predictions and measurements between batches, with its reason", async () => {
    const network = sequential([input([1]), dense(1)]);
    network.compile({ loss: "mse" });
    const x = new Float32Array(10);
    const methods = {
      predict: (options: PredictOptions) => network.predict(x, options),
      evaluate: (options: EvaluateOptions) => network.evaluate(x, x, options),
    };
    for (const [name, method] of Object.entries(methods)) {
      const stop = new AbortController();
      const seen: number[] = [];
      const note = (batch: number): void => {
        seen.push(batch);
        if (batch === 1) stop.abort(new Error("enough"));
      };
      const callbacks = [{ onPredictBatchEnd: note, onTestBatchEnd: note }];
      await expect(method({ batchSize: 2, callbacks, signal: stop.signal }), name).rejects.toThrow("enough");
      expect(seen, name).toEqual([0, 1]);
      await expect(method({ signal: stop.signal }), name).rejects.toThrow("enough");
    }
    // Nothing is held that ended early.
    await network.predict(x);
    await network.dispose();
  });
});

describe("weights", () => {
  test("are shared between a model and its parts", async () => {
    const start = input([3]);
    const encoder = model(start, dense(2)(start), { name: "encoder" });
    const whole = model(start, dense(3)(encoder(start)));
    whole.compile({ optimizer: sgd({ learningRate: 0.1 }), loss: "mse" });
    const x = Float32Array.of(1, 2, 3, 4, 5, 6);
    const before = await encoder.predict(x);
    await whole.trainOnBatch(x, x);
    const [kernel, bias] = encoder.getWeights() as [Float32Array, Float32Array];
    const after = await encoder.predict(x);
    expect(after).not.toEqual(before);
    expect(after[0]).toBeCloseTo(kernel[0]! + 2 * kernel[2]! + 3 * kernel[4]! + bias[0]!, 5);
    encoder.setWeights([new Float32Array(6), Float32Array.of(5, 6)]);
    expect(await encoder.predict(x)).toEqual(Float32Array.of(5, 6, 5, 6));
    await Promise.all([whole.dispose(), encoder.dispose()]);
  });

  test("outlive the programs and move to another device", async () => {
    const chain = sequential([input([2]), dense(2)]);
    const x = Float32Array.of(1, 2);
    const expected = await chain.predict(x);
    await chain.dispose();
    expect(await chain.predict(x)).toEqual(expected);
    const other = await Device.create({ threads: 1 });
    chain.compile({ optimizer: "sgd", loss: "mse", device: other });
    expect(await chain.predict(x)).toEqual(expected);
    await chain.dispose();
    other.dispose();
    expect(chain.getWeights()[0]).toHaveLength(4);
  });
});

test("trainOnBatch and testOnBatch report the loss before the step", async () => {
  const line = sequential([input([1]), dense(1, { kernelInitializer: "ones" })]);
  line.compile({ optimizer: sgd({ learningRate: 0.25 }), loss: "mse", metrics: ["mae"] });
  const [x, y] = [Float32Array.of(1, 3), Float32Array.of(2, 5)];
  const expected = { loss: 2.5, mae: 1.5 };
  expect(await line.testOnBatch(x, y)).toEqual(expected);
  expect(await line.trainOnBatch(x, y)).toEqual(expected);
  // dL/dw = (2·(−1)·1 + 2·(−2)·3) / 2 = −7, dL/db = (2·(−1) + 2·(−2)) / 2 = −3
  expect(line.getWeights()).toEqual([Float32Array.of(1 + 0.25 * 7), Float32Array.of(0.25 * 3)]);
  expect(line.compiled!.state.iterations).toBe(1);
  await line.dispose();
});

test("the optimizer's state can be read and put back", async () => {
  const x = Float32Array.of(1, 2, 3, 4);
  const chain = sequential([input([2]), dense(2, { kernelInitializer: "ones" })]);
  chain.compile({ optimizer: "adam", loss: "mse" });
  await chain.trainOnBatch(x, x);
  const { state } = chain.compiled!;
  const weights = chain.getWeights();
  const kept = state.read();
  expect(kept.iterations).toBe(1);
  expect(kept.variables.map(({ variable, slots }) => [variable.path, Object.keys(slots)])).toEqual([
    ["sequential/dense/kernel", ["momentum", "velocity"]],
    ["sequential/dense/bias", ["momentum", "velocity"]],
  ]);
  await chain.trainOnBatch(x, x);
  const second = chain.getWeights();
  chain.setWeights(weights);
  state.assign(kept);
  await chain.trainOnBatch(x, x);
  expect(chain.getWeights()).toEqual(second);
  const [{ variable }] = kept.variables as [(typeof kept.variables)[number]];
  expect(() => state.assign({ iterations: 0, variables: [{ variable, slots: { speed: x } }] })).toThrow(
    'Adam keeps momentum, velocity, not "speed"',
  );
  await chain.dispose();
});

test("a model that is disposed of gives all memory back, and trains on from where it was", async () => {
  const x = Float32Array.of(1, 2, 3, 4);
  const build = () => {
    const chain = sequential([input([2]), dense(2, { kernelInitializer: "ones" })]);
    chain.compile({ optimizer: "adam", loss: "mse" });
    return chain;
  };
  const before = device().memory.bytesInUse;
  const [chain, other] = [build(), build()];
  for (let step = 0; step < 4; step++) {
    await chain.trainOnBatch(x, x);
    await other.trainOnBatch(x, x);
    if (step === 1) await chain.dispose();
  }
  expect(chain.getWeights()).toEqual(other.getWeights());
  expect(device().memory.bytesInUse).toBeGreaterThan(before);
  await chain.dispose();
  await other.dispose();
  expect(device().memory.bytesInUse).toBe(before);
});

test("tables of fixed numbers go with the programs that use them", async () => {
  const before = device().memory.bytesInUse;
  const made = sequential([input([3]), normalization({ mean: [1, 2, 3], variance: [4, 4, 4] })]);
  made.compile({ optimizer: "sgd", loss: "mse", metrics: ["auc"] });
  const expected = Float32Array.of(0, 0, 0, 1, 1, 1);
  for (let time = 0; time < 2; time++) {
    expect(await made.predict(Float32Array.of(1, 2, 3, 3, 4, 5))).toEqual(expected);
    expect((await made.evaluate(Float32Array.of(1, 2, 3), Float32Array.of(0, 1, 0)))["loss"]).toBeCloseTo(1 / 3, 6);
    await made.dispose();
    expect(device().memory.bytesInUse).toBe(before);
  }
});

test("a model of images trains on images given as bytes", async () => {
  const image = input([4, 4, 1]);
  const network = model(image, conv2d(1, 3, { padding: "same", kernelInitializer: "zeros" })(image));
  network.compile({ optimizer: sgd({ learningRate: 0.1 }), loss: "mse" });
  const images = { values: new Uint8Array(3 * 16).fill(255), shape: [4, 4, 1], scale: 1 / 255 };
  const { history } = await network.fit(images, images, { epochs: 2 });
  expect(history["loss"]![0]).toBeCloseTo(1, 6);
  expect(history["loss"]![1]).toBeLessThan(0.5);
  await network.dispose();
});
