import { describe, expect, test } from "vitest";
import { formatNumber, formatTemplate } from "./python-template.ts";

// The expected texts are those of Python 3.11.
describe("formatNumber", () => {
  test.each([
    [1.5, ".1", "2e+00"],
    [15, ".2", "1.5e+01"],
    [15, ".3", "15.0"],
    [1, ".1", "1e+00"],
    [1e-5, ".2", "1e-05"],
    [123_456, ".6", "1.23456e+05"],
    [123_456, ".7", "123456.0"],
    [0, ".3", "0.0"],
    [0, "g", "0"],
    [100_000, "g", "100000"],
    [1_000_000, "g", "1e+06"],
    [-0, ".1f", "-0.0"],
    [1.5, "+08.2f", "+0001.50"],
    [1.5, "=8", "     1.5"],
    [1.5, "*=+8", "+****1.5"],
    [Number.NaN, ".2f", "nan"],
    [Infinity, "G", "INF"],
    [0.5, "%", "50.000000%"],
    [1, "^9", "   1.0   "],
  ])("of the float %j with %j is %j", (float, spec, text) => expect(formatNumber({ float }, spec)).toBe(text));

  test.each([
    [5, "02d", "05"],
    [5, "", "5"],
    [-5, "04d", "-005"],
    [5, "<4", "5   "],
    [5, ".1f", "5.0"],
    [5, "%", "500.000000%"],
    [5, "g", "5"],
  ])("of the int %j with %j is %j", (int, spec, text) => expect(formatNumber({ int }, spec)).toBe(text));

  test.each([
    [{ float: 1.5 }, "02d", '"02d" is no format of a fraction'],
    [{ int: 1 }, ".2d", '".2d" is no format of a whole number'],
    [{ float: 1 }, "s", '"s" is no format of a number; use such as {epoch:02d}'],
    [{ float: 1 }, "4.f", '"4.f" is no format of a number'],
  ])("of %j refuses %j", (value, spec, message) => expect(() => formatNumber(value, spec)).toThrow(message));
});

describe("formatTemplate", () => {
  test("fills placeholders and keeps doubled braces", () => {
    expect(formatTemplate("{a}-{b:.1f}{{{a}}}", { a: { int: 3 }, b: { float: 0.25 } })).toBe("3-0.2{3}");
  });

  test("says what is wrong", () => {
    const known = { epoch: { int: 1 }, loss: { float: 2 } };
    expect(() => formatTemplate("{val_loss:.2f}", known)).toThrow(
      '"{val_loss:.2f}" asks for {val_loss}, which is not known; known are epoch, loss',
    );
    expect(() => formatTemplate("{constructor}", known)).toThrow("asks for {constructor}");
    for (const template of ["{epoch", "epoch}", "{ep{och}"]) {
      expect(() => formatTemplate(template, known)).toThrow("has no partner; write {{ or }} for a brace");
    }
  });
});
