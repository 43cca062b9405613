import { expect, test } from "vitest";
import { completeOptions } from "./complete-options.ts";
import { choice, flag, number, sizes, whole } from "./option.ts";
import type { OptionValue } from "./option.ts";

const table = {
  code: whole({ default: undefined, help: "numbers in the code" }),
  layers: whole({ default: 2, max: 50, help: "hidden layers" }),
  beta: number({ default: 1, min: 0, help: "a weight" }),
  share: number({ default: 0.5, min: 0, max: 1, help: "a share" }),
  units: sizes("units of layers"),
  loss: choice(["mse", "bce"], { default: "mse", help: "a loss" }),
  tied: flag("ties weights"),
};

const complete = (given: Readonly<Record<string, OptionValue | undefined>>): unknown =>
  completeOptions("deep", table, given);

test("what is not given is the default, and open where the data decide", () => {
  const defaults = { code: undefined, layers: 2, beta: 1, share: 0.5, units: undefined, loss: "mse", tied: false };
  expect(complete({})).toEqual(defaults);
  expect(complete({ code: undefined, beta: 0, tied: true })).toEqual({ ...defaults, beta: 0, tied: true });
});

test("an unknown option brings the nearest", () => {
  expect(() => complete({ layer: 2 })).toThrow('the model "deep" has no option "layer"; did you mean "layers"?');
});

test.each([
  ["code", 0, "a whole number from 1 on; 0 came"],
  ["code", "32", 'a whole number from 1 on; "32" came'],
  ["layers", 2.5, "a whole number from 1 to 50; 2.5 came"],
  ["beta", -1, "a number from 0 on; -1 came"],
  ["beta", Number.NaN, "a number from 0 on; NaN came"],
  ["beta", Number.POSITIVE_INFINITY, "a number from 0 on; Infinity came"],
  ["share", 1.5, "a number from 0 to 1; 1.5 came"],
  ["units", [], "whole numbers from 1 on; [] came"],
  ["units", [64, 0], "whole numbers from 1 on; [64,0] came"],
  ["loss", "mae", 'one of mse, bce; "mae" came'],
  ["tied", 1, "true or false; 1 came"],
] as const)("%s may not be %j", (name, value, expected) => {
  expect(() => complete({ [name]: value })).toThrow(`${name} of the model "deep" must be ${expected}`);
});
