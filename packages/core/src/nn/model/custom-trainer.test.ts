import { describe, expect, test } from "vitest";
import type { Node } from "../../graph/node.ts";
import { mul, square, sub } from "../../ops/elementwise.ts";
import { mean } from "../../ops/reduce.ts";
import { dense } from "../layers/index.ts";
import { input } from "../layers/input-layer.ts";
import { model } from "./functional.ts";
import type { Model } from "./model.ts";
import { adam, sgd } from "../optimizers/index.ts";
import { setRandomSeed } from "../random/session-seed.ts";
import { useDefaultDevice } from "../testing/default-device.ts";
import { CustomTrainer } from "./custom-trainer.ts";
import type { StepScope } from "../training/step-scope.ts";

useDefaultDevice(2);

const x = Float32Array.from({ length: 10 * 4 }, (_, index) => Math.sin(index * 1.7));

function autoencoder(): Model {
  setRandomSeed(3);
  const sample = input([4], { name: "sample" });
  return model(sample, dense(4)(dense(2, { activation: "tanh" })(sample)));
}

const meanSquaredError = (a: Node, b: Node): Node => mean(square(sub(a, b)));

test("a single step trains as compile and fit do", async () => {
  const ordinary = autoencoder();
  ordinary.compile({ optimizer: adam({ learningRate: 0.01 }), loss: "mse" });
  const { history } = await ordinary.fit(x, x, { epochs: 3, batchSize: 4, seed: 5 });

  const custom = autoencoder();
  const trainer = new CustomTrainer(custom, {
    inputs: custom.inputs,
    steps: [
      {
        name: "train",
        optimizer: adam({ learningRate: 0.01 }),
        trains: [custom],
        terms: ({ inputs: [sample], call }) => ({
          loss: meanSquaredError(sample!, call(custom, sample!)[0]!),
        }),
      },
    ],
  });
  const { history: other } = await trainer.fit(x, { epochs: 3, batchSize: 4, seed: 5 });
  expect(other["loss"]).toEqual(history["loss"]);
  expect(custom.getWeights()).toEqual(ordinary.getWeights());
});

test("steps are taken in turn, each with its own layers, and one of them on every second batch only", async () => {
  const whole = autoencoder();
  const [, first, second] = whole.layers;
  const terms = ({ inputs: [sample], call }: StepScope): { loss: Node } => ({
    loss: meanSquaredError(sample!, call(whole, sample!)[0]!),
  });
  const trainer = new CustomTrainer(whole, {
    inputs: whole.inputs,
    steps: [
      { name: "a", optimizer: sgd({ learningRate: 0.1 }), trains: [first!], terms },
      { name: "b", optimizer: sgd({ learningRate: 0 }), trains: [second!], every: 2, terms },
    ],
  });
  const before = second!.getWeights();
  const { history } = await trainer.fit(x, { epochs: 2, batchSize: 2, seed: 5 });
  expect(second!.getWeights()).toEqual(before);
  expect(trainer.steps.map(({ state }) => state.iterations)).toEqual([10, 5]);
  // The loss of b is measured where it is taken, after a has made it smaller.
  expect(Object.keys(history)).toEqual(["a", "b"]);
  expect(history["a"]![1]).toBeLessThan(history["a"]![0]!);
});

test("what is scheduled follows the batches, and is at its end where the model is only measured", async () => {
  const whole = autoencoder();
  const trainer = new CustomTrainer(whole, {
    inputs: whole.inputs,
    steps: [
      {
        name: "train",
        optimizer: sgd({ learningRate: 0 }),
        trains: [whole],
        terms: ({ inputs: [sample], call, schedule }) => {
          const error = meanSquaredError(sample!, call(whole, sample!)[0]!);
          const weight = schedule((batches) => Math.min(1, batches / 100));
          return { loss: mul(error, weight), figures: { error, weight } };
        },
      },
    ],
  });
  const { history } = await trainer.fit(x, { epochs: 2, batchSize: 5, seed: 5 });
  expect(history["weight"]![0]).toBeCloseTo(0.005, 7);
  expect(history["weight"]![1]).toBeCloseTo(0.025, 7);
  const { loss, error, weight } = await trainer.evaluate(x);
  expect(weight).toBe(1);
  expect(loss).toBeCloseTo(error!, 6);
});

