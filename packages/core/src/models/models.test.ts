// One contract for all families.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { RandomStream } from "../data/random-stream.ts";
import { sizeOf } from "../graph/tensor-type.ts";
import { setRandomSeed } from "../nn/random/session-seed.ts";
import { Device } from "../runtime/device.ts";
import { modelFamilies, modelFamily } from "./registry.ts";

let device: Device;
beforeAll(async () => {
  device = await Device.create({ threads: 1 });
});
afterAll(() => device.dispose());

function samples(count: number, size: number): Float32Array {
  const random = new RandomStream(7);
  return Float32Array.from({ length: count * size }, () => random.uniform(0, 1));
}

describe.each(modelFamilies)("$name", (family) => {
  test.each([[[12, 20, 1]], [[8, 16, 3]]])("gives back samples of shape %j and learns", async (shape) => {
    setRandomSeed(1);
    const { model, encoder, decoder } = family.build(shape);
    expect(model.outputs[0]!.shape).toEqual(shape);
    expect(decoder.inputs[0]!.shape).toEqual(encoder.outputs[0]!.shape);
    expect(model.countParams()).toBe(encoder.countParams() + decoder.countParams());
    const { optimizer, loss, batchSize } = family.training;
    model.compile({ optimizer, loss, device });
    const x = samples(16, sizeOf(shape));
    const { history } = await model.fit(x, x, { epochs: 4, batchSize: Math.min(batchSize, 8), seed: 1 });
    expect(history["loss"]!.at(-1)!).toBeLessThan(history["loss"]![0]!);
    expect(await decoder.predict(await encoder.predict(x))).toEqual(await model.predict(x));
    await model.dispose();
  });

  test("the same seed gives the same first weights", () => {
    const build = (seed: number): number[] => {
      setRandomSeed(seed);
      const weights = family.build([28, 28, 1]).model.getWeights();
      return weights.map((values) => values.reduce((sum, value, index) => sum + value * (index + 1), 0));
    };
    expect(build(5)).toEqual(build(5));
    expect(build(5)).not.toEqual(build(6));
  });
});

test.each([
  // Counted by hand: (9·inputs + 1)·filters for each convolution.
  ["conv", 4_385, [4, 4, 8]],
  ["conv-30", 54_479, [30]],
  // (784 + 1)·100 + (100 + 1)·30 + (30 + 1)·100 + (100 + 1)·784
  ["stacked", 163_814, [30]],
  ["deep", 222_384, [32]],
])("%s has the parameters and the code of its source", (name, parameters, code) => {
  const { model, encoder } = modelFamily(name).build([28, 28, 1]);
  expect(model.countParams()).toBe(parameters);
  expect(encoder.outputs[0]!.shape).toEqual(code);
});

test.each(["conv", "conv-30"])("%s says which images it takes", (name) => {
  const { build } = modelFamily(name);
  expect(() => build([30, 28, 1])).toThrow(/\[30, 28, 1\] came\. Crop or pad them to 32×32/);
  expect(() => build([28, 32, 1])).toThrow(/remainder 0, or both 4/);
  expect(() => build([4, 4, 1])).toThrow(/from 8 on/);
  expect(() => build([784])).toThrow(/takes images \[height, width, channels\]; samples of shape \[784\] came/);
});

test("an unknown name brings the nearest", () => {
  expect(() => modelFamily("convv")).toThrow('unknown model "convv"; did you mean "conv"?');
});
