import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { temporaryFolders } from "../../cli/testing/temporary-folder.ts";
import { isTableSource } from "./is-table-source.ts";

const newFolder = temporaryFolders();

test.each([
  ["tables alone", ["a.csv", "b.csv"], true],
  ["a table beside images", ["labels.csv", "a.jpg"], false],
  ["a hidden table", [".a.csv"], false],
  ["nothing", [], false],
  ["a text file above images", ["README.txt", "train/a/1.png", "train/b/2.png"], false],
  ["labels above images", ["trainLabels.csv", "train/1.png"], false],
  ["a license, which is no table", ["LICENSE.txt"], false],
  ["annotations, which are no table", ["annotations.json", "shots/notes.data"], false],
  ["tables in folders", ["n/y=1/a.csv", "n/y=2/a.csv"], true],
  ["packed tables", ["a.ndjson.gz"], true],
  ["tables, and images in a hidden folder", ["a.parquet", ".thumbnails/a.png"], true],
])("a folder with %s", async (_, names, expected) => {
  const folder = join(newFolder(), "data");
  writeAll(folder, names);
  expect(await isTableSource(folder)).toBe(expected);
});

test("links are followed, and loops end", async () => {
  const [tables, images] = [join(newFolder(), "tables"), join(newFolder(), "images")];
  writeAll(tables, ["a.csv"]);
  writeAll(images, ["1.png"]);
  symlinkSync(tables, join(tables, "loop"));
  expect(await isTableSource(tables)).toBe(true);
  symlinkSync(images, join(tables, "pictures"));
  expect(await isTableSource(tables)).toBe(false);
});

test("files and patterns go by their names", async () => {
  const sources = ["orders.parquet", "orders/*.csv", "orders.xlsx", "photos/*.jpg", "photos"];
  expect(await Promise.all(sources.map(isTableSource))).toEqual([true, true, true, false, false]);
});

function writeAll(folder: string, names: readonly string[]): void {
  mkdirSync(folder);
  for (const name of names) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), "");
  }
}