test("the random numbers of steps differ", async () => {
  const whole = autoencoder();
  const terms = ({ inputs: [sample], call, normal }: StepScope) => ({
    loss: meanSquaredError(sample!, call(whole, sample!)[0]!),
    figures: { drawn: mean(normal([4])) },
  });
  const trainer = new CustomTrainer(whole, {
    inputs: whole.inputs,
    steps: [
      { name: "a", optimizer: sgd({ learningRate: 0 }), trains: [whole], terms },
      {
        name: "b",
        optimizer: sgd({ learningRate: 0 }),
        trains: [whole],
        terms: (scope) => ({ ...terms(scope), figures: { other: mean(scope.normal([4])) } }),
      },
    ],
  });
  const { history } = await trainer.fit(x, { epochs: 1, batchSize: 10, seed: 5 });
  expect(history["drawn"]![0]).not.toBe(history["other"]![0]);
  expect(Math.abs(history["drawn"]![0]!)).toBeLessThan(1);
});

test("says what it does not take", () => {
  const whole = autoencoder();
  const step = {
    name: "train",
    optimizer: "sgd",
    trains: [whole],
    terms: ({ inputs: [sample] }: StepScope) => ({ loss: mean(sample!) }),
  } as const;
  expect(() => new CustomTrainer(whole, { inputs: whole.inputs, steps: [{ ...step, every: 2 }] })).toThrow(
    /"train" is taken every 2 batches; give a whole number from 1 on, 1 for the first/,
  );
  const trainer = new CustomTrainer(whole, { inputs: whole.inputs, steps: [step] });
  expect(() => trainer.examples(x, undefined, { sampleWeight: [1] })).toThrow(/takes no sample weights/);
  expect(() => trainer.examples(x.subarray(1))).toThrow(/39 values came/);
});

describe("targets", () => {
  const y = x.map((value) => 1 - value);

  function withTargets(): { readonly trained: Model; readonly trainer: CustomTrainer } {
    const trained = autoencoder();
    const trainer = new CustomTrainer(trained, {
      inputs: trained.inputs,
      targets: [input([4], { name: "wanted" })],
      steps: [
        {
          name: "train",
          optimizer: adam({ learningRate: 0.01 }),
          trains: [trained],
          terms: ({ inputs: [sample], targets: [wanted], call }) => ({
            loss: meanSquaredError(wanted!, call(trained, sample!)[0]!),
          }),
        },
      ],
    });
    return { trained, trainer };
  }

  test("train and measure as those of compile and fit do, from arrays and from a stream", async () => {
    const ordinary = autoencoder();
    ordinary.compile({ optimizer: adam({ learningRate: 0.01 }), loss: "mse" });
    const options = { epochs: 3, batchSize: 5, seed: 5, shuffle: false };
    const { history } = await ordinary.fit(x, y, { ...options, validationData: [x, y] });
    const measured = await ordinary.evaluate(x, y, { batchSize: 5 });

    const { trained, trainer } = withTargets();
    const { history: other } = await trainer.fit(x, { y, ...options, validationData: [x, y] });
    expect(other).toEqual(history);
    expect(trained.getWeights()).toEqual(ordinary.getWeights());
    expect(await trainer.evaluate(x, { y, batchSize: 5 })).toEqual(measured);

    const streamed = withTargets();
    const batches = [0, 20].map((from) => [x.subarray(from, from + 20), y.subarray(from, from + 20)] as const);
    await streamed.trainer.fit(() => batches.values(), options);
    expect(streamed.trained.getWeights()).toEqual(ordinary.getWeights());
  });

  test("must be there, one for each sample", async () => {
    const { trainer } = withTargets();
    await expect(trainer.fit(x)).rejects.toThrow("is trained with targets; y is missing");
    await expect(trainer.fit(x, { y: y.subarray(4) })).rejects.toThrow("x has 10 samples and y has 9");
  });
});
