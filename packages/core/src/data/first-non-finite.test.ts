import { expect, test } from "vitest";
import { firstNonFinite } from "./first-non-finite.ts";

test.for([0, 1, 3, 4, 7, 8, 1001])("finds nothing among %d finite values", (length) => {
  expect(firstNonFinite(Float32Array.from({ length }, (_, i) => (i - 3) * 1e35))).toBe(-1);
});

test.for([NaN, Infinity, -Infinity])("finds %d wherever it is", (value) => {
  for (let position = 0; position < 11; position++) {
    const values = new Float32Array(11).fill(-2);
    values[position] = value;
    expect(firstNonFinite(values)).toBe(position);
  }
});

test("finds the first of several", () => {
  expect(firstNonFinite(Float32Array.of(1, 2, 3, 4, 5, Infinity, 7, -Infinity, NaN))).toBe(5);
});
