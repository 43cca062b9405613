/** Training on the real engine: what fit does with data, order, callbacks, interruptions and failures. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { Device } from "../../runtime/device.ts";
import type { Callback, TrainingView } from "./callback.ts";
import { earlyStopping } from "../callbacks/early-stopping.ts";
import { dense, dropout } from "../layers/index.ts";
import { input } from "../layers/input-layer.ts";
import { model } from "../model/functional.ts";
import { sequential } from "../model/sequential.ts";
import type { Sequential } from "../model/sequential.ts";
import { resetNames } from "../names.ts";
import { adam, sgd } from "../optimizers/index.ts";
import { permutation } from "../random/permutation.ts";
import { RandomBits } from "../random/random-bits.ts";
import { setRandomSeed } from "../random/session-seed.ts";
import type { CompileOptions } from "./compiled-trainer.ts";
import { TrainingDiverged } from "./training-diverged.ts";

let device: Device;
beforeAll(async () => {
  device = await Device.create({ threads: 2 });
});
afterAll(() => device.dispose());
beforeEach(() => {
  resetNames();
  setRandomSeed(1);
});
afterEach(() => setRandomSeed(0));

const FEATURES = 6;
const bits = new RandomBits(3);

/** Points near a plane of two dimensions: an autoencoder with a code of 2 can learn them. */
function points(count: number, first = 0): Float32Array {
  const values = new Float32Array(count * FEATURES);
  for (let row = 0; row < count; row++) {
    const [a, b] = [bits.fraction(2 * (first + row)), bits.fraction(2 * (first + row) + 1)];
    for (let i = 0; i < FEATURES; i++) values[row * FEATURES + i] = a * (i / FEATURES) + b * (1 - i / FEATURES);
  }
  return values;
}

function autoencoder(options: Partial<CompileOptions> = {}, extra: "dropout" | "none" = "none"): Sequential {
  const noise = extra === "dropout" ? [dropout(0.5)] : [];
  const network = sequential([input([FEATURES]), ...noise, dense(4, { activation: "tanh" }), dense(FEATURES)]);
  network.compile({ optimizer: adam({ learningRate: 0.02 }), loss: "mse", device, ...options });
  return network;
}

/** Linear regression y = w·x + b in float64, by gradient descent over batches. */
function descend(x: Float32Array, y: Float32Array, order: Uint32Array, batchSize: number, rate: number): number[] {
  let [w, b] = [0, 0];
  const losses: number[] = [];
  for (let from = 0; from < order.length; from += batchSize) {
    const rows = order.subarray(from, from + batchSize);
    const errors = [...rows].map((row) => w * x[row]! + b - y[row]!);
    losses.push(errors.reduce((sum, e) => sum + e * e, 0) / rows.length);
    const slopeOf = (scale: (row: number) => number): number =>
      [...rows].reduce((sum, row, i) => sum + 2 * errors[i]! * scale(row), 0) / rows.length;
    const [dw, db] = [slopeOf((row) => x[row]!), slopeOf(() => 1)];
    w -= rate * dw;
    b -= rate * db;
  }
  return [w, b, ...losses];
}

