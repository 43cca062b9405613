import { RandomStream, type tables } from "@sandglass/core";
import { expect, test } from "vitest";
import { correlation, findCorrelatedPairs } from "./correlated-pairs.ts";
import { ranksOf } from "./ranks.ts";

const random = new RandomStream(4);
const values = Float64Array.from({ length: 500 }, () => random.uniform(-1, 1));
const column = (name: string, of: Float64Array): tables.NumberColumn => ({ name, type: "number", values: of });

test("equal values share the mean of their places, and missing ones have none", () => {
  expect([...ranksOf(Float64Array.of(5, 1, NaN, 5, 3, 5))]).toEqual([4, 1, NaN, 4, 2, 4]);
  expect([...ranksOf(Float64Array.of())]).toEqual([]);
});

test("correlations are those of the rows in which both have values, to the last digits beside large means", () => {
  const other = values.map((value, row) => (row % 2 === 0 ? NaN : 1e9 - 2 * value));
  expect(correlation(values, other)).toBeCloseTo(-1, 6);
  // By hand: covariance 2 and variances 2 and 14/3 of −1, 0, 1 and −2, −1, 3, twenty times over.
  const [a, b] = [
    Array.from({ length: 20 }, () => [-1, 0, 1]).flat(),
    Array.from({ length: 20 }, () => [-2, -1, 3]).flat(),
  ];
  expect(correlation(Float64Array.from(a), Float64Array.from(b))).toBeCloseTo(5 / Math.sqrt(2 * 14), 12);
});

test("nothing is said of few rows, of constants and of what is missing", () => {
  expect(correlation(values.subarray(0, 19), values.subarray(0, 19))).toBe(0);
  expect(
    correlation(
      values,
      values.map(() => 3),
    ),
  ).toBe(0);
  expect(
    correlation(
      values,
      values.map(() => NaN),
    ),
  ).toBe(0);
});

test("pairs are those of nearly perfect correlation, of values or of ranks, of either sign", () => {
  const found = findCorrelatedPairs([
    column("a", values),
    column(
      "noise",
      values.map(() => random.uniform(0, 1)),
    ),
    column(
      "falls",
      values.map((value) => 7 - 3 * value),
    ),
    column(
      "grows",
      values.map((value) => Math.exp(6 * value)),
    ),
    column(
      "gaps",
      values.map((value, row) => (row % 3 === 0 ? NaN : value + random.uniform(-0.01, 0.01))),
    ),
  ]);
  expect(found.map(({ one, other }) => `${one} ${other}`).toSorted()).toEqual(
    ["a falls", "a gaps", "a grows", "falls gaps", "falls grows", "grows gaps"].toSorted(),
  );
  expect(found.find(({ one, other }) => one === "a" && other === "falls")).toMatchObject({
    pearson: expect.closeTo(-1, 9) as number,
    spearman: expect.closeTo(-1, 9) as number,
  });
  const grows = found.find(({ one, other }) => one === "a" && other === "grows");
  expect(grows!.spearman).toBeCloseTo(1, 9);
  expect(grows!.pearson).toBeLessThan(0.9);
});
