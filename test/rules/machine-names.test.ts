import { expect, test } from "vitest";
import { machineNames } from "./machine-names.ts";

// The samples are put together here, because this file is checked as well.
const absolute = (...parts: readonly string[]): string => ["", ...parts].join("/");
const host = (...parts: readonly string[]): string => parts.join(".");

const check = (text: string): string[] => machineNames([{ path: "docs/guide.md", text }]);

test.for([
  [absolute("work", "main", "bench"), "a path of one machine"],
  [`cd ${absolute("tmp", "try")} && npm test`, "a path of one machine"],
  [`"${absolute("home", "ada", "data")}"`, "a path of one machine"],
  [`file://${absolute("root", ".cache")}`, "a path of one machine"],
  [absolute("Users", "ada", "data"), "a path of one machine"],
  [["C:", "Users", "ada"].join("\\"), "a path of one machine"],
  [`https://${host("registry", "npmjs", "org")}/sharp`, "the host of a package registry"],
  [`--index-url https://${host("pypi", "org")}/simple`, "the host of a package registry"],
  [`https://${host("files", "pythonhosted", "org")}/packages`, "the host of a package registry"],
  [`https://${host("npm", "corp", "example", "com")}`, "the host of a package registry"],
  [`http://${host("10", "1", "2", "3")}:4873`, "an address in a private network"],
  [`http://${host("192", "168", "0", "7")}`, "an address in a private network"],
] as const)("is of one machine: %s", ([text, what]) => {
  expect(check(`fine\n${text}\n`)).toEqual([expect.stringContaining(`docs/guide.md:2 names ${what}`)]);
});

test.for([
  "https://example.com/work/index",
  "../shared/data/fashion-mnist",
  "packages/core/src/tmp/file.ts",
  "the home/work balance",
  "http://127.0.0.1:8080/page.js",
  "pypi.md and pypi/org.ts",
  "version 10.1.2, and 1.10.2.3",
  "npm.config and registry.ts",
  "a registry of data sets",
  "/usr/bin/chromium",
])("holds everywhere: %s", (text) => {
  expect(check(text)).toEqual([]);
});
