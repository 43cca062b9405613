// The architecture as tests over the repository's own files. How each rule judges is tested in `rules/`.
import { expect, test } from "vitest";
import { folderCycles } from "./rules/folder-cycles.ts";
import { importViolations } from "./rules/import-rules.ts";
import { indexViolations } from "./rules/index-files.ts";
import { readRepository } from "./rules/repository-files.ts";

const files = readRepository();

test("the repository's files are found", () => {
  const paths = files.map((file) => file.path);
  expect(paths).toContain("package.json");
  expect(paths).toContain("test/import-rules.test.ts");
  expect(paths.filter((path) => path.startsWith("packages/core/src/")).length).toBeGreaterThan(10);
  expect(paths.filter((path) => path.includes("node_modules/"))).toEqual([]);
});

test("imports go down the layers, between packages by name, and to Node only where threads are started", () => {
  expect(importViolations(files)).toEqual([]);
});

test("no folders side by side need each other", () => {
  expect(folderCycles(files)).toEqual([]);
});

test("every index.ts only re-exports", () => {
  expect(indexViolations(files)).toEqual([]);
});
