// What the user says of how a text is written counts, whatever it looks like.
import { expect, test } from "vitest";
import { openTable, type OpenTableOptions } from "../open-table.ts";
import { readColumns } from "../read-columns.ts";
import { csvLines, tableFiles } from "../testing/table-files.ts";

const file = tableFiles();

async function read(path: string, csv: OpenTableOptions["csv"]): Promise<Record<string, unknown[]>> {
  const table = await openTable(path, { csv });
  try {
    const columns = await readColumns(table, 0, table.count);
    return Object.fromEntries(columns.map(({ name, values }) => [name, [...values]]));
  } finally {
    await table.close();
  }
}

test("the delimiter, also by name", async () => {
  const commas = file("both.csv", "a,b;c\n1,2;3\n4,5;6\n");
  expect(Object.keys(await read(commas, { delimiter: ";" }))).toEqual(["a,b", "c"]);
  expect(Object.keys(await read(commas, { delimiter: "," }))).toEqual(["a", "b;c"]);
  const tabs = file("tabs.csv", "a,x\tb\n1,5\t2\n3,5\t4\n");
  expect(await read(tabs, { delimiter: "tab" })).toEqual({ "a,x": [1.5, 3.5], b: [2, 4] });
  const blanks = file("blanks.csv", "name  size\nfoo   1\nbar 2\n");
  expect(await read(blanks, { delimiter: "blanks" })).toEqual({ name: ["foo", "bar"], size: [1, 2] });
});

test("a delimiter that does not occur is refused, in place of one long column", async () => {
  const path = file("commas.csv", "a,b\n1,2\n3,4\n");
  await expect(read(path, { delimiter: ";" })).rejects.toThrow(
    /^the cells of .*commas\.csv are to be divided by ";", which does not occur in its first lines; give another/u,
  );
});

test("whether the first line has names", async () => {
  const path = file("names.csv", "1,2\n3,4\n5,6\n");
  expect(await read(path, { header: true })).toEqual({ 1: [3, 5], 2: [4, 6] });
  expect(await read(path, { header: false })).toEqual({ column0: [1, 3, 5], column1: [2, 4, 6] });
});

test("the encoding, also one that is never seen from bytes", async () => {
  const greek = Uint8Array.from([...Buffer.from("name,n\n"), 0xc1, 0xc2, ...Buffer.from(",1\nx,2\n")]);
  const path = file("greek.csv", greek);
  expect((await read(path, { encoding: "iso-8859-7" }))["name"]).toEqual(["ΑΒ", "x"]);
  expect((await read(path, undefined))["name"]).toEqual(["ÁÂ", "x"]);
  expect((await read(path, { encoding: "utf-8" }))["name"]).toEqual(["\ufffd\ufffd", "x"]);
  await expect(read(path, { encoding: "utf-9" })).rejects.toThrow(/no encoding is called "utf-9"/u);
});

test("what stands before decimals", async () => {
  const path = file(
    "decimals.csv",
    csvLines("x;y", 40, (row) => `1.${String(100 + row)};${row}`),
  );
  expect((await read(path, { decimal: "," }))["x"]?.slice(0, 2)).toEqual([1100, 1101]);
  expect((await read(path, { decimal: "." }))["x"]?.slice(0, 2)).toEqual([1.1, 1.101]);
  const commas = file(
    "commas.tsv",
    csvLines("x\ty", 40, (row) => `1,${String(100 + row)}\t${row}`),
  );
  expect((await read(commas, { decimal: "," }))["x"]?.slice(0, 2)).toEqual([1.1, 1.101]);
  expect((await read(commas, { decimal: "." }))["x"]?.slice(0, 2)).toEqual([1100, 1101]);
});
