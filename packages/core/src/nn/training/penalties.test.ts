import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { decodeArray, readFixture } from "../../../../../fixtures/keras/read.ts";
import { gradients } from "../../autodiff/gradient.ts";
import { parameterNode } from "../../ops/leaf.ts";
import { Device } from "../../runtime/device.ts";
import { ConfigReader } from "../config-reader.ts";
import { constantsOf } from "../constant-tensor.ts";
import { maxNorm, minMaxNorm } from "../constraints/index.ts";
import { constraints } from "../constraints/registry.ts";
import { dense } from "../layers/index.ts";
import { input } from "../layers/input-layer.ts";
import { sequential } from "../model/sequential.ts";
import type { Sequential } from "../model/sequential.ts";
import { sgd } from "../optimizers/index.ts";
import { optimizers } from "../optimizers/registry.ts";
import { setRandomSeed } from "../random/session-seed.ts";
import { l1, l2, orthogonalRegularizer } from "../regularizers/index.ts";
import { regularizers } from "../regularizers/registry.ts";
import { evaluate, largestError } from "../testing/evaluate.ts";

const fixture = readFixture("penalties");
const weight = parameterNode("weight", [4, 3]);
const values = Float64Array.from(decodeArray(fixture.weight).data);

let device: Device;
beforeAll(async () => {
  device = await Device.create({ threads: 2 });
});
afterAll(() => device.dispose());

const named = <T extends { class_name: string; config: object }>(
  list: readonly T[],
): (readonly [string, string, T])[] =>
  list.map((entry) => [entry.class_name, JSON.stringify(entry.config), entry] as const);

test.each(named(fixture.regularizers))("Keras's penalty: %s %s", (className, _, { config, penalty, gradient }) => {
  const regularizer = regularizers.fromConfig(new ConfigReader(className, config));
  const node = regularizer.penalty(weight);
  const outputs = [node, ...gradients(node, [weight])];
  const feeds = new Map([[weight, values]]);
  for (const [constant, numbers] of constantsOf(outputs)) feeds.set(constant, Float64Array.from(numbers));
  const [actual, slope] = evaluate(outputs, feeds, 1);
  expect(largestError(actual!, [penalty])).toBeLessThan(1e-6);
  expect(largestError(slope!, decodeArray(gradient).data, 1e-2)).toBeLessThan(1e-6);
  expect(regularizer.config).toEqual(config);
});

test.each(named(fixture.constraints))("Keras's constraint: %s %s", (className, _, { config, result }) => {
  const constraint = constraints.fromConfig(new ConfigReader(className, config));
  const [actual] = evaluate([constraint.apply(weight)], new Map([[weight, values]]), 1);
  expect(largestError(actual!, decodeArray(result).data)).toBeLessThan(1e-6);
  expect(constraint.config).toEqual(config);
});

type Training = (typeof fixture.trainings)[number];

function modelOf({ settings, optimizer, initial }: Training): Sequential {
  const reader = new ConfigReader("settings", settings);
  const model = sequential([
    input([4]),
    dense(3, {
      activation: "tanh",
      kernelRegularizer: regularizers.read(reader, "kernel_regularizer"),
      biasRegularizer: regularizers.read(reader, "bias_regularizer"),
      activityRegularizer: regularizers.read(reader, "activity_regularizer"),
      kernelConstraint: constraints.read(reader, "kernel_constraint"),
      biasConstraint: constraints.read(reader, "bias_constraint"),
    }),
    dense(2, { useBias: false }),
  ]);
  model.setWeights(initial.map((array) => decodeArray(array).data));
  const made = optimizers.fromConfig(new ConfigReader(optimizer.class_name, optimizer.config));
  model.compile({ optimizer: made, loss: "mse", device });
  return model;
}

describe("trainings go as Keras's", () => {
  const cases = fixture.trainings.map(
    (entry) => [entry.optimizer.class_name, Object.keys(entry.settings), entry] as const,
  );

  test.each(cases)("%s, %j", async (_, __, entry) => {
    const model = modelOf(entry);
    const { data: x } = decodeArray(entry.x);
    const { data: y } = decodeArray(entry.y);
    const { history } = await model.fit(x, y, {
      batchSize: 4,
      epochs: 4,
      shuffle: false,
      validationData: [x.slice(0, 12), y.slice(0, 6)],
    });
    // Twelve steps in float32.
    expect(largestError(history["loss"]!, entry.history.loss)).toBeLessThan(5e-6);
    expect(largestError(history["val_loss"]!, entry.history.val_loss)).toBeLessThan(5e-6);
    for (const [index, array] of entry.finalWeights.entries()) {
      expect(largestError(model.getWeights()[index]!, decodeArray(array).data, 1e-1)).toBeLessThan(5e-6);
    }
    const { loss } = await model.evaluate(x, y, { batchSize: 4 });
    expect(largestError([loss!], [entry.evaluated])).toBeLessThan(5e-6);
    await model.dispose();
  });
});

