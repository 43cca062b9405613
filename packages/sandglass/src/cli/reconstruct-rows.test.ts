import { dataset, tables, type AnyDataset, type Dataset } from "@sandglass/core";
import { expect, test } from "vitest";
import { reconstructRows } from "./reconstruct-rows.ts";

const COUNT = 50;
const columns: readonly tables.Column[] = [
  {
    name: "weight",
    type: "number",
    values: Float64Array.from({ length: COUNT }, (_, row) => 0.1 + ((row * 7) % 11) * 3.3),
  },
  { name: "pieces", type: "number", values: Float64Array.from({ length: COUNT }, (_, row) => (row * 3) % 5) },
  { name: "error", type: "text", values: Array.from({ length: COUNT }, (_, row) => (row % 3 === 0 ? "late" : "lost")) },
];
const numbersOf = (column: tables.Column | undefined): number[] => Array.from(column?.values as Float64Array);
const encoder = new tables.TableEncoder(tables.decideColumns(tables.collectStatistics(columns)));
const features = encoder.transform(columns);
const { width } = encoder;

/** Gives back rows whose weight is off by half a standard deviation, and takes row 3 for late instead of lost, or the reverse. */
const model = {
  reconstruct: (data: AnyDataset): Promise<Float32Array> => {
    const { values, count } = data as Dataset;
    const changed = Float32Array.from(values);
    for (let row = 0; row < count; row++) changed[row * width] = (values[row * width] as number) + 0.5;
    const isFirst = values[0] === features[0] && values[1] === features[1];
    if (isFirst && count > 3)
      for (let at = 3 * width + 2; at < 4 * width; at++) changed[at] = 1 - (values[at] as number);
    return Promise.resolve(changed);
  },
};

async function all(pieces: AsyncIterable<readonly tables.Column[]>): Promise<(readonly tables.Column[])[]> {
  const taken = [];
  for await (const piece of pieces) taken.push(piece);
  return taken;
}

test("rows come back in the user's columns and units, with their error and the column it comes from", async () => {
  const reconstructed = reconstructRows(model, dataset("rows", [width], features), encoder);
  const pieces = await all(reconstructed.pieces());
  expect(pieces).toHaveLength(1);
  const [row, weight, pieceCounts, late, error, unusual] = pieces[0]!;
  expect([row!.name, ...numbersOf(row).slice(0, 3)]).toEqual(["row", 1, 2, 3]);
  const [plan] = encoder.preprocessing.columns;
  if (plan?.role !== "number") throw new Error("no number");
  for (let row = 0; row < COUNT; row++) {
    expect(weight!.values[row]).toBeCloseTo((columns[0]!.values[row] as number) + plan.scale / 2, 4);
    // The feature is float32, and what is beyond its digits is not written.
    expect(String(weight!.values[row]).replace(/^0\.|\./u, "").length).toBeLessThanOrEqual(7);
  }
  expect(numbersOf(pieceCounts)).toEqual(numbersOf(columns[1]));
  expect(late!.values[0]).toBe("late");
  expect(late!.values[3]).toBe("lost");
  // The table has a column of that name already.
  expect([late!.name, error!.name, unusual!.name]).toEqual(["error", "error_2", "most_unusual_column"]);
  expect(error!.values[0]).toBeCloseTo(0.25 / width, 6);
  expect([unusual!.values[0], unusual!.values[3]]).toEqual(["weight", "error"]);
  const errors = numbersOf(error);
  expect(reconstructed.mse()).toBeCloseTo(errors.reduce((sum, value) => sum + value, 0) / COUNT, 6);
});

test("rows that lie in a file are read piece by piece, in their order", async () => {
  const size = 2 ** 21 / width;
  const count = size + 10;
  const asked: number[] = [];
  const streamed: AnyDataset = {
    name: "many",
    shape: [width],
    scale: 1,
    count,
    dtype: "float32",
    read: (numbers) => {
      asked.push(numbers[0] as number, numbers.length);
      const values = new Float32Array(numbers.length * width);
      for (const [place, number] of numbers.entries()) values[place * width + 1] = number % 7;
      return Promise.resolve(values);
    },
  };
  const same = { reconstruct: (data: AnyDataset) => Promise.resolve((data as Dataset).values as Float32Array) };
  const pieces = await all(reconstructRows(same, streamed, encoder).pieces());
  expect(asked).toEqual([0, size, size, 10]);
  const [, second] = pieces;
  const plan = encoder.preprocessing.columns[1]!;
  if (plan.role !== "number") throw new Error("no number");
  expect(second![2]!.values[5]).toBe(Math.round(plan.centre + ((size + 5) % 7) * plan.scale));
  expect(second![4]!.values).toHaveLength(10);
  expect(numbersOf(second![0]).slice(0, 2)).toEqual([size + 1, size + 2]);
});

test("rows have the numbers that they have in the file, under a name of their own", async () => {
  const named = columns.map((column, index) => (index === 0 ? { ...column, name: "row" } : column));
  const made = new tables.TableEncoder(tables.decideColumns(tables.collectStatistics(named)));
  const data = dataset("rows", [made.width], made.transform(named));
  const same = { reconstruct: (part: AnyDataset) => Promise.resolve((part as Dataset).values as Float32Array) };
  const [piece] = await all(reconstructRows(same, data, made, { rowNumber: (row) => row + 11 }).pieces());
  expect([piece![0]!.name, piece![1]!.name]).toEqual(["row_2", "row"]);
  expect(numbersOf(piece![0]).slice(0, 2)).toEqual([11, 12]);
});
