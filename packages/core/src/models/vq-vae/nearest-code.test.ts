import { expect, test } from "vitest";
import { input } from "../../nn/layers/input-layer.ts";
import { model } from "../../nn/model/functional.ts";
import { useDefaultDevice } from "../../nn/testing/default-device.ts";
import { uniformNumbers } from "../../ops/testing/values.ts";
import {
  largestOnly,
  MOST_CODES,
  numbersOfOneHot,
  oneHotOfNumbers,
  similarityLayer,
  similarityWeights,
} from "./nearest-code.ts";

useDefaultDevice(1);

test.each([1e-6, 2, 1e7])("finds the nearest of some vectors of numbers up to %d", async (most) => {
  const [count, dim, samples] = [50, 3, 40];
  const next = uniformNumbers(7, -most, most);
  const vectors = Float32Array.from({ length: count * dim }, next);
  const x = Float32Array.from({ length: samples * dim }, next);
  const given = input([dim]);
  const layer = similarityLayer(count, "similarity");
  const found = model(given, numbersOfOneHot(largestOnly(layer(given))));
  layer.setWeights(similarityWeights(vectors, dim));

  const nearest = Array.from({ length: samples }, (_, sample) => {
    const distances = Array.from({ length: count }, (__, vector) =>
      [0, 1, 2].reduce((sum, place) => sum + (x[sample * dim + place]! - vectors[vector * dim + place]!) ** 2, 0),
    );
    return distances.indexOf(Math.min(...distances));
  });
  expect([...(await found.predict(x))]).toEqual(nearest);
  await found.dispose();
});

test("the one-hot vectors of numbers are exact, and come back as the numbers, up to the most codes", async () => {
  const numbers = input([2]);
  const oneHot = oneHotOfNumbers(numbers, MOST_CODES);
  const [there, back] = [model(numbers, oneHot), model(numbers, numbersOfOneHot(oneHot))];
  const pairs = [0, 1, 2, 511, 512, 2047, 4093, 4094, MOST_CODES - 2, MOST_CODES - 1];
  const rows = await there.predict(Float32Array.from(pairs));
  for (const [row, number] of pairs.entries()) {
    const vector = rows.subarray(row * MOST_CODES, (row + 1) * MOST_CODES);
    expect(vector[number]).toBe(1);
    expect(vector.reduce((sum, value) => sum + value, 0)).toBe(1);
  }
  expect([...(await back.predict(Float32Array.from(pairs)))]).toEqual(pairs);
  for (const made of [there, back]) await made.dispose();
});