test("clipping, penalties and constraints give the same bits on any number of threads", async () => {
  const trained = async (threads: number): Promise<readonly Float32Array[]> => {
    setRandomSeed(7);
    const own = await Device.create({ threads });
    const options = { kernelRegularizer: "l2", kernelConstraint: maxNorm(0.5) };
    const model = sequential([input([60]), dense(50, { activation: "tanh", ...options }), dense(30, options)]);
    model.compile({ optimizer: sgd({ learningRate: 1, globalClipnorm: 0.5, useEma: true }), loss: "mse", device: own });
    const random = (size: number): Float32Array => Float32Array.from({ length: size }, (_, i) => Math.sin(i * i));
    await model.fit(random(40 * 60), random(40 * 30), { batchSize: 20, epochs: 3 });
    const weights = model.getWeights();
    await model.dispose();
    own.dispose();
    return weights;
  };
  const [alone, inTwo, inThree] = [await trained(1), await trained(2), await trained(3)];
  expect(inTwo).toEqual(alone);
  expect(inThree).toEqual(alone);
});

describe("averages of the weights", () => {
  const x = Float32Array.of(1, 2);
  const averaging = (): Sequential => {
    const model = sequential([input([1]), dense(1, { useBias: false, kernelInitializer: "ones" })]);
    model.compile({ optimizer: sgd({ useEma: true, emaMomentum: 0.5 }), loss: "mse", device });
    return model;
  };

  test("stay apart when a training is aborted, so that it can go on", async () => {
    const [whole, aborted] = [averaging(), averaging()];
    await whole.fit(
      x,
      x.map((each) => 3 * each),
      { epochs: 1, batchSize: 1, shuffle: false },
    );
    const controller = new AbortController();
    const onTrainBatchEnd = (): void => controller.abort();
    const options = { batchSize: 1, shuffle: false, signal: controller.signal, callbacks: [{ onTrainBatchEnd }] };
    await aborted.fit(
      x,
      x.map((each) => 3 * each),
      options,
    );
    const afterOne = 1 + 0.01 * 2 * 2;
    expect(aborted.getWeights()[0]![0]).toBeCloseTo(afterOne, 6);
    const afterTwo = afterOne + 0.01 * 2 * 4 * (3 - afterOne);
    expect(whole.getWeights()[0]![0]).toBeCloseTo((afterOne + afterTwo) / 2, 6);
    await whole.dispose();
    await aborted.dispose();
  });

  test("begin with the weights that join a training later", async () => {
    const frozen = dense(1, { useBias: false, kernelInitializer: "ones" });
    frozen.trainable = false;
    const model = sequential([input([1]), frozen, dense(1, { useBias: false, kernelInitializer: "ones" })]);
    model.compile({ optimizer: sgd({ learningRate: 0, useEma: true }), loss: "mse", device });
    await model.fit(x, x, { batchSize: 1 });
    frozen.trainable = true;
    await model.fit(x, x, { batchSize: 1 });
    expect(model.getWeights().map(([value]) => value)).toEqual([1, 1]);
    await model.dispose();
  });
});

describe("errors", () => {
  test("name the setting and what came", () => {
    expect(() => l1(-1)).toThrow("the factor of the regularizer l1 must be a number from 0 on; -1 came");
    expect(() => orthogonalRegularizer(Number.NaN)).toThrow("NaN came");
    expect(() => orthogonalRegularizer().penalty(parameterNode("bias", [3]))).toThrow("for matrices");
    expect(() => maxNorm(-1)).toThrow("maxValue of a norm must be a number from 0 on; -1 came");
    expect(() => minMaxNorm({ minValue: 2 })).toThrow("minValue of a norm, 2, must not exceed maxValue, 1");
    expect(() => minMaxNorm({ rate: 2 })).toThrow("rate of a norm must be from 0 to 1; 2 came");
    expect(() => regularizers.get("l3")).toThrow('unknown regularizer "l3"; did you mean "l1"?');
    expect(() => constraints.get("maxnorms")).toThrow('did you mean "max_norm"?');
    const mode = new ConfigReader("OrthogonalRegularizer", { mode: "both" });
    expect(() => regularizers.fromConfig(mode)).toThrow('must be "rows" or "columns"; "both" came');
  });

  test("names stand for Keras's defaults", () => {
    expect(regularizers.get("l2").config).toEqual(l2().config);
    expect(constraints.get("max_norm").config).toEqual(maxNorm().config);
  });
});
