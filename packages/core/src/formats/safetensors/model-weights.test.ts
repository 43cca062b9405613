import { beforeEach, describe, expect, test } from "vitest";
import { conv2d, dense, flatten } from "../../nn/layers/index.ts";
import { input } from "../../nn/layers/input-layer.ts";
import { model } from "../../nn/model/functional.ts";
import type { Model } from "../../nn/model/model.ts";
import { resetNames } from "../../nn/names.ts";
import { setRandomSeed } from "../../nn/random/session-seed.ts";
import {
  loadWeightsSafetensors,
  readSafetensors,
  SafetensorsError,
  saveWeightsSafetensors,
  writeSafetensors,
} from "./index.ts";

beforeEach(resetNames);

/** Two models with a layer of the same name each, and a third of both. */
function build(seed: number, units = 3): Model {
  resetNames();
  setRandomSeed(seed);
  const image = input([4, 4, 1], { name: "image" });
  const encoder = model(image, dense(2, { name: "last" })(flatten()(conv2d(2, 3)(image))), { name: "encoder" });
  const code = input([2], { name: "code" });
  const decoder = model(code, dense(units, { name: "last", useBias: false })(code), { name: "decoder" });
  return model(image, decoder(encoder(image)), { name: "whole" });
}

test("a model's weights go to a file and back, under the variables' paths", () => {
  const source = build(1);
  const file = saveWeightsSafetensors(source, { note: "first" });
  const { tensors, metadata } = readSafetensors(file);
  expect(metadata).toEqual({ note: "first" });
  expect([...tensors].map(([name, { shape }]) => `${name} [${shape.join(", ")}]`)).toEqual([
    "conv2d/bias [2]",
    "conv2d/kernel [3, 3, 1, 2]",
    "last/bias [2]",
    "last/kernel [8, 2]",
    "last/kernel_1 [2, 3]",
  ]);
  const target = build(2);
  expect(target.getWeights()).not.toEqual(source.getWeights());
  loadWeightsSafetensors(target, file);
  expect(target.getWeights()).toEqual(source.getWeights());
});

describe("refused, and nothing is changed", () => {
  function expectRefused(file: Uint8Array, message: RegExp): void {
    const target = build(2);
    const before = target.getWeights();
    expect(() => loadWeightsSafetensors(target, file)).toThrow(SafetensorsError);
    expect(() => loadWeightsSafetensors(target, file)).toThrow(message);
    expect(target.getWeights()).toEqual(before);
  }

  test("missing weights", () => {
    const { tensors } = readSafetensors(saveWeightsSafetensors(build(1)));
    const fewer = new Map([...tensors].filter(([name]) => name !== "last/bias"));
    expectRefused(
      writeSafetensors(fewer),
      /the file has no "last\/bias", \[2\], which model "whole" needs; it has 4 tensors: conv2d/,
    );
  });

  test("unknown weights", () => {
    const { tensors } = readSafetensors(saveWeightsSafetensors(build(1)));
    const more = new Map([...tensors, ["conv2d/kernal", { shape: [], data: new Float32Array(1) }] as const]);
    expectRefused(
      writeSafetensors(more),
      /model "whole" has no weights "conv2d\/kernal"; did you mean "conv2d\/kernel"\?/,
    );
  });

  test("weights of another shape", () => {
    expectRefused(
      saveWeightsSafetensors(build(1, 5)),
      /"last\/kernel_1" has the shape \[2, 5\] in the file, and model "whole" needs \[2, 3\]/,
    );
  });
});
