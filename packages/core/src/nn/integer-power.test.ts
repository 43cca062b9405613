import { expect, test } from "vitest";
import { integerPower } from "./integer-power.ts";

test("integerPower multiplies", () => {
  expect(integerPower(3, 5)).toBe(243);
  expect(integerPower(0.5, 0)).toBe(1);
  expect(integerPower(0.999, 1000)).toBeCloseTo(0.999 ** 1000, 14);
});
