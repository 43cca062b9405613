import type { tables } from "@sandglass/core";
import { expect, test } from "vitest";
import { columnTable } from "./column-table.ts";
import { sampleRows } from "./sampled-rows.ts";

/** Each cell says its row. */
function columnsOf(count: number): tables.Column[] {
  const rows = Array.from({ length: count }, (_, row) => row);
  return [
    { name: "number", type: "number", values: Float64Array.from(rows, (row) => (row % 7 === 0 ? NaN : row)) },
    { name: "text", type: "text", values: rows.map((row) => (row % 5 === 0 ? undefined : `row ${row}`)) },
    { name: "date", type: "date", values: Float64Array.from(rows, (row) => (row % 3 === 0 ? NaN : row * 1000)) },
  ];
}

test("small tables are read whole, with dates in milliseconds and what is missing", async () => {
  const columns = columnsOf(3000);
  const table = await columnTable("made", columns);
  const sample = await sampleRows(table, 1);
  expect(table.count).toBe(3000);
  expect([...sample.numbers.slice(0, 3), sample.numbers.at(-1)]).toEqual([1, 2, 3, 3000]);
  expect(sample.columns).toEqual(columns);
  await table.close();
});

test("of large ones random rows are read, the same for the same seed, ascending and from all over the table", async () => {
  const columns = columnsOf(50_000);
  const table = await columnTable("made", columns);
  const sample = await sampleRows(table, 1);
  const { numbers } = sample;
  expect(numbers).toHaveLength(20_000);
  expect(numbers).toEqual(Uint32Array.from(new Set(numbers)).toSorted());
  expect(numbers.reduce((sum, number) => sum + number / numbers.length, 0)).toBeCloseTo(25_000, -3);
  for (const place of [0, 10_000, 19_999]) {
    const row = (numbers[place] as number) - 1;
    expect(sample.columns.map(({ values }) => values[place])).toEqual(columns.map(({ values }) => values[row]));
  }
  expect(await sampleRows(table, 1)).toEqual(sample);
  expect((await sampleRows(table, 2)).numbers).not.toEqual(numbers);
  await table.close();
});
