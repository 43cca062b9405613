import { describe, expect, test } from "vitest";
import { formatExponential, formatFixed, reprFloat } from "./python-number.ts";

// The expected texts are those of Python 3.11.
describe("formatFixed", () => {
  test.each([
    [0.125, 2, "0.12"],
    [0.375, 2, "0.38"],
    [2.5, 0, "2"],
    [-0.5, 0, "-0"],
    [0.15, 1, "0.1"],
    [1234.56789, 4, "1234.5679"],
    [1e22, 1, "10000000000000000000000.0"],
    [1e-7, 4, "0.0000"],
    [Number.NaN, 4, "nan"],
    [-Infinity, 4, "-inf"],
  ])("%j with %j digits is %j", (value, digits, text) => expect(formatFixed(value, digits)).toBe(text));
});

describe("formatExponential", () => {
  test.each([
    [0.000_123_45, 4, "1.2345e-04"],
    [12.5, 1, "1.2e+01"],
    [13.5, 1, "1.4e+01"],
    [0, 4, "0.0000e+00"],
    [1.5e-120, 0, "2e-120"],
    [9.5, 0, "1e+01"],
    [Infinity, 2, "inf"],
  ])("%j with %j digits is %j", (value, digits, text) => expect(formatExponential(value, digits)).toBe(text));
});

describe("reprFloat", () => {
  test.each([
    [1, "1.0"],
    [0.1, "0.1"],
    [-0, "-0.0"],
    [Math.fround(0.1), "0.10000000149011612"],
    [0.0001, "0.0001"],
    [0.000_012_5, "1.25e-05"],
    [1e15, "1000000000000000.0"],
    [1e16, "1e+16"],
    [-1.5e-300, "-1.5e-300"],
    [Number.NaN, "nan"],
  ])("of %j is %j", (value, text) => expect(reprFloat(value)).toBe(text));
});
