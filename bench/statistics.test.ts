import { expect, test } from "vitest";
import { median, medianRatio } from "./statistics.ts";

test("the median is the middle value, or the mean of the two middle ones", () => {
  expect(median([10, 9, 1])).toBe(9);
  expect(median([4, 1, 3, 2])).toBe(2.5);
  expect(() => median([])).toThrow("the median of no values is not defined");
});

test("the median ratio compares what was measured in the same round", () => {
  // The third round was slow for both, which a ratio of medians would not know.
  expect(medianRatio([2, 4, 60], [1, 2, 20])).toBe(2);
});

test("values with fewer rounds are compared by their medians", () => {
  expect(medianRatio([20], [10, 5, 5])).toBe(4);
});
