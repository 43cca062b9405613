// What a run consists of, written and read.
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { UserError } from "../errors.ts";
import { commandText, repeatingCommand } from "./command-text.ts";
import { formatHistory, parseHistory } from "./history-csv.ts";
import { findRun, pointLastTo } from "./last-run.ts";
import { loadPreparation } from "./load-run.ts";
import { chooseRunFolder, runFolderName, writeRun } from "./run-folder.ts";
import { parseRecord } from "./run-record.ts";
import { writeWholeFile } from "./write-file.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "sandglass-runs-"));
  vi.spyOn(process, "cwd").mockReturnValue(folder);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function makeRun(...path: string[]): string {
  const run = join(folder, ...path);
  mkdirSync(run, { recursive: true });
  writeFileSync(join(run, "run.json"), "{}");
  return run;
}

describe("history.csv", () => {
  const epochs = [
    { loss: 0.5, val_loss: 0.6250000000000001 },
    { loss: 0.25, val_loss: 1e-9 },
  ];

  test("comes back number for number", () => {
    const text = formatHistory(epochs);
    expect(text).toBe("epoch,loss,val_loss\n1,0.5,0.6250000000000001\n2,0.25,1e-9\n");
    expect(parseHistory(text, "history.csv")).toEqual(epochs);
  });

  test("without an epoch has a header alone", () => {
    expect(parseHistory(formatHistory([]), "history.csv")).toEqual([]);
  });

  test.each([
    ["loss\n1", /must begin with a column "epoch"; it begins with "loss"/u],
    ["epoch,loss\n1,0.5\n3,0.4", /line 3 of history\.csv is "3,0\.4"; expected epoch 2 and 1 numbers/u],
    ["epoch,loss\n1,high", /line 2/u],
    ["epoch,loss\n1,0.5,0.6", /line 2/u],
  ])("that is damaged is refused: %j", (text, message) => {
    expect(() => parseHistory(text, "history.csv")).toThrow(message);
  });
});

describe("run.json", () => {
  test.each([
    ["{", /is no JSON.*the run is damaged/u],
    ["null", /says nothing of a run; the run is damaged/u],
    ["{}", /is of version undefined/u],
    ['{"version":1}', /is of version 1, and this Sandglass reads version 3/u],
    ['{"version":3,"state":"finished"}', /has no "data"/u],
  ])("that cannot be read is refused: %s", (text, message) => {
    expect(() => parseRecord(text, "run.json")).toThrow(message);
    expect(() => parseRecord(text, "run.json")).toThrow(UserError);
  });
});

describe("preparation.json", () => {
  test.each([
    ["{", /preparation\.json is no JSON.*the run is damaged/u],
    ["null", /does not say how data are prepared; the run is damaged/u],
    ['{"kind":"table","readings":{"a":{"type":"coin"}}}', /preparation\.json: column "a" is to be read as .*damaged/u],
    ['{"kind":"table","preprocessing":{"version":9}}', /preparation\.json: the saved preprocessing is of version 9/u],
    ['{"kind":"samples","preprocessing":{"version":1,"columns":[]}}', /columns/u],
    ['{"kind":"samples","coding":{"numbers":"float","scale":0}}', /preparation\.json: .* the run is damaged/u],
    ['{"kind":"samples","coding":{"numbers":"float","scale":1,"classes":[1,1]}}', /expected a kind of numbers/u],
  ])("that cannot be read is refused: %s", async (text, message) => {
    const run = makeRun("run");
    writeFileSync(join(run, "preparation.json"), text);
    await expect(loadPreparation(run)).rejects.toThrow(message);
    await expect(loadPreparation(run)).rejects.toThrow(UserError);
  });
});

