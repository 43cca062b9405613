// Where reconstructions of a table may be written, which is found out before anything is computed.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { userError } from "../data/testing/test-folder.ts";
import { checkTableTarget } from "./reconstruct-table.ts";
import { temporaryFolders } from "./testing/temporary-folder.ts";

const temporaryFolder = temporaryFolders();
const check = (out: string, force = false): Promise<void> =>
  checkTableTarget("run", { out, force, split: "test", zoom: 1 });

test.each(["new/back.csv", "back.parquet", "back.ndjson.gz"])("a new file: %s", async (name) => {
  await expect(check(join(temporaryFolder(), name))).resolves.toBeUndefined();
});

test("a file that is there is written over when asked to", async () => {
  const path = join(temporaryFolder(), "back.csv");
  writeFileSync(path, "mine");
  const { message, exitCode } = await userError(check(path));
  expect(message).toMatch(/there is a file .*back\.csv already; choose another name, or write over it with --force$/u);
  expect(exitCode).toBe(1);
  await expect(check(path, true)).resolves.toBeUndefined();
});

test("a folder is none, whatever its name", async () => {
  const path = join(temporaryFolder(), "folder.csv");
  mkdirSync(path);
  expect((await userError(check(path, true))).message).toMatch(/folder\.csv is a folder; name a file$/u);
});

test.each(["pictures", "back.xlsx", "back.parquet.gz"])(
  "a name that says no format is wrong usage: %s",
  async (name) => {
    const { message, exitCode } = await userError(check(name, true));
    expect(message).toMatch(
      /^the run run was made with a table, and gives back another one: the name .* says no format .*\.csv/u,
    );
    expect(exitCode).toBe(2);
  },
);
