/** Losses and metrics of one's own, and the forms that `compile` and `fit` take besides. */
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { Node } from "../../graph/node.ts";
import * as ops from "../../ops/index.ts";
import { Device } from "../../runtime/device.ts";
import { earlyStopping } from "../callbacks/index.ts";
import { dense } from "../layers/index.ts";
import { input } from "../layers/input-layer.ts";
import { model } from "../model/functional.ts";
import { sequential } from "../model/sequential.ts";
import type { Sequential } from "../model/sequential.ts";
import { resetNames } from "../names.ts";
import { setRandomSeed } from "../random/session-seed.ts";

let device: Device;
beforeAll(async () => {
  device = await Device.create({ threads: 1 });
});
afterAll(() => device.dispose());
beforeEach(() => {
  resetNames();
  setRandomSeed(1);
});

const x = Float32Array.of(1, 2, 3, 4, 5, 6);
const y = Float32Array.of(1, 0, 1);
const network = (): Sequential => sequential([input([2]), dense(1)]);

function squaredDistance(target: Node, prediction: Node): Node {
  return ops.mean(ops.square(ops.subtract(target, prediction)), [-1]);
}

test("a loss and a metric are functions of nodes", async () => {
  const trained = network();
  trained.compile({ optimizer: "sgd", loss: squaredDistance, metrics: [squaredDistance, "mse"], device });
  const logs = await trained.evaluate(x, y);
  expect(logs["loss"]).toBeCloseTo(logs["mse"]!, 4);
  expect(logs["squaredDistance"]).toBe(logs["mse"]);
  await trained.fit(x, y, { epochs: 2 });
  expect((await trained.evaluate(x, y))["loss"]).toBeLessThan(logs["loss"]!);
  await trained.dispose();
});

test("without an optimizer, rmsprop trains; it can be had from the model", async () => {
  const trained = network();
  expect(trained.optimizer).toBeUndefined();
  trained.compile({ loss: "mse", device });
  expect(trained.optimizer?.className).toBe("RMSprop");
  trained.optimizer!.learningRate = 0.5;
  await trained.fit(x, y);
  expect(trained.optimizer!.learningRate).toBe(0.5);
  await trained.dispose();
});

test("one callback needs no list, and streams may come with targets left out", async () => {
  const trained = network();
  trained.compile({ loss: "mse", device });
  const stop = earlyStopping({ monitor: "loss", minDelta: 1e9 });
  const { history } = await trained.fit(() => [[x, y] as const][Symbol.iterator](), undefined, {
    epochs: 5,
    stepsPerEpoch: 1,
    callbacks: stop,
  });
  expect(history["loss"]!.length).toBeLessThan(5);
  await trained.dispose();
});

test("two outputs of one layer have names of their own", async () => {
  const start = input([2]);
  const shared = dense(2, { name: "shared" });
  const twice = model(start, [shared(start), shared(shared(start))]);
  twice.compile({ loss: ["mse", "mae"], lossWeights: { shared_1: 0.5 }, device });
  const logs = await twice.evaluate(x, { shared: x, shared_1: x });
  expect(Object.keys(logs)).toEqual(["loss", "shared_loss", "shared_1_loss"]);
  // Weights may be plain arrays, in any form.
  const double = await twice.evaluate(x, [x, x], { sampleWeight: [[2, 2, 2], undefined] });
  expect(double["shared_loss"]).toBeCloseTo(2 * logs["shared_loss"]!, 3);
  expect(await twice.evaluate(x, [x, x], { sampleWeight: { shared: [2, 2, 2] } })).toEqual(double);
  expect(logs["loss"]).toBeCloseTo(logs["shared_loss"]! + 0.5 * logs["shared_1_loss"]!, 3);
  await twice.dispose();
});

test("plain arrays and too few targets are named as what they are", async () => {
  const trained = network();
  trained.compile({ loss: "mse", device });
  const plain = [[1, 2], [3, 4]] as unknown as Float32Array; // prettier-ignore
  await expect(trained.fit(plain, y)).rejects.toThrow("x must be typed arrays of numbers, such as Float32Array.from(values); a plain array came"); // prettier-ignore
  await expect(trained.fit(x, "abc" as unknown as Float32Array)).rejects.toThrow("a string came");
  await expect(trained.fit(x, y.subarray(1))).rejects.toThrow(
    "x has 3 samples and y holds 2 values, which make 2 targets of shape [1]; give a target for each",
  );
  await trained.dispose();
});
