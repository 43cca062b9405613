import { expect, it } from "vitest";
import { worstError } from "./ulp-error.ts";

const ulps = (expected: number, actual: number, flushed = 0): number =>
  worstError(Float64Array.of(expected), Float32Array.of(actual), flushed).ulps;

it("counts in units of the last place of the expected value", () => {
  expect(ulps(1, 1)).toBe(0);
  expect(ulps(1, 1 + 2 ** -23)).toBe(1);
  expect(ulps(1.5, 1.5 - 3 * 2 ** -23)).toBe(3);
  expect(ulps(-2, -2 + 2 ** -22)).toBe(1);
  expect(ulps(1 + 2 ** -24, 1 + 2 ** -23)).toBe(0.5);
  // Below a power of two the unit is half as large, also where the value rounds up to it.
  expect(ulps(1 - 2 ** -26, 1 - 2 ** -24)).toBe(0.75);
  expect(ulps(2 ** -140, 2 ** -140 + 2 ** -149)).toBe(1);
});

it("tells where the error is largest", () => {
  expect(worstError(Float64Array.of(1, 2, 3), Float32Array.of(1, 2.5, 3), 0).index).toBe(1);
});

it("does not excuse NaN or infinity", () => {
  expect(ulps(NaN, NaN)).toBe(0);
  expect(ulps(1e39, Infinity)).toBe(0);
  expect(ulps(1, NaN)).toBe(Infinity);
  expect(ulps(NaN, 1)).toBe(Infinity);
  expect(ulps(1e39, 3e38)).toBe(Infinity);
  expect(ulps(3e38, Infinity)).toBe(Infinity);
});

it("lets small values be zero where they may", () => {
  expect(ulps(1e-39, 0, 1e-38)).toBe(0);
  expect(ulps(1e-39, 0)).toBeGreaterThan(1e5);
  expect(ulps(1e-39, 1e-30, 1e-38)).toBeGreaterThan(1e5);
});
