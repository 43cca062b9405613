import { expect, test } from "vitest";
import { dataset } from "../../data/dataset.ts";
import type { Dataset } from "../../data/dataset.ts";
import { givenBack } from "./copying.ts";
import { scrambled } from "./scrambled.ts";

/** Both columns are the same number. */
const pairs = dataset(
  "pairs",
  [2],
  Uint8Array.from({ length: 2000 }, (_, index) => Math.floor(index / 2) % 100),
  { scale: 0.01 },
);

test("scrambled samples keep each place's values and lose what ties places together", () => {
  const { values, count, shape } = scrambled(pairs, 1);
  expect([count, shape]).toEqual([1000, [2]]);
  const correlation = (values: ArrayLike<number>): number => {
    let [xy, xx, yy] = [0, 0, 0];
    for (let at = 0; at < values.length; at += 2) {
      const [x, y] = [values[at]! - 0.495, values[at + 1]! - 0.495];
      [xy, xx, yy] = [xy + x * y, xx + x * x, yy + y * y];
    }
    return xy / Math.sqrt(xx * yy);
  };
  expect(correlation(Array.from(pairs.values, (value) => value / 100))).toBeCloseTo(1, 10);
  expect(Math.abs(correlation(values))).toBeLessThan(0.08);
  const mean = [...values].reduce((sum, value) => sum + value, 0) / values.length;
  expect(mean).toBeCloseTo(0.495, 1);
  expect(scrambled(pairs, 1).values).toEqual(values);
  expect(scrambled(pairs, 2).values).not.toEqual(values);
});

test("a copier gives back everything, the mean of both columns only what is alike in both", async () => {
  const copier = ({ values, scale }: Dataset): Promise<Float32Array> =>
    Promise.resolve(Float32Array.from(values, (value) => value * scale));
  const copies = await givenBack(pairs, copier);
  expect(copies.samples).toBeCloseTo(1, 12);
  expect(copies.scrambled).toBeCloseTo(1, 12);
  const average = ({ values, scale }: Dataset): Promise<Float32Array> =>
    Promise.resolve(
      Float32Array.from(values, (_, at) => ((values[at - (at % 2)]! + values[at - (at % 2) + 1]!) / 2) * scale),
    );
  const shares = await givenBack(pairs, average);
  expect(shares.samples).toBeCloseTo(1, 6);
  // The mean of two independent columns misses half of their variance.
  expect(shares.scrambled).toBeCloseTo(0.5, 1);
});
