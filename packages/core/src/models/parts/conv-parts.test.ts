import { expect, test } from "vitest";
import { input } from "../../nn/layers/input-layer.ts";
import type { Layer } from "../../nn/layers/layer.ts";
import { model } from "../../nn/model/functional.ts";
import { asImage, asSample, convDecoder, convEncoder, halvedSides, imageShape } from "./conv-parts.ts";

const SETTINGS = { kernel: 3, activation: "relu", batchNorm: false } as const;

test("halves round up", () => {
  expect(halvedSides([28, 47], 3)).toEqual([
    [28, 47],
    [14, 24],
    [7, 12],
    [4, 6],
  ]);
  expect(halvedSides([1, 3], 2)).toEqual([
    [1, 3],
    [1, 2],
    [1, 1],
  ]);
});

const WAYS = (["pooling", "strides"] as const).flatMap((downsampling) =>
  (["nearest", "transposed"] as const).map((upsampling) => ({ downsampling, upsampling })),
);

test.each(WAYS)("decoders give back images of any size: $downsampling, $upsampling", (way) => {
  const sides = [1, 2, 3, 5, 7, 8, 13, 28, 33];
  for (const height of sides) {
    for (const width of [1, 6, 47]) {
      for (const kernel of [1, 2, 3, 5]) {
        const settings = { ...SETTINGS, ...way, kernel, outputActivation: "sigmoid" };
        const maps = convEncoder(input([height, width, 3]), { ...settings, filters: [2, 3, 4] });
        expect(maps.shape).toEqual([Math.ceil(height / 8), Math.ceil(width / 8), 4]);
        const image = convDecoder(maps, [height, width, 3], { ...settings, filters: [4, 3, 2] });
        expect(image.shape, `${height}×${width}, kernel ${kernel}`).toEqual([height, width, 3]);
      }
    }
  }
});

test("along a side of 1, kernels have a side of 1", () => {
  const signal = input([12]);
  const maps = convEncoder(asImage(signal, "conv"), { ...SETTINGS, downsampling: "pooling", filters: [4, 5] });
  expect(maps.shape).toEqual([3, 1, 5]);
  // (3·1 + 1)·4 + (3·4 + 1)·5
  expect(model(signal, maps).countParams()).toBe(81);
});

test("batch normalization takes the place of biases", () => {
  const image = input([8, 8, 1]);
  const maps = convEncoder(image, { ...SETTINGS, batchNorm: true, downsampling: "strides", filters: [4] });
  const { layers } = model(image, maps);
  expect(layers.map(({ className }: Layer) => className)).toEqual([
    "InputLayer",
    "Conv2D",
    "BatchNormalization",
    "Activation",
  ]);
  expect(layers[1]!.countParams()).toBe(9 * 4);
});

test("columns are images of one column", () => {
  expect(imageShape("conv", [12])).toEqual([12, 1, 1]);
  expect(imageShape("conv", [8, 9, 3])).toEqual([8, 9, 3]);
  const columns = input([12]);
  expect(asImage(columns, "conv").shape).toEqual([12, 1, 1]);
  expect(asSample(asImage(columns, "conv"), [12]).shape).toEqual([12]);
  const image = input([4, 4, 1]);
  expect(asSample(asImage(image, "conv"), [4, 4, 1])).toBe(image);
});

test("other shapes are named", () => {
  expect(() => imageShape("conv", [3, 4])).toThrow(
    /samples of shape \[3, 4\] came\. Fully connected models, such as "deep"/,
  );
});
