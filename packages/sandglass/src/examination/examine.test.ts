import { dataset } from "@sandglass/core";
import { expect, test } from "vitest";
import { caveatOf, examine } from "./examine.ts";

test("errors and the variance that is kept are those of the definition", async () => {
  const model = { reconstruct: () => Promise.resolve(Float32Array.of(0.5, 0, -0.5, 1, 0.5, -1, -0.5, 0)) };
  const data = dataset("points", [2], Float32Array.of(1, 0, -1, 2, 1, -2, -1, 0));
  const { errors, mse, explainedVariance } = await examine(model, data);
  // Half of each value is missing: (1/4 + 0)/2, (1/4 + 1)/2, …
  expect([...errors]).toEqual([0.125, 0.625, 0.625, 0.125]);
  expect(mse).toBe(0.375);
  // Variances 1 and 2 around means of 0: 1 − 0.375/1.5
  expect(explainedVariance).toBeCloseTo(0.75, 12);
});

test.each([
  ["whole numbers", 2, [0, 3, 1, 0]],
  [undefined, 2, [0, 0.5, 1, 0]],
  // A code that has died is not one of whole numbers.
  [undefined, 2, [0, 0, 0, 0]],
  ["large code", 3, [0.1, 0.2, 0.3, 0.4, 0.5, 0.6]],
] as const)("%s: a code of %d numbers, %j, beside PCA's", async (caveat, codeSize, codes) => {
  const data = dataset("points", [6], new Float32Array(12).fill(1));
  const model = { encode: () => Promise.resolve(Float32Array.from(codes)) };
  expect(await caveatOf(model, { data }, codeSize)).toBe(caveat);
});
