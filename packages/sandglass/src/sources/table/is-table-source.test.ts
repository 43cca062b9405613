import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { temporaryFolders } from "../../cli/testing/temporary-folder.ts";
import { isTableSource } from "./is-table-source.ts";

const newFolder = temporaryFolders();

test.each([
  ["tables alone", ["a.csv", "b.csv"], true],
  ["a table beside images", ["labels.csv", "a.jpg"], false],
  ["a hidden table", [".a.csv"], false],
  ["nothing", [], false],
])("a folder with %s", async (_, names, expected) => {
  const folder = join(newFolder(), "data");
  mkdirSync(folder);
  for (const name of names) writeFileSync(join(folder, name), "");
  expect(await isTableSource(folder)).toBe(expected);
});

test("files and patterns go by their names", async () => {
  const sources = ["orders.parquet", "orders/*.csv", "orders.xlsx", "photos/*.jpg", "photos"];
  expect(await Promise.all(sources.map(isTableSource))).toEqual([true, true, true, false, false]);
});