describe("steps", () => {
  test.each([true, false])(
    "are those of gradient descent, the last incomplete batch included (shuffle: %j)",
    async (shuffle) => {
      const count = 23;
      const x = Float32Array.from({ length: count }, (_, i) => bits.fraction(100 + i));
      const y = x.map((value) => 3 * value - 1);
      const line = sequential([input([1]), dense(1, { kernelInitializer: "zeros" })]);
      line.compile({ optimizer: sgd({ learningRate: 0.1 }), loss: "mse", device });
      const { history } = await line.fit(x, y, { batchSize: 5, seed: 9, shuffle });
      const order = shuffle ? permutation(count, 9, 0) : Uint32Array.from(x, (_, i) => i);
      const [w, b, ...losses] = descend(x, y, order, 5, 0.1);
      const mean = losses.reduce((sum, loss, i) => sum + loss * (i < 4 ? 5 : 3), 0) / count;
      expect(line.getWeights()[0]![0]).toBeCloseTo(w!, 5);
      expect(line.getWeights()[1]![0]).toBeCloseTo(b!, 5);
      expect(history["loss"]).toHaveLength(1);
      expect(history["loss"]![0]).toBeCloseTo(mean, 5);
      await line.dispose();
    },
  );

  test("learn", async () => {
    const network = autoencoder();
    const x = points(200);
    const { history, epoch, params, stopped } = await network.fit(x, x, { epochs: 30, validationSplit: 0.25 });
    expect(history["val_loss"]!.at(-1)).toBeLessThan(0.003);
    expect(history["val_loss"]!.at(-1)).toBeLessThan(history["val_loss"]![0]! / 10);
    expect(epoch).toEqual(Array.from({ length: 30 }, (_, i) => i));
    expect(params).toEqual({ epochs: 30, steps: 5 });
    expect(stopped).toBe("finished");
    await network.dispose();
  });

  test("with the same seed give the same bits, with any number of threads", async () => {
    const train = async (threads: number, seed: number): Promise<Float32Array[]> => {
      setRandomSeed(4);
      const own = await Device.create({ threads });
      const network = autoencoder({ device: own }, "dropout");
      await network.fit(points(150), points(150), { epochs: 2, batchSize: 64, seed });
      const weights = network.getWeights();
      await network.dispose();
      own.dispose();
      return weights;
    };
    const expected = await train(1, 5);
    for (const threads of [1, 2, 3]) expect(await train(threads, 5)).toEqual(expected);
    expect(await train(1, 6)).not.toEqual(expected);
  });

  test("leave frozen layers alone", async () => {
    const start = input([FEATURES]);
    const frozen = dense(4, { trainable: false });
    const network = model(start, dense(FEATURES)(frozen(start)));
    network.compile({ optimizer: "adam", loss: "mse", device });
    const before = frozen.getWeights();
    const [, , moving] = network.getWeights();
    await network.fit(points(50), points(50));
    expect(frozen.getWeights()).toEqual(before);
    expect(network.getWeights()[2]).not.toEqual(moving);
    await network.dispose();
  });

  test("follow a learning rate that changes", async () => {
    const network = autoencoder({ optimizer: sgd({ learningRate: 0.5 }) });
    const before = network.getWeights();
    const freeze: Callback = {
      onTrainBegin: ({ optimizer }) => {
        optimizer.learningRate = 0;
      },
    };
    await network.fit(points(50), points(50), { callbacks: [freeze] });
    expect(network.getWeights()).toEqual(before);
    await network.dispose();
  });
});

describe("validation", () => {
  test("measures the last part of the data, as they are", async () => {
    const network = autoencoder({ optimizer: sgd({ learningRate: 0 }) });
    const x = points(40);
    const split = await network.fit(x, x, { validationSplit: 0.26 });
    // Keras rounds the training part down: floor(40 · 0.74) = 29.
    const expected = await network.evaluate(x.subarray(29 * FEATURES), x.subarray(29 * FEATURES));
    expect(split.history["val_loss"]).toEqual([expected["loss"]]);
    const given = await network.fit(x, x, { validationData: [x.subarray(29 * FEATURES), x.subarray(29 * FEATURES)] });
    expect(given.history["val_loss"]).toEqual([expected["loss"]]);
    await network.dispose();
  });

  test("does not drop out", async () => {
    const network = autoencoder({ optimizer: sgd({ learningRate: 0 }) }, "dropout");
    const x = points(64);
    const { history } = await network.fit(x, x, { validationData: [x, x] });
    const { loss } = await network.evaluate(x, x);
    expect(history["val_loss"]).toEqual([loss]);
    expect(Math.abs(history["loss"]![0]! - loss!)).toBeGreaterThan(1e-3);
    await network.dispose();
  });

  test("must leave samples on both sides", async () => {
    const network = autoencoder();
    const x = points(4);
    for (const validationSplit of [-0.5, 1, 0.9]) {
      await expect(network.fit(x, x, { validationSplit })).rejects.toThrow(`${validationSplit} of 4 came`);
    }
  });
});