describe("the folder", () => {
  test("is named by time, data and model, in characters that every file system takes", () => {
    const started = new Date(2026, 10, 21, 9, 5, 7);
    expect(runFolderName(started, "my photos/2026", "conv")).toBe("2026-11-21-090507-my-photos-2026-conv");
    expect(runFolderName(started, "Größen: alt?", "conv")).toBe("2026-11-21-090507-Größen-alt--conv");
  });

  test("of its own choice is one that is still free", async () => {
    const options = { name: join(folder, "a"), force: false };
    const first = await chooseRunFolder(join(folder, "a"), options);
    makeRun("a");
    await expect(chooseRunFolder(first, options)).rejects.toThrow(/there is a run in .*--force/u);
    expect(await chooseRunFolder(first, { ...options, force: true })).toBe(first);
  });

  test.skipIf(process.platform !== "linux")(
    "is refused where no folder can be made (skipped where there is no /proc)",
    async () => {
      const options = { name: "run", force: false };
      await expect(chooseRunFolder("/proc/run", options)).rejects.toThrow(/nothing can be made in the folder \/proc/u);
      await expect(chooseRunFolder("/proc/deep/run", options)).rejects.toThrow(/\/proc takes no folders/u);
    },
  );

  test("appears with all of its files, and later files replace or remove earlier ones", async () => {
    const run = join(folder, "deep", "run");
    await writeRun(run, { "run.json": "1", "model.keras": Uint8Array.of(1, 2), "checkpoint.keras": "old" });
    expect(readdirSync(run).toSorted()).toEqual(["checkpoint.keras", "model.keras", "run.json"]);
    await writeRun(run, { "run.json": "2", "checkpoint.keras": undefined });
    expect(readdirSync(run).toSorted()).toEqual(["model.keras", "run.json"]);
    expect(readFileSync(join(run, "run.json"), "utf8")).toBe("2");
    expect(readdirSync(join(folder, "deep"))).toEqual(["run"]);
  });

  test("does not appear when one of its files cannot be written", async () => {
    const run = join(folder, "run");
    await expect(writeRun(run, { "run.json": "1", "no/such/folder": "2" })).rejects.toThrow(UserError);
    expect(readdirSync(folder)).toEqual([]);
  });

  test("a file that cannot be written leaves the earlier one and nothing beside it", async () => {
    const path = join(folder, "taken");
    mkdirSync(join(path, "inside"), { recursive: true });
    await expect(writeWholeFile(path, "text")).rejects.toThrow(/EISDIR|folder/u);
    expect(readdirSync(folder)).toEqual(["taken"]);
    expect(existsSync(join(path, "inside"))).toBe(true);
  });
});

describe("runs/last", () => {
  test("is a link to the newest run", async () => {
    const [first, second] = [makeRun("runs", "first"), makeRun("runs", "second")];
    await pointLastTo(first);
    await pointLastTo(second);
    expect(readFileSync(join(folder, "runs", "last", "run.json"), "utf8")).toBe("{}");
    expect(await findRun(join(folder, "runs", "last"))).toBe(second);
  });

  test("what is written to the run that it names leaves it pointing there", async () => {
    const run = makeRun("runs", "only");
    await pointLastTo(run);
    await pointLastTo(await findRun(join(folder, "runs", "last")));
    expect(await findRun(join(folder, "runs", "last"))).toBe(run);
  });

  test("is a file with the run's name where links are not allowed", async () => {
    const run = makeRun("runs", "only");
    await pointLastTo(run, () => Promise.reject(Object.assign(new Error("not permitted"), { code: "EPERM" })));
    expect(readFileSync(join(folder, "runs", "last"), "utf8")).toBe("only\n");
    expect(await findRun(join(folder, "runs", "last"))).toBe(run);
  });

  test("a run that is not there brings the nearest name", async () => {
    makeRun("runs", "2026-conv");
    const wanted = findRun(join(folder, "runs", "2026-cnov"));
    await expect(wanted).rejects.toThrow(/Known: 2026-conv; did you mean "2026-conv"\?/u);
    await expect(wanted).rejects.toMatchObject({ exitCode: 2 });
  });
});

test("a command is written so that a shell takes it again", () => {
  expect(commandText(["train", "./my photos", "--out", "it's", "--seed", "1"])).toBe(
    String.raw`sandglass train './my photos' --out 'it'\''s' --seed 1`,
  );
});

test("a command that repeats a run does not collide with it, and has the epochs that it came to", () => {
  const command = commandText(["train", "./my photos", "--epochs", "2", "--out", "it's", "--seed", "1", "--force"]);
  expect(repeatingCommand(command)).toBe("sandglass train './my photos' --epochs 2 --seed 1");
  expect(repeatingCommand(command, 4)).toBe("sandglass train './my photos' --seed 1 --epochs 4");
  expect(repeatingCommand("sandglass train it\\''s' -orun -e=3 --out=x", 4)).toBe(
    String.raw`sandglass train 'it'\''s' --epochs 4`,
  );
});
