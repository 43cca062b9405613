// What holds for every file of the repository, whatever is in it. How each rule judges is tested in `rules/`.
import { expect, test } from "vitest";
import { lengthViolations } from "./rules/file-length.ts";
import { machineNames } from "./rules/machine-names.ts";
import { readRepository } from "./rules/repository-files.ts";

const files = readRepository();

test("no file of code is too long", () => {
  expect(lengthViolations(files)).toEqual([]);
});

test("no file names a folder, a registry or a network of one machine", () => {
  expect(machineNames(files)).toEqual([]);
});
