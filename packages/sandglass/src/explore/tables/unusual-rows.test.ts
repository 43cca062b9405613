import { Device, RandomStream, tables } from "@sandglass/core";
import { afterAll, expect, test } from "vitest";
import { findUnusualRows } from "./unusual-rows.ts";

const device = await Device.create({ threads: 1 });
afterAll(() => device.dispose());
const options = { seed: 1, device, signal: new AbortController().signal };

const COUNT = 400;
const PLANTED = 77;

function madeColumns(): tables.Column[] {
  const random = new RandomStream(3);
  const size = Float64Array.from({ length: COUNT }, () => random.uniform(0, 10));
  return [
    { name: "size", type: "number", values: size },
    { name: "weight", type: "number", values: size.map((value) => 1000 + 50 * value + random.uniform(-15, 15)) },
    { name: "length", type: "number", values: size.map((value) => 3 * value + random.uniform(-1, 1)) },
    { name: "price", type: "number", values: size.map((value) => 20 - value + random.uniform(-0.3, 0.3)) },
    { name: "town", type: "text", values: Array.from(size, () => (random.chance(0.5) ? "Oslo" : "Rome")) },
  ];
}

test("a value that is usual in itself is found when it does not go with the others, with what was to be expected", async () => {
  const columns = madeColumns();
  // All of a large one, but for the weight of a small one.
  for (const [index, value] of [9, 1050, 27, 11].entries()) {
    (columns[index] as tables.NumberColumn).values[PLANTED] = value;
  }
  const encoder = new tables.TableEncoder(tables.decideColumns(tables.collectStatistics(columns)));
  const found = await findUnusualRows(columns, encoder, options);
  expect(found?.far).toBeGreaterThanOrEqual(1);
  expect(found?.worst).toHaveLength(12);
  const [first] = found!.worst;
  expect(first?.place).toBe(PLANTED);
  expect(first!.error / found!.usualError).toBeGreaterThan(10);
  const weight = first?.values.find(({ column }) => column === "weight");
  expect(weight?.value).toBe(1050);
  expect(weight?.expected).toBeGreaterThan(1250);
  expect(first!.values.reduce((sum, { share }) => sum + share, 0)).toBeLessThanOrEqual(1.000001);
  expect(found!.worst.map(({ error }) => error)).toEqual(
    found!.worst.map(({ error }) => error).toSorted((a, b) => b - a),
  );
});

test("the same seed finds the same rows", async () => {
  const columns = madeColumns();
  const encoder = new tables.TableEncoder(tables.decideColumns(tables.collectStatistics(columns)));
  expect(await findUnusualRows(columns, encoder, options)).toEqual(await findUnusualRows(columns, encoder, options));
});

test("of few rows nothing is said", async () => {
  const columns = madeColumns().map((column) => ({ ...column, values: column.values.slice(0, 23) }) as tables.Column);
  const encoder = new tables.TableEncoder(tables.decideColumns(tables.collectStatistics(columns)));
  expect(await findUnusualRows(columns, encoder, options)).toBeUndefined();
});
