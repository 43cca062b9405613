import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { RandomStream, tables } from "@sandglass/core";
import { afterAll, expect, test } from "vitest";
import { Database } from "./database.ts";
import { openTable } from "./open-table.ts";
import { readColumns } from "./read-columns.ts";
import { rowNumbers } from "./row-numbers.ts";
import { ROWS, type Table } from "./table.ts";
import { tableStatistics } from "./table-statistics.ts";

const folder = mkdtempSync(join(tmpdir(), "sandglass-statistics-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A table of all types with missing values, as text. */
function writeMixed(path: string, count: number): void {
  const random = new RandomStream(5);
  const lines = ["price,pieces,city,when,same,account,tiny"];
  for (let row = 0; row < count; row++) {
    const price = random.chance(0.1) ? "NA" : random.uniform(-20, 80).toFixed(3);
    const pieces = random.integer(30);
    const city = random.chance(0.05) ? "" : random.pick(["Paris", "Paris", "Rome", "Oslo", "Łódź", "Bern"]);
    const day = 1 + random.integer(28);
    lines.push(
      `${price},${pieces},${city},2021-0${1 + (row % 9)}-${String(day).padStart(2, "0")} 0${row % 10}:30:00,7,a${row},${1e9 + row * 1e-4}`,
    );
  }
  writeFileSync(path, lines.join("\n"));
}

/** Statistics with their sums to 10 digits. */
function rounded(one: tables.ColumnStatistics): unknown {
  return one.type === "text" ? one : { ...one, mean: one.mean.toPrecision(10), std: one.std.toPrecision(10) };
}

test("statistics are those that are computed in memory, of all rows and of some", async () => {
  const path = join(folder, "mixed.csv");
  writeMixed(path, 700);
  const table = await openTable(path);
  const columns = await readColumns(table, 0, table.count);
  for (const rows of [undefined, Uint32Array.from({ length: 200 }, (_, index) => 3 * index + 1)]) {
    const expected = tables.collectStatistics(columns, { rows });
    const found = await tableStatistics(table, { rows });
    expect(found.map(({ name, type }) => [name, type])).toEqual([
      ["price", "number"],
      ["pieces", "number"],
      ["city", "text"],
      ["when", "date"],
      ["same", "number"],
      ["account", "text"],
      ["tiny", "number"],
    ]);
    // The order of the sums differs.
    expect(found.map(rounded)).toEqual(expected.map(rounded));
  }
  await table.close();
});

test("values beyond the range of floats have a spread all the same", async () => {
  const path = join(folder, "huge.csv");
  writeFileSync(path, "a,b,c\n1e308,1e300,\n-1e308,-1e300,\n0,0,\n");
  const table = await openTable(path);
  const [a, b, c] = await tableStatistics(table);
  expect(a).toMatchObject({ min: -1e308, max: 1e308, median: 0, mean: 0, std: Infinity });
  expect(b).toMatchObject({ mean: 0, missing: 0 });
  expect((b as tables.NumberStatistics).std).toBeCloseTo(1e300 * Math.sqrt(2 / 3), -290);
  expect(c).toMatchObject({ type: "text", count: 3, missing: 3, distinct: 0, frequent: [], meanLength: 0 });
  await table.close();
});

test("different values of millions of rows are counted, not estimated", async () => {
  const database = await Database.open();
  await database.run(`CREATE TABLE ${ROWS} AS SELECT (range * 7)::DOUBLE AS c0 FROM range(2100000)`);
  const table: Table = {
    name: "many",
    files: [],
    columns: [{ name: "n", type: "number", sqlType: "DOUBLE" }],
    count: 2_100_000,
    rowNumber: rowNumbers(),
    notes: [],
    database,
    close: () => database.close(),
  };
  expect(await tableStatistics(table)).toMatchObject([{ count: 2_100_000, distinct: 2_100_000, missing: 0 }]);
  await table.close();
});