describe("metrics", () => {
  test("are means over all samples, whatever the batches", async () => {
    const network = sequential([input([FEATURES]), dense(1, { activation: "sigmoid" })]);
    network.compile({ optimizer: "sgd", loss: "bce", metrics: ["accuracy", "mae"], device });
    const x = points(37);
    const labels = Float32Array.from({ length: 37 }, (_, i) => bits.word(500 + i) % 2);
    const predictions = await network.predict(x);
    const hits = labels.filter((label, i) => (predictions[i]! > 0.5 ? 1 : 0) === label).length;
    for (const batchSize of [1, 7, 37, 64]) {
      const logs = await network.evaluate(x, labels, { batchSize });
      expect(Object.keys(logs)).toEqual(["loss", "accuracy", "mae"]);
      expect(logs["accuracy"]).toBeCloseTo(hits / 37, 6);
      expect(logs["mae"]).toBeCloseTo(
        labels.reduce((sum, label, i) => sum + Math.abs(label - predictions[i]!), 0) / 37,
        6,
      );
    }
    const { history } = await network.fit(x, labels, { validationSplit: 0.2 });
    expect(Object.keys(history)).toEqual(["loss", "accuracy", "mae", "val_loss", "val_accuracy", "val_mae"]);
    await network.dispose();
  });
});

describe("callbacks", () => {
  test("are called in Keras's order", async () => {
    const calls: string[] = [];
    const note =
      (name: string) =>
      (first?: unknown): void => {
        calls.push(typeof first === "number" ? `${name} ${first}` : name);
      };
    const recorder: Callback = {
      onTrainBegin: note("train begin"),
      onTrainEnd: note("train end"),
      onEpochBegin: note("epoch begin"),
      onEpochEnd: note("epoch end"),
      onTrainBatchBegin: note("batch begin"),
      onTrainBatchEnd: note("batch end"),
      onTestBegin: note("test begin"),
      onTestEnd: note("test end"),
      onTestBatchBegin: note("test batch begin"),
      onTestBatchEnd: note("test batch end"),
    };
    const network = autoencoder();
    await network.fit(points(10), points(10), {
      batchSize: 4,
      validationSplit: 0.2,
      initialEpoch: 1,
      epochs: 2,
      callbacks: [recorder],
    });
    expect(calls).toEqual([
      "train begin",
      "epoch begin 1",
      "batch begin 0",
      "batch end 0",
      "batch begin 1",
      "batch end 1",
      "test begin",
      "test batch begin 0",
      "test batch end 0",
      "test end",
      "epoch end 1",
      "train end",
    ]);
    await network.dispose();
  });

  test("are waited for, and may stop the training", async () => {
    const network = autoencoder();
    let view: TrainingView | undefined;
    const slow: Callback = {
      onTrainBegin: (training) => {
        view = training;
      },
      onEpochEnd: async (epoch) => {
        await new Promise<void>((resolve) => {
          setTimeout(resolve, 5);
        });
        if (epoch === 1) view!.stopTraining = true;
      },
    };
    const { epoch, stopped } = await network.fit(points(20), points(20), { epochs: 10, callbacks: [slow] });
    expect(epoch).toEqual([0, 1]);
    expect(stopped).toBe("callback");
    await network.dispose();
  });

  test("know which way figures of weighted metrics should go", async () => {
    const network = autoencoder({ metrics: ["mae"], weightedMetrics: ["mae"] });
    const callbacks = [earlyStopping({ monitor: "val_weighted_mae" })];
    const { history } = await network.fit(points(20), points(20), { validationSplit: 0.5, callbacks });
    expect(history["val_weighted_mae"]).toEqual(history["val_mae"]);
    await network.dispose();
  });

  test("early stopping ends with the best weights", async () => {
    const network = autoencoder({ optimizer: sgd({ learningRate: 0.9, momentum: 0.9 }) });
    const x = points(60);
    const stopping = earlyStopping({ patience: 3, restoreBestWeights: true });
    const { history, stopped } = await network.fit(x, x, { epochs: 200, validationSplit: 0.5, callbacks: [stopping] });
    expect(stopped).toBe("callback");
    const { loss } = await network.evaluate(x.subarray(30 * FEATURES), x.subarray(30 * FEATURES));
    expect(loss).toBe(Math.min(...history["val_loss"]!));
    await network.dispose();
  });
});

