import { expect, test } from "vitest";
import { renderStudy } from "./render.ts";
import { gainOf, spreadOf } from "./spread.ts";
import { cellsFor, type Cell } from "./study.ts";
import { ways } from "./ways.ts";

test("the spread is the mean and the standard deviation of the sample", () => {
  expect(spreadOf([2, 4, 6])).toEqual({ mean: 4, deviation: 2 });
  expect(spreadOf([3])).toEqual({ mean: 3, deviation: 0 });
  expect(() => spreadOf([])).toThrow("no mean");
});

test("a gain is judged by the differences of the same seeds", () => {
  // Differences 1, 2, 3, 2, 2: mean 2, deviation √0.5; Student's quantile of 4 degrees of freedom is 2.776.
  const { value, low, high } = gainOf([11, 22, 33, 42, 52], [10, 20, 30, 40, 50]);
  const half = 2.776 * Math.sqrt(0.5 / 5);
  expect(value).toBeCloseTo(2, 12);
  expect([low, high]).toEqual([expect.closeTo(2 - half, 12), expect.closeTo(2 + half, 12)]);
  expect(() => gainOf([1], [1])).toThrow("2 to 10 seeds");
  expect(() => gainOf([1, 2], [1])).toThrow("2 and 1 came");
});

test("the table says where there is a gain, and plainly where there is none", () => {
  const gains: Readonly<Record<string, readonly number[]>> = {
    scratch: [0, 0],
    random: [-0.02, -0.0201],
    frozen: [0.04, 0.0401],
    tuned: [0.1, -0.1],
  };
  const cells = ways.flatMap(({ id }) =>
    (gains[id] ?? []).map((gain, seed): Cell => ({ way: id, labels: 10, seed, accuracy: 0.7 + gain, seconds: 1 })),
  );
  const text = renderStudy({ labelsPerClass: [10], cells });
  expect(text).toContain("| the same network from scratch | 70.0 ± 0.0 % |");
  expect(text).toContain("| the encoder, frozen, and a head | 74.0 ± 0.0 % |");
  expect(text).toMatch(/random −2\.0 \(−2\.\d to −1\.\d\), \*\*a clear loss\*\*/u);
  expect(text).toMatch(/frozen \+4\.0 \(\+[34]\.\d to \+4\.\d\), a clear gain/u);
  expect(text).toMatch(/tuned [+−]0\.0 .*, \*\*no clear gain\*\*/u);
});

test("all that is to be trained: every way with every number of labels and every seed, those that are there left out", () => {
  const all = cellsFor([10, 50], 2, []);
  expect(all).toHaveLength(ways.length * 4);
  const done = { way: "frozen", labels: 50, seed: 2, accuracy: 0.8, seconds: 1 };
  const left = cellsFor([10, 50], 2, [done]);
  expect(left).toHaveLength(all.length - 1);
  expect(left).not.toContainEqual({ way: "frozen", labels: 50, seed: 2 });
});
