import { describe, expect, test } from "vitest";
import { RandomBits } from "./random-bits.ts";
import { symmetricBeta } from "./symmetric-beta.ts";

function draws(alpha: number, count: number): number[] {
  const bits = new RandomBits(17);
  let index = 0;
  return Array.from({ length: count }, () => symmetricBeta(alpha, () => bits.fraction(index++)));
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

describe("symmetricBeta", () => {
  // Moments of Beta(α, α): the mean is 1/2, the variance 1 / (4(2α + 1)), the fourth central moment 3 / (16(2α + 1)(2α + 3)).
  test.each([1, 0.5, 0.2, 0.02])("has the moments of Beta(%d, %d)", (alpha) => {
    const count = 20_000;
    const values = draws(alpha, count);
    expect(Math.min(...values)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...values)).toBeLessThanOrEqual(1);
    const variance = 1 / (4 * (2 * alpha + 1));
    const fourth = 3 / (16 * (2 * alpha + 1) * (2 * alpha + 3));
    // Four standard deviations of either estimate.
    expect(Math.abs(mean(values) - 0.5)).toBeLessThan(4 * Math.sqrt(variance / count));
    const squares = values.map((value) => (value - 0.5) ** 2);
    expect(Math.abs(mean(squares) - variance)).toBeLessThan(4 * Math.sqrt((fourth - variance ** 2) / count));
  });

  test("is 0 or 1 rather than NaN where both powers are too small for float64", () => {
    const values = draws(1e-4, 200);
    expect(values.every(Number.isFinite)).toBe(true);
    expect(values.filter((value) => value < 1e-6 || value > 1 - 1e-6).length).toBeGreaterThan(190);
  });
});
