import { describe, expect, test } from "vitest";
import { cosine, exponential, logarithm, power } from "./elementary-functions.ts";

const relativeError = (actual: number, expected: number): number => Math.abs(actual / expected - 1);

test("logarithm", () => {
  for (const x of [1e-300, 1e-7, 0.3, Math.SQRT1_2, 0.999, 1.001, 1.4, 2, 10, 12_345.678, 1e300]) {
    expect(relativeError(logarithm(x), Math.log(x))).toBeLessThan(1e-14);
  }
  expect(logarithm(1)).toBe(0);
});

test("exponential", () => {
  for (const x of [-700, -20, -1, -0.3466, 1e-9, 0.3466, 1, 20, 700]) {
    expect(relativeError(exponential(x), Math.exp(x))).toBeLessThan(1e-13);
  }
  expect(exponential(0)).toBe(1);
});

describe("power", () => {
  test("of any numbers", () => {
    for (const [x, y] of [
      [0.5, 0.1],
      [0.96, 1234.5],
      [2, -0.5],
      [1.5, 7],
      [1e-3, 2.5],
    ] as const) {
      expect(relativeError(power(x, y), x ** y)).toBeLessThan(1e-13);
    }
  });

  test("at the ends", () => {
    expect([power(0, 0), power(0, 0.5), power(0, 2), power(1, 0.3)]).toEqual([1, 0, 0, 1]);
  });
});

test("cosine", () => {
  for (let x = 0; x <= 3.2; x += 0.01) expect(Math.abs(cosine(x) - Math.cos(x))).toBeLessThan(2e-15);
});
