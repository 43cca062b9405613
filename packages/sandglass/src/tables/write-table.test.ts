import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { tables } from "@sandglass/core";
import { expect, test } from "vitest";
import { openTable } from "./open-table.ts";
import { readColumns } from "./read-columns.ts";
import { tableFiles } from "./testing/table-files.ts";
import { writeTable } from "./write-table.ts";

const file = tableFiles();

const columns: readonly tables.Column[] = [
  { name: 'it\'s "1"', type: "number", values: Float64Array.of(1.25, NaN, 1e-7) },
  { name: "pieces", type: "number", values: Float64Array.of(3, 4, NaN) },
  { name: "city", type: "text", values: ['Łódź; "x"', undefined, "line\nend"] },
  { name: "day", type: "date", values: Float64Array.of(Date.UTC(2021, 2, 5), NaN, Date.UTC(1950, 0, 1)) },
  { name: "when", type: "date", values: Float64Array.of(Date.UTC(2021, 2, 5, 6, 7, 8, 9), NaN, 0) },
  { name: "time", type: "date", values: Float64Array.of(3_600_000, 60_000, NaN) },
];

test.each(["csv", "csv.gz", "tsv", "parquet", "json", "ndjson.gz"])(
  "a .%s file holds what was written",
  async (extension) => {
    const path = file(`there.${extension}`, "what was there before");
    await writeTable(path, columns);
    const table = await openTable(path);
    expect(await readColumns(table, 0, table.count)).toEqual(columns);
    await table.close();
    expect(readdirSync(dirname(path)).filter((name) => name.endsWith(".part"))).toEqual([]);
  },
);

test("cells are written as people write them, pieces one below the other", async () => {
  const path = file("pieces.csv", "");
  async function* pieces(): AsyncGenerator<readonly tables.Column[]> {
    yield columns.slice(1, 5);
    yield await Promise.resolve(columns.slice(1, 5));
  }
  await writeTable(path, pieces());
  const lines = [
    '3,"Łódź; ""x""",2021-03-05,2021-03-05 06:07:08.009',
    "4,,,",
    ',"line\nend",1950-01-01,1970-01-01 00:00:00',
  ];
  expect(readFileSync(path, "utf8")).toBe(["pieces,city,day,when", ...lines, ...lines, ""].join("\n"));
});

test("other formats are refused before anything is written", async () => {
  const folder = dirname(file("x", ""));
  await expect(writeTable(join(folder, "new", "a.xlsx"), columns)).rejects.toThrow("says no format");
  await expect(writeTable(join(folder, "a.parquet.gz"), columns)).rejects.toThrow("says no format");
  expect(readdirSync(folder)).not.toContain("new");
});
