/** Programs of a model: many at once, and on several devices. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { Device } from "../../runtime/device.ts";
import { conv2d, conv2dTranspose, dense, flatten, reshape } from "../layers/index.ts";
import { input } from "../layers/input-layer.ts";
import { model } from "../model/functional.ts";
import { sequential } from "../model/sequential.ts";
import type { Sequential } from "../model/sequential.ts";
import { setRandomSeed } from "../random/session-seed.ts";
import { setDefaultDevice } from "./engine.ts";

let first: Device;
let second: Device;
beforeAll(async () => {
  [first, second] = [await Device.create({ threads: 1 }), await Device.create({ threads: 1 })];
  setDefaultDevice(first);
});
// Tests in other files share this process and its default device, so theirs must be one that still computes.
afterAll(async () => {
  setDefaultDevice(await Device.create());
  first.dispose();
  second.dispose();
});

const x = Float32Array.of(1, 2, 3, 4);
const y = Float32Array.of(-1, 0, -1, 2);

/** x → weight · x + bias, with 1 and 0 at first. */
function line(device?: Device): Sequential {
  const made = sequential([input([1]), dense(1, { kernelInitializer: "ones" })]);
  made.compile({ optimizer: "sgd", loss: "mse", ...(device && { device }) });
  return made;
}

function onHost(made: Sequential): Float32Array {
  const [[weight = 0] = [], [bias = 0] = []] = made.getWeights().map((values) => [...values]);
  return x.map((value) => Math.fround(Math.fround(weight * value) + bias));
}

test("predictions of many batch sizes do not take one another's programs", async () => {
  const made = line();
  const long = made.predict(new Float32Array(300_000).fill(2), { batchSize: 64 });
  const short = Array.from({ length: 20 }, (_, index) => made.predict(new Float32Array(index + 1).fill(3)));
  const results = await Promise.all(short);
  expect(results.map((result) => [...new Set(result)])).toEqual(results.map(() => [3]));
  expect(results.map(({ length }) => length)).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
  expect(new Set(await long)).toEqual(new Set([2]));
  await made.dispose();
});

test("a model that moves to another device predicts with its weights there", async () => {
  const made = line(first);
  await made.predict(x);
  made.compile({ optimizer: "sgd", loss: "mse", device: second });
  await made.fit(x, y, { epochs: 5 });
  expect((await made.predict(x)).every((value, index) => Math.abs(value - onHost(made)[index]!) < 1e-6)).toBe(true);
  await made.dispose();
});

test("a model follows the default device", async () => {
  const made = line();
  await made.fit(x, y);
  setDefaultDevice(second);
  const before = made.getWeights();
  await made.fit(x, y);
  expect(made.getWeights()).not.toEqual(before);
  setDefaultDevice(first);
  await made.dispose();
});

test("a training goes on where a callback uses its layers on another device", async () => {
  const [alone, watched] = [line(second), line(second)];
  const part = model(watched.inputs, watched.outputs);
  await alone.fit(x, y, { epochs: 4 });
  await watched.fit(x, y, { epochs: 4, callbacks: [{ onEpochEnd: async () => void (await part.predict(x)) }] });
  expect(watched.getWeights()).toEqual(alone.getWeights());
  await part.dispose();
  await alone.dispose();
  await watched.dispose();
});

test("wide vectors give the same bits", async () => {
  const images = Float32Array.from({ length: 40 * 64 }, (_, index) => Math.sin(index * 0.37) ** 2);
  const weights = [];
  for (const wide of [true, false]) {
    setRandomSeed(7);
    const device = await Device.create({ threads: 1, wide });
    const made = sequential([
      input([8, 8, 1]),
      conv2d(13, 4, { strides: 2, padding: "same", activation: "relu" }),
      conv2d(37, 3, { padding: "same", activation: "relu" }),
      flatten(),
      dense(16 * 13, { activation: "tanh" }),
      reshape([4, 4, 13]),
      conv2dTranspose(1, 4, { strides: 2, padding: "same", activation: "sigmoid" }),
    ]);
    made.compile({ optimizer: "adam", loss: "binary_crossentropy", device });
    // Long enough for V8 to optimize the code.
    await made.fit(images, images, { epochs: 100, batchSize: 20, shuffle: false, verbose: 0 });
    weights.push(made.getWeights());
    await made.dispose();
    device.dispose();
  }
  expect(weights[0]).toEqual(weights[1]);
});
