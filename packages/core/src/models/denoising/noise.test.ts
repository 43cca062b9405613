import { expect, test } from "vitest";
import type { Node } from "../../graph/node.ts";
import { inputNode } from "../../ops/leaf.ts";
import { randomNormal, randomUniform } from "../../ops/random.ts";
import { interpret } from "../../ops/testing/interpret.ts";
import { addNoise } from "./noise.ts";
import type { NoiseSettings } from "./noise.ts";

const SIZE = 4000;
const draw = {
  normal: (shape: readonly number[]): Node => randomNormal(shape, { stream: 3 }),
  uniform: (shape: readonly number[]): Node => randomUniform(shape, { stream: 3 }),
};

/** What becomes of values, all the same. */
function noisy(value: number, settings: Omit<NoiseSettings, "levels">, step = 0): Float64Array {
  const x = inputNode("x", [SIZE]);
  const [result] = interpret(
    [addNoise(draw, x, { ...settings, levels: "fixed" })],
    new Map([[x, [new Float64Array(SIZE).fill(value)]]]),
    {
      batch: 1,
      step,
      seed: 9,
    },
  );
  return (result as Float64Array[])[0]!;
}

const mean = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const deviation = (values: Float64Array): number => {
  const centre = mean(values);
  return Math.sqrt(mean(values.map((value) => (value - centre) ** 2)));
};
const share = (values: Float64Array, of: number): number => mean(values.map((value) => (value === of ? 1 : 0)));

// The standard error of a mean of 4,000 values is 1.6 % of their deviation; tolerances are three of it and more.
test("Gaussian noise has its deviation, and leaves the range for nothing", () => {
  const free = noisy(2, { noise: "gaussian", level: 0.3, range: [-9, 9] });
  expect(mean(free)).toBeCloseTo(2, 1);
  expect(Math.abs(deviation(free) - 0.3)).toBeLessThan(0.012);
  const clipped = noisy(0.9, { noise: "gaussian", level: 0.4, range: [0, 1] });
  expect(Math.max(...clipped)).toBe(1);
  expect(Math.min(...clipped)).toBeGreaterThanOrEqual(0);
  // P(ε > 0.25) = 0.401
  expect(Math.abs(share(clipped, 1) - 0.401)).toBeLessThan(0.025);
});

test("speckle grows with the value", () => {
  const range = [-9, 9] as const;
  expect(Math.abs(deviation(noisy(2, { noise: "speckle", level: 0.2, range })) - 0.4)).toBeLessThan(0.015);
  expect(deviation(noisy(0, { noise: "speckle", level: 0.2, range }))).toBe(0);
});

test("masking leaves zeros and else nothing; dropout keeps the mean", () => {
  const range = [0, 1] as const;
  const masked = noisy(0.8, { noise: "masking", level: 0.25, range });
  expect(new Set(masked)).toEqual(new Set([0, 0.8]));
  expect(Math.abs(share(masked, 0) - 0.25)).toBeLessThan(0.025);
  const dropped = noisy(0.8, { noise: "dropout", level: 0.25, range });
  expect(new Set(dropped)).toEqual(new Set([0, 0.8 / 0.75]));
  expect(Math.abs(mean(dropped) - 0.8)).toBeLessThan(0.03);
});

test("salt and pepper are the largest and the smallest value, half and half", () => {
  const values = noisy(0.4, { noise: "salt-and-pepper", level: 0.3, range: [-1, 2] });
  expect(new Set(values)).toEqual(new Set([-1, 0.4, 2]));
  expect(Math.abs(share(values, -1) - 0.15)).toBeLessThan(0.02);
  expect(Math.abs(share(values, 2) - 0.15)).toBeLessThan(0.02);
});

test("each step draws other noise, and the same step the same", () => {
  const settings = { noise: "masking", level: 0.5, range: [0, 1] } as const;
  expect(noisy(1, settings, 0)).toEqual(noisy(1, settings, 0));
  expect(noisy(1, settings, 0)).not.toEqual(noisy(1, settings, 1));
});

test("varied levels reach from none to the level, evenly", () => {
  const x = inputNode("x", [SIZE]);
  const varied = addNoise(
    { normal: draw.normal, uniform: (shape) => randomUniform(shape, { stream: shape.length === 0 ? 4 : 3 }) },
    x,
    { noise: "masking", level: 0.6, levels: "varied", range: [0, 1] },
  );
  const samples = 40;
  const ones = Array.from({ length: samples }, () => new Float64Array(SIZE).fill(1));
  const [results] = interpret([varied], new Map([[x, ones]]), { batch: samples, seed: 9 }) as [Float64Array[]];
  const shares = results.map((values) => share(values, 0));
  expect(Math.min(...shares)).toBeLessThan(0.1);
  expect(Math.max(...shares)).toBeGreaterThan(0.5);
  expect(Math.max(...shares)).toBeLessThan(0.63);
  // The standard error of the mean of 40 even draws from 0 to 0.6 is 0.027.
  expect(Math.abs(mean(Float64Array.from(shares)) - 0.3)).toBeLessThan(0.085);
});
