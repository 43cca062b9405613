// What is wrong with a training is said before its data are read: here nothing can be read.
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test, vi } from "vitest";
import { refusal } from "./testing/outcome.ts";
import { runCli } from "./testing/run-cli.ts";
import { temporaryFolders } from "./testing/temporary-folder.ts";

// A command takes a second, or several when the machine is busy.
vi.setConfig({ testTimeout: 60_000 });
const cwd = temporaryFolders()();

beforeAll(() => {
  writeFileSync(join(cwd, "empty.csv"), "");
  for (const [folder, name] of [
    ["run", "run.json"],
    ["notes", "todo.txt"],
    ["photos", "broken.png"],
  ] as const) {
    mkdirSync(join(cwd, folder));
    writeFileSync(join(cwd, folder, name), "");
  }
});

test.concurrent.each([
  [["train", "empty.csv", "--augment", "flap"], 2, '"flap"; did you mean "flip"?'],
  [["train", "empty.csv", "--augment", "flip"], 2, "--augment flip changes images, and empty.csv is read as a table"],
  [["train", "empty.csv", "--out", "run"], 1, "there is a run in run already"],
  [["train", "empty.csv", "--out", "run", "--force", "--code", "0"], 2, 'code of the model "deep" must be'],
  [["train", "photos", "--out", "notes"], 1, "the folder notes has files that are no run (todo.txt)"],
  [["train", "photos", "--units", "3"], 2, 'the model "conv" has no option --units, which is one of'],
  [["train", "empty.csv", "--filters", "3"], 2, 'the model "deep" has no option --filters, which is one of'],
  [["classify", "train", "photos", "--augment", "flip=1.5,rotate"], 2, "flip"],
  [["classify", "train", "photos", "--out", "run"], 1, "there is a run in run already"],
  [["classify", "train", "photos", "--dropout", "1.5"], 2, 'dropout of the model "cnn" must be'],
] as const)("%j", async (words, code, message) => {
  expect(refusal(await runCli(words, { cwd }))).toEqual({ code, error: expect.stringContaining(message) });
});

test("where nothing of that is wrong, the data are, and nothing is left behind", async () => {
  const { error } = refusal(await runCli(["train", "empty.csv", "--out", join("new", "run")], { cwd }));
  expect(error).toMatch(/empty\.csv.*(?:no rows|empty|nothing)/su);
  expect(readdirSync(cwd).toSorted()).toEqual(["empty.csv", "notes", "photos", "run"]);
});
