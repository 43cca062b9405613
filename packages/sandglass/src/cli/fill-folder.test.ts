import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { UserError } from "../errors.ts";
import { fillFolder, type NamedFile } from "./fill-folder.ts";
import { temporaryFolders } from "./testing/temporary-folder.ts";

const temporaryFolder = temporaryFolders();
const bytes = Uint8Array.of(1, 2, 3);

/** Two files, then one that cannot be written. */
async function* failing(): AsyncGenerator<NamedFile, void> {
  yield ["a.png", bytes];
  yield ["b.png", bytes];
  yield [join("no", "such", "folder.png"), bytes];
}

test("files are written in order into a folder that is made for them", async () => {
  const folder = join(temporaryFolder(), "deep", "pictures");
  async function* files(): AsyncGenerator<NamedFile, void> {
    yield ["b.png", bytes];
    yield ["a.png", bytes];
  }
  expect(await fillFolder(folder, files())).toEqual(["b.png", "a.png"]);
  expect(readdirSync(folder).toSorted()).toEqual(["a.png", "b.png"]);
});

test("a failure leaves nothing of the files, and no folder that was not there", async () => {
  const parent = temporaryFolder();
  await expect(fillFolder(join(parent, "new"), failing())).rejects.toThrow(UserError);
  expect(readdirSync(parent)).toEqual([]);
  mkdirSync(join(parent, "empty"));
  await expect(fillFolder(join(parent, "empty"), failing())).rejects.toThrow(UserError);
  expect(readdirSync(join(parent, "empty"))).toEqual([]);
});

test("a failure takes away no file from a folder that had some", async () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "a.png"), "earlier");
  await expect(fillFolder(folder, failing())).rejects.toThrow(UserError);
  expect(readdirSync(folder).toSorted()).toEqual(["a.png", "b.png"]);
});
