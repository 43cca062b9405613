import { expect, test } from "vitest";
import { expandBraces } from "./expand-braces.ts";

test.each([
  ["a.csv", ["a.csv"]],
  ["{a,b}.csv", ["a.csv", "b.csv"]],
  ["{a,b}/{1,2}*.csv", ["a/1*.csv", "a/2*.csv", "b/1*.csv", "b/2*.csv"]],
  ["{a,b{1,2}}.csv", ["a.csv", "b1.csv", "a.csv", "b2.csv"]],
  ["{a}.csv{", ["{a}.csv{"]],
])("%s", (pattern, expected) => {
  expect(expandBraces(pattern)).toEqual(expected);
});
