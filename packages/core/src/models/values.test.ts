import { expect, test } from "vitest";
import { isUnitInterval, rangeOfValues, summarizeValues } from "./values.ts";

test("summarizes values over samples and places", () => {
  // Places 1, 3 and 10, 30: their variances are 1 and 100.
  const { min, max, mean, variance } = summarizeValues(Float32Array.of(1, 10, 3, 30), [2]);
  expect([min, max, mean, variance]).toEqual([1, 30, 11, 50.5]);
});

test("bytes are scaled", () => {
  const summary = summarizeValues({ data: Uint8Array.of(0, 255), shape: [1], scale: 1 / 255 }, [1]);
  expect(summary).toEqual({ min: 0, max: 1, mean: 0.5, variance: 0.25 });
  expect(isUnitInterval(summary)).toBe(true);
  expect(isUnitInterval({ ...summary, max: 1.1 })).toBe(false);
});

test("samples stay from 0 to 1, or where their values are", () => {
  const rangeOf = (...values: number[]): unknown => rangeOfValues(summarizeValues(Float32Array.from(values), [1]));
  expect(rangeOf(0.2, 0.7)).toEqual([0, 1]);
  expect(rangeOf(-0.5, 0.75)).toEqual([-0.5, 0.75]);
  expect(rangeOf(0, 200)).toEqual([0, 200]);
});

test("the variance of equal values is 0, not what rounding leaves", () => {
  for (const value of [3.3, 0.1, 1e6 / 3]) {
    expect(summarizeValues(new Float32Array(7 * 49).fill(value), [7]).variance).toBeGreaterThanOrEqual(0);
  }
  expect(summarizeValues(new Float32Array(7 * 49).fill(3.3), [7]).variance).toBeLessThan(1e-12);
});
