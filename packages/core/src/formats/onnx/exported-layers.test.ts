// Every layer that model files may name, exported and run in ONNX Runtime.
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { input } from "../../nn/layers/input-layer.ts";
import { LAYER_EXAMPLES } from "../../nn/layers/testing/layer-examples.ts";
import { model } from "../../nn/model/functional.ts";
import { resetNames } from "../../nn/names.ts";
import { setRandomSeed } from "../../nn/random/session-seed.ts";
import { setDefaultDevice } from "../../nn/training/engine.ts";
import { Device } from "../../runtime/device.ts";
import { differenceFromOnnxRuntime, fillVariables } from "./testing/compare-with-onnx-runtime.ts";

let device: Device;
beforeAll(async () => {
  device = await Device.create({ threads: 1 });
  setDefaultDevice(device);
});
afterAll(async () => {
  setDefaultDevice(await Device.create());
  device.dispose();
});
beforeEach(() => {
  resetNames();
  setRandomSeed(5);
});

const examples = Object.entries(LAYER_EXAMPLES).flatMap(([className, list]) =>
  list.map((example) => [className, example.make().getConfig(), example] as const),
);

test.each(examples)("%s %j computes the same in ONNX Runtime", async (_, __, { make, inputs }) => {
  const starts = inputs.map((shape) => input(shape));
  const exported = model(starts, make()(starts));
  fillVariables(exported);
  expect(await differenceFromOnnxRuntime(exported)).toBeLessThan(1e-5);
  await exported.dispose();
});