describe("interruptions", () => {
  test("an AbortSignal ends the training after the step", async () => {
    const controller = new AbortController();
    const network = autoencoder();
    const steps = vi.fn<(batch: number) => void>((batch) => {
      if (batch === 2) controller.abort();
    });
    const trainEnd = vi.fn<() => void>();
    const { stopped, epoch } = await network.fit(points(100), points(100), {
      epochs: 5,
      batchSize: 10,
      signal: controller.signal,
      callbacks: [{ onTrainBatchEnd: steps, onTrainEnd: trainEnd }],
    });
    expect(stopped).toBe("aborted");
    expect(epoch).toEqual([]);
    expect(steps).toHaveBeenCalledTimes(3);
    expect(trainEnd).toHaveBeenCalledOnce();
    await network.dispose();
  });

  test("timers run while training does", async () => {
    const network = autoencoder();
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 100);
    const { stopped } = await network.fit(points(100), points(100), { epochs: 1e6, signal: controller.signal });
    expect(stopped).toBe("aborted");
    await network.dispose();
  });

  test("a loss that explodes puts the last good weights back and says where", async () => {
    const network = autoencoder({ optimizer: sgd({ learningRate: 0.1 }) });
    const x = points(64);
    let good: Float32Array[] = [];
    let view: TrainingView | undefined;
    const sabotage: Callback = {
      onTrainBegin: (training) => {
        view = training;
      },
      onEpochEnd: (epoch) => {
        if (epoch !== 1) return;
        good = network.getWeights();
        view!.optimizer.learningRate = 1e30;
      },
    };
    const failure = network.fit(x, x, { epochs: 5, batchSize: 16, callbacks: [sabotage] });
    const error = await failure.then(
      () => undefined,
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(TrainingDiverged);
    expect(error).toMatchObject({ name: "TrainingDiverged", epoch: 3, step: 2 });
    expect((error as Error).message).toContain("in step 2 of epoch 3");
    expect(network.getWeights()).toEqual(good);
    expect(good.flat().length).toBeGreaterThan(0);
    const { history } = await trainAgain(network, x);
    expect(Number.isFinite(history["loss"]![0])).toBe(true);
  });

  async function trainAgain(network: Sequential, x: Float32Array): ReturnType<Sequential["fit"]> {
    network.compiled!.optimizer.learningRate = 0.01;
    const result = await network.fit(x, x);
    await network.dispose();
    return result;
  }
});

describe("errors", () => {
  test("tell what to do", async () => {
    const network = sequential([input([FEATURES], { name: "values" }), dense(FEATURES)], { name: "net" });
    const x = points(8);
    await expect(network.fit(x, x)).rejects.toThrow('model "net" must be compiled before fit: model.compile(');
    expect(() => network.compile({ optimizer: "adamm", loss: "mse" })).toThrow('did you mean "adam"?');
    network.compile({ optimizer: "adam", loss: "mse", device });
    const broken = x.slice();
    broken[3 * FEATURES + 2] = Number.NaN;
    await expect(network.fit(broken, broken)).rejects.toThrow("x holds NaN in row 3, value 2");
    await expect(network.fit(x, x.subarray(FEATURES))).rejects.toThrow(
      "x has 8 samples and y holds 42 values, which make 7 targets",
    );
    await expect(network.fit(x, new Float32Array(24))).rejects.toThrow(
      "mean_squared_error compares tensors of the same shape; targets of shape [3] and predictions of shape [6] came",
    );
    await expect(network.fit(x, x, { batchSize: 0 })).rejects.toThrow(
      "batchSize must be a whole number from 1 on; 0 came",
    );
    await expect(network.fit(x, x, { epochs: 1.5 })).rejects.toThrow(
      "epochs must be a whole number from 0 on; 1.5 came",
    );
    await expect(network.fit(new Float32Array(), x)).rejects.toThrow("6 values each; no values came");
    await expect(network.fit(x, x.slice(), { classWeight: { 1: 2 } })).resolves.toBeDefined();
    await expect(network.fit(x, x, { classWeight: { 1: 2 } })).rejects.toThrow(
      "a class for each sample as its targets",
    );
    await expect(network.predict(new Float32Array(5))).rejects.toThrow("x needs samples of shape [6], 6 values each");
    const image = sequential([input([3, 2]), dense(2)]);
    image.compile({ optimizer: "sgd", loss: "mse", device });
    await expect(image.fit(x, x.slice(), { classWeight: { 1: 2 } })).rejects.toThrow("give sampleWeight instead");
    const both = network.fit(x, x);
    await expect(network.fit(x, x)).rejects.toThrow('model "net" is being trained already');
    expect(() => network.compile({ optimizer: "adam", loss: "mse", device })).toThrow(
      'model "net" is being trained already',
    );
    await both;
    await network.dispose();
  });
});
