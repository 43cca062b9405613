/** Samples mixed with one another: what is mixed, how it is drawn, and what it does to a training. */
import { beforeEach, describe, expect, test } from "vitest";
import { dense } from "../layers/index.ts";
import { input } from "../layers/input-layer.ts";
import { sequential } from "../model/sequential.ts";
import type { Sequential } from "../model/sequential.ts";
import { resetNames } from "../names.ts";
import { sgd } from "../optimizers/index.ts";
import { setRandomSeed } from "../random/session-seed.ts";
import { useDefaultDevice } from "../testing/default-device.ts";
import type { Rows } from "../tensor-data.ts";
import { arraySource } from "./batch-source.ts";
import type { BatchSource } from "./batch-source.ts";
import type { Callback } from "./callback.ts";
import type { CompileOptions } from "./compiled-trainer.ts";
import type { Examples } from "./examples.ts";
import { drawMixture, mixRows, mixUp } from "./mix-up.ts";

useDefaultDevice(1);
beforeEach(() => {
  resetNames();
  setRandomSeed(1);
});

const COUNT = 11;
const BATCH = 4;

function rowsOf(size: number, value: (row: number, place: number) => number, scale = 1): Rows {
  const data = Float32Array.from({ length: COUNT * size }, (_, i) => value(Math.floor(i / size), i % size));
  return { data, scale, size, count: COUNT };
}

/** Inputs of two values, the row's number and its square; the number again as the target, and its double as the weight. */
function source(): BatchSource {
  const examples: Examples = {
    count: COUNT,
    inputs: [rowsOf(2, (row, place) => row ** (place + 1), 0.5)],
    targets: [rowsOf(1, (row) => row), undefined],
    weights: [rowsOf(1, (row) => 2 * row), undefined],
    kind: { targets: [{ shape: [1] }, "none"], weighted: [true, false] },
  };
  return arraySource(examples, { batchSize: BATCH, shuffle: { seed: 3 } });
}

interface Mixed {
  readonly count: number;
  readonly inputs: number[];
  readonly target: number[];
  readonly weight: number[];
  readonly others: unknown[];
}

async function epochOf(batches: BatchSource, epoch: number, skip = 0): Promise<Mixed[]> {
  const mixed: Mixed[] = [];
  for await (const { examples, batch } of batches.epoch(epoch, skip)) {
    expect([...batch.order.subarray(batch.from, batch.to)]).toEqual([...Array(examples.count).keys()]);
    const [target, otherTarget] = examples.targets;
    const [weight, otherWeight] = examples.weights;
    mixed.push({
      count: examples.count,
      inputs: [...examples.inputs[0]!.data],
      target: [...target!.data],
      weight: [...weight!.data],
      others: [otherTarget, otherWeight],
    });
  }
  return mixed;
}

describe("a mixture", () => {
  test("is λ of one sample and 1 − λ of its partner", () => {
    const mixture = { partners: Uint32Array.of(1, 2, 0), shares: Float64Array.of(0.25, 1, 0.5) };
    expect([...mixRows(Float32Array.of(0, 10, 4, 20, 8, 30), mixture)]).toEqual([3, 17.5, 4, 20, 4, 20]);
  });

  test("is drawn by seed, epoch and batch", () => {
    const draw = (seed: number, epoch: number, number: number): unknown =>
      drawMixture(8, { alpha: 0.4, seed }, { epoch, number });
    expect(draw(1, 2, 3)).toEqual(draw(1, 2, 3));
    for (const other of [draw(2, 2, 3), draw(1, 3, 3), draw(1, 2, 4)]) expect(other).not.toEqual(draw(1, 2, 3));
  });
});

describe("batches", () => {
  test("inputs, targets and weights are mixed alike, each sample with its own share", async () => {
    const batches = await epochOf(mixUp(source(), { alpha: 1, seed: 5 }), 0);
    expect(batches.map(({ count }) => count)).toEqual([4, 4, 3]);
    const shares: number[] = [];
    for (const { count, inputs, target, weight, others } of batches) {
      expect(others).toEqual([undefined, undefined]);
      for (let row = 0; row < count; row++) {
        // The input's scale is a half.
        expect(inputs[2 * row]).toBeCloseTo(target[row]! / 2, 5);
        expect(weight[row]).toBeCloseTo(2 * target[row]!, 5);
        // λ·a² + (1 − λ)·b² lies above the square of what λ·a + (1 − λ)·b is, unless nothing was mixed.
        shares.push(2 * inputs[2 * row + 1]! - target[row]! ** 2);
      }
    }
    expect(Math.min(...shares)).toBeGreaterThan(-1e-3);
    expect(shares.filter((gap) => gap > 0.01).length).toBeGreaterThan(COUNT / 2);
  });

  test("the same after an interruption, other ones in each epoch", async () => {
    const options = { alpha: 0.4, seed: 5 };
    const whole = await epochOf(mixUp(source(), options), 1);
    expect(await epochOf(mixUp(source(), options), 1, 2)).toEqual(whole.slice(2));
    expect(await epochOf(mixUp(source(), options), 2)).not.toEqual(whole);
  });
});

describe("a training", () => {
  const x = Float32Array.from({ length: 40 * 3 }, (_, i) => Math.sin(i * 1.7));
  const classes = Float32Array.from({ length: 40 }, (_, i) => i % 2);
  const oneHot = Float32Array.from({ length: 80 }, (_, i) => (classes[i >> 1] === i % 2 ? 1 : 0));

  function classifier(options: Partial<CompileOptions> = {}): Sequential {
    resetNames();
    setRandomSeed(3);
    const made = sequential([input([3]), dense(4, { activation: "tanh" }), dense(2, { activation: "softmax" })]);
    made.compile({ optimizer: sgd({ learningRate: 0.1 }), loss: "categoricalCrossentropy", ...options });
    return made;
  }

  async function weightsAfter(
    options: { mixUp?: number; initialEpoch?: number; callbacks?: Callback[] },
    made = classifier(),
  ): Promise<Float32Array[]> {
    await made.fit(x, oneHot, { epochs: 2, batchSize: 8, ...options });
    const weights = made.getWeights();
    await made.dispose();
    return weights;
  }

  test("differs from one without, and goes on after an interruption as if there had been none", async () => {
    const whole = await weightsAfter({ mixUp: 0.4 });
    expect(whole).not.toEqual(await weightsAfter({}));
    expect(await weightsAfter({ mixUp: 0.4 })).toEqual(whole);
    const made = classifier();
    await made.fit(x, oneHot, { epochs: 1, batchSize: 8, mixUp: 0.4 });
    expect(await weightsAfter({ mixUp: 0.4, initialEpoch: 1 }, made)).toEqual(whole);
  });

  test("refuses numbers of classes, and shares that are none", async () => {
    const sparse = classifier({ loss: "sparseCategoricalCrossentropy" });
    await expect(sparse.fit(x, classes, { mixUp: 0.4 })).rejects.toThrow(
      /output "dense_1" are numbers of classes.*give one-hot targets/,
    );
    await expect(classifier().fit(x, oneHot, { mixUp: 1.5 })).rejects.toThrow(
      "mixUp must be a number above 0, up to 1; 1.5 came",
    );
  });
});
