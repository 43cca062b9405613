import { expect, test } from "vitest";
import { differenceFromOnnxRuntime } from "../../formats/onnx/testing/compare-with-onnx-runtime.ts";
import { dense } from "../../nn/layers/index.ts";
import { input } from "../../nn/layers/input-layer.ts";
import { model } from "../../nn/model/functional.ts";
import type { Model } from "../../nn/model/model.ts";
import { sgd } from "../../nn/optimizers/index.ts";
import { setRandomSeed } from "../../nn/random/session-seed.ts";
import { useDefaultDevice } from "../../nn/testing/default-device.ts";
import { tiedDense } from "./tied-dense.ts";

useDefaultDevice(1);

interface Tied {
  readonly encoder: Model;
  readonly decoder: Model;
  readonly whole: Model;
}

/** [3] → [2] → [3], linear. */
function tiedPair(): Tied {
  setRandomSeed(2);
  const sample = input([3]);
  const encoding = dense(2);
  const encoder = model(sample, encoding(sample));
  const code = input([2]);
  const decoder = model(code, tiedDense(encoding, "linear")(code));
  return { encoder, decoder, whole: model(sample, decoder(encoder(sample))) };
}

const W = [1, 2, 3, 4, 5, 6];
const W_TRANSPOSED = [1, 3, 5, 2, 4, 6];

test("the kernel is the transpose of the other, read and written", () => {
  const { encoder, decoder } = tiedPair();
  encoder.setWeights([W, [0, 0]]);
  expect(decoder.getWeights()).toEqual([Float32Array.from(W_TRANSPOSED), new Float32Array(3)]);
  decoder.setWeights([
    [0, 1, 2, 3, 4, 5],
    [7, 8, 9],
  ]);
  expect(encoder.getWeights()[0]).toEqual(Float32Array.of(0, 3, 1, 4, 2, 5));
});

test("the kernel learns from both halves", async () => {
  const { whole, encoder, decoder } = tiedPair();
  encoder.setWeights([W, [0, 0]]);
  whole.compile({ optimizer: sgd({ learningRate: 0.001 }), loss: "mse" });
  const x = Float32Array.of(1, -1, 2);
  await whole.trainOnBatch(x, x);
  // c = xW, y = cWᵀ, L = mean (y − x)²: with g = 2 (y − x) / 3, ∂L/∂W = gᵀc + xᵀ(gW)
  const c = [1 - 3 + 10, 2 - 4 + 12];
  const y = [0, 1, 2].map((row) => c[0]! * W[2 * row]! + c[1]! * W[2 * row + 1]!);
  const g = y.map((value, place) => (2 * (value - x[place]!)) / 3);
  const back = [0, 1].map((column) => g.reduce((sum, value, row) => sum + value * W[2 * row + column]!, 0));
  const expected = W.map((value, index) => {
    const [row, column] = [Math.floor(index / 2), index % 2];
    return value - 0.001 * (g[row]! * c[column]! + x[row]! * back[column]!);
  });
  const [kernel] = encoder.getWeights();
  for (const [index, value] of expected.entries()) expect(kernel![index]).toBeCloseTo(value, 5);
  expect(decoder.getWeights()[0]).toEqual(Float32Array.from([0, 2, 4, 1, 3, 5], (index) => kernel![index]!));
  await whole.dispose();
});

test("in files it is an ordinary dense layer", () => {
  const { decoder } = tiedPair();
  const [, tied] = decoder.layers;
  expect(tied!.className).toBe("Dense");
  expect(tied!.getConfig()).toEqual(dense(3, { name: tied!.name, activation: "linear" }).getConfig());
  expect(tied!.variables.map(({ name, shape }) => [name, shape])).toEqual([
    ["kernel", [2, 3]],
    ["bias", [3]],
  ]);
});

test("the decoder works alone", async () => {
  const { encoder, decoder } = tiedPair();
  encoder.setWeights([W, [0, 0]]);
  expect([...(await decoder.predict(Float32Array.of(1, 10)))]).toEqual([21, 43, 65]);
  expect(await differenceFromOnnxRuntime(decoder)).toBeLessThan(1e-5);
  await decoder.dispose();
  expect(encoder.getWeights()[0]).toEqual(Float32Array.from(W));
});

test("a layer that has not been called has no kernel to share", () => {
  expect(() => tiedDense(dense(2, { name: "first" }), "linear")).toThrow('layer "first" (Dense) has no kernel yet');
});
