import { expect, test } from "vitest";
import { interpret } from "../../ops/testing/interpret.ts";
import { inputNode } from "../../ops/leaf.ts";
import { negativeLogLikelihood } from "./likelihood.ts";
import type { LikelihoodSettings } from "./likelihood.ts";

const target = [
  [0, 1, 0.25],
  [0.5, 1, 1],
];
const reconstruction = [
  [0.1, 0.8, 0.5],
  [0.7, 0.9, 0.4],
];

/** Of the two samples, in float64. */
function computed(settings: LikelihoodSettings): number[] {
  const [t, r, share] = [inputNode("t", [3]), inputNode("r", [3]), inputNode("share", [])];
  const feeds = new Map([
    [t, target.map((values) => Float64Array.from(values))],
    [r, reconstruction.map((values) => Float64Array.from(values))],
    [share, [Float64Array.of(0.5), Float64Array.of(0.5)]],
  ]);
  const [result] = interpret([negativeLogLikelihood(settings, t, r, share)], feeds, { batch: 2 });
  return (result as Float64Array[]).map(([value]) => value as number);
}

/** −log of a density, summed over the values of each sample. */
function expected(density: (x: number, y: number) => number): number[] {
  return target.map((values, sample) =>
    values.reduce((sum, x, place) => sum - Math.log(density(x, reconstruction[sample]![place]!)), 0),
  );
}

const normalDensity = (sigma: number) => (x: number, y: number) =>
  Math.exp(-((x - y) ** 2) / (2 * sigma ** 2)) / (sigma * Math.sqrt(2 * Math.PI));
const laplaceDensity = (scale: number) => (x: number, y: number) => Math.exp(-Math.abs(x - y) / scale) / (2 * scale);

function expectClose(values: readonly number[], others: readonly number[]): void {
  for (const [index, value] of values.entries()) expect(value).toBeCloseTo(others[index]!, 5);
}

test("bce is that of a Bernoulli distribution", () => {
  const bernoulli = expected((x, y) => y ** x * (1 - y) ** (1 - x));
  expectClose(computed({ loss: "bce", sigma: undefined }), bernoulli);
});

test.each([0.1, 0.5, 2])("mse and mae are those of Gaussians and Laplacians of the scale %f", (sigma) => {
  expectClose(computed({ loss: "mse", sigma }), expected(normalDensity(sigma)));
  expectClose(computed({ loss: "mae", sigma }), expected(laplaceDensity(sigma)));
});

test("an open scale is the likeliest for the batch", () => {
  const errors = target.flatMap((values, sample) => values.map((x, place) => x - reconstruction[sample]![place]!));
  const deviation = Math.sqrt(errors.reduce((sum, error) => sum + error ** 2, 0) / errors.length);
  const width = errors.reduce((sum, error) => sum + Math.abs(error), 0) / errors.length;
  expectClose(computed({ loss: "mse", sigma: undefined }), expected(normalDensity(deviation)));
  expectClose(computed({ loss: "mae", sigma: undefined }), expected(laplaceDensity(width)));

  const total = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);
  for (const factor of [0.9, 1.1]) {
    expect(total(expected(normalDensity(deviation * factor)))).toBeGreaterThan(
      total(computed({ loss: "mse", sigma: undefined })),
    );
  }
});
