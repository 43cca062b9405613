// Several commands each: trainings repeated, interrupted, replaced, and used.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { encodeIdx } from "@sandglass/core";
import { expect, test } from "vitest";
import { parseHistory } from "../runs/history-csv.ts";
import { runCli, type Result } from "./testing/run-cli.ts";
import { temporaryFolders } from "./testing/temporary-folder.ts";

const temporaryFolder = temporaryFolders();
const QUICK = ["--count", "160", "--epochs", "1", "--threads", "1"];

const read = (...path: string[]): string => readFileSync(join(...path), "utf8");
const history = (...path: string[]): ReturnType<typeof parseHistory> => parseHistory(read(...path), "history.csv");

test("the same seed gives the same bits, with one thread and with two, and another seed others", async () => {
  const cwd = temporaryFolder();
  const bytes = async (out: string, ...words: string[]): Promise<Buffer> => {
    const common = ["train", "wardrobe", "--count", "200", "--epochs", "1", "--model", "deep", "--quiet", "--out", out];
    expect((await runCli([...common, ...words], { cwd })).code).toBe(0);
    return readFileSync(join(cwd, out, "model.keras"));
  };
  const first = await bytes("a", "--threads", "1", "--seed", "5");
  expect((await bytes("b", "--threads", "2", "--seed", "5")).equals(first)).toBe(true);
  expect((await bytes("c", "--threads", "2", "--seed", "6")).equals(first)).toBe(false);
});

test("Ctrl-C writes the run and ends with 130, and resume gives what no interruption would have given", async () => {
  const cwd = temporaryFolder();
  const train = (out: string, epochs: number): string[] => [
    "train",
    "wardrobe",
    "--count",
    "1500",
    "--epochs",
    String(epochs),
    "--batch-size",
    "16",
    "--out",
    out,
  ];
  let sent = false;
  const cut = await runCli(train("cut", 500), {
    cwd,
    onProgress: (stderr, child) => {
      if (sent || !stderr.includes("epoch   1/500")) return;
      sent = true;
      child.kill("SIGINT");
      // npm passes on to its children what the terminal sends them anyway: twice is not a second press.
      child.kill("SIGINT");
    },
  });
  expect(cut.stderr).toContain("Stopping after this step");
  expect(cut.stdout).toContain("Go on with it: sandglass resume cut");
  expect(cut.stdout).toMatch(/^Training interrupted(?: in epoch \d+ after step \d+ of 85)?\.$/mu);
  expect(cut.code).toBe(130);
  const { state, result } = JSON.parse(read(cwd, "cut", "run.json"));
  const anew = result.note === undefined ? "" : "; the interrupted one begins anew";
  expect(state).toBe("interrupted");
  const done: number = result.epochs;
  expect(history(cwd, "cut", "history.csv")).toHaveLength(done);
  expect(read(cwd, "cut", "report.html")).toContain("Training was interrupted");

  const resumed = await runCli(["resume", "cut", "--epochs", String(done + 1)], { cwd });
  expect(resumed).toMatchObject({ code: 0, stderr: expect.stringMatching(`going on after ${done} epochs?${anew}\n`) });
  const reference = await runCli(train("whole", done + 1), { cwd });
  expect(reference.code).toBe(0);
  expect(read(cwd, "cut", "history.csv")).toBe(read(cwd, "whole", "history.csv"));
  const model = (run: string): Buffer => readFileSync(join(cwd, run, "model.keras"));
  expect(model("cut").equals(model("whole"))).toBe(true);
  expect(existsSync(join(cwd, "cut", "checkpoint.keras"))).toBe(false);

  const again = await runCli(["resume", "cut"], { cwd, env: {} });
  expect(again).toMatchObject({ code: 2, stderr: expect.stringMatching(/ask for more with --epochs/u) });
});

test("a run of several phases goes on with the last one, and remembers those before", async () => {
  const cwd = temporaryFolder();
  const words = ["train", "wardrobe", "--count", "300", "--model", "stacked", "--units", "16", "--code", "4"];
  expect((await runCli([...words, "--epochs", "6", "--out", "run"], { cwd })).code).toBe(0);
  const phases = (): unknown => JSON.parse(read(cwd, "run", "run.json")).result.phases;
  expect(phases()).toEqual([
    { name: "layer 1", epochs: 2 },
    { name: "layer 2", epochs: 1 },
    { name: "fine-tuning", epochs: 3 },
  ]);
  const { code, stderr } = await runCli(["resume", "run", "--epochs", "14"], { cwd });
  expect(code).toBe(0);
  expect(stderr).toContain("epoch  7/14  fine-tuning");
  expect(phases()).toEqual([
    { name: "layer 1", epochs: 2 },
    { name: "layer 2", epochs: 1 },
    { name: "fine-tuning", epochs: 11 },
  ]);
  const report = read(cwd, "run", "report.html");
  expect(report).toContain("In 3 phases");
  expect(report).toContain("--units 16 --code 4 --epochs 14</pre>");
  expect(report).toContain("planned for 6 epochs");
});

test("a run that is there is kept, unless --force replaces it; other files are never touched", async () => {
  const cwd = temporaryFolder();
  const train = (...words: string[]): Promise<Result> =>
    runCli(["train", "wardrobe", ...QUICK, "--quiet", "--out", "mine", ...words], { cwd });
  expect((await train()).code).toBe(0);
  const before = read(cwd, "mine", "history.csv");
  expect(await train("--seed", "1")).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/mine already.*--force/u),
  });
  expect(read(cwd, "mine", "history.csv")).toBe(before);
  expect((await train("--seed", "1", "--force")).code).toBe(0);
  expect(read(cwd, "mine", "history.csv")).not.toBe(before);
  mkdirSync(join(cwd, "letters"));
  writeFileSync(join(cwd, "letters", "letter.txt"), "dear");
  const foreign = await runCli(["train", "wardrobe", ...QUICK, "--out", "letters", "--force"], { cwd });
  expect(foreign).toMatchObject({ code: 1, stderr: expect.stringMatching(/files that are no run \(letter\.txt\)/u) });
  expect(readdirSync(join(cwd, "letters"))).toEqual(["letter.txt"]);
});

test("a training that diverges fails, names the step, and leaves the last good weights", async () => {
  const cwd = temporaryFolder();
  const words = ["train", "wardrobe", "--optimizer", "sgd", "--learning-rate", "1e30", "--out", "run", "--json"];
  const { code, stdout } = await runCli([...words, "--count", "300", "--epochs", "3"], { cwd });
  expect(code).toBe(1);
  const { error } = JSON.parse(stdout);
  expect(error.message).toMatch(/became NaN in step \d+ of epoch 1.*\nThe run is in run, with the last good weights/su);
  expect(JSON.parse(read(cwd, "run", "run.json")).state).toBe("diverged");
  const report = read(cwd, "run", "report.html");
  expect(report).toContain("Training diverged in its first epoch");
  expect(report).not.toContain("<img");
  expect(report).not.toContain("PCA");
  const resumed = await runCli(["resume", "run"], { cwd });
  expect(resumed).toMatchObject({ code: 1, stderr: expect.stringMatching(/smaller --learning-rate/u) });
});

test("a damaged model is named", async () => {
  const cwd = temporaryFolder();
  await runCli(["train", "wardrobe", ...QUICK, "--quiet", "--out", "run"], { cwd });
  const path = join(cwd, "run", "model.keras");
  writeFileSync(path, readFileSync(path).subarray(0, 5000));
  const damaged = await runCli(["evaluate", "run", "wardrobe"], { cwd });
  expect(damaged).toMatchObject({ code: 1, stderr: expect.stringMatching(/model\.keras: the zip is damaged/u) });
});

test("fewer images than are shown by default are all given back", async () => {
  const cwd = temporaryFolder();
  mkdirSync(join(cwd, "data"));
  await runCli(["train", "wardrobe", ...QUICK, "--quiet", "--out", "run"], { cwd });
  writeFileSync(join(cwd, "data", "three"), encodeIdx([3, 28, 28], new Uint8Array(3 * 784)));
  const { code } = await runCli(["reconstruct", "run", "data/three", "--out", "pictures"], { cwd });
  expect(code).toBe(0);
  expect(readdirSync(join(cwd, "pictures"))).toHaveLength(7);
});

test("data of another shape than the model's are refused", async () => {
  const cwd = temporaryFolder();
  mkdirSync(join(cwd, "data"));
  await runCli(["train", "wardrobe", ...QUICK, "--quiet", "--out", "run"], { cwd });
  writeFileSync(join(cwd, "data", "small"), encodeIdx([3, 12, 12], new Uint8Array(432)));
  const misfit = await runCli(["evaluate", "run", "data/small"], { cwd });
  expect(misfit).toMatchObject({ code: 1, stderr: expect.stringMatching(/\[28, 28, 1\].*\[12, 12, 1\]/u) });
});

test("a model of noisy samples is measured with noise and without, and begins with what it restores", async () => {
  const cwd = temporaryFolder();
  const words = ["train", "wardrobe", ...QUICK, "--model", "denoising", "--units", "32", "--code", "16"];
  const longer = ["--epochs", "15", "--batch-size", "16", "--noise-level", "0.8", "--out", "run"];
  const trained = await runCli([...words, ...longer], { cwd });
  expect(trained.code).toBe(0);
  const { reconstruction, figures } = JSON.parse(read(cwd, "run", "run.json")).result;
  expect(reconstruction).toMatchObject({ inputs: "clean", mse: expect.closeTo(figures.val_clean_mse, 6) });
  const [clean] = /(?<=^clean_mse +)[\d.]+/mu.exec(trained.stdout) ?? [];
  const [noisy] = /(?<=^val_mse +)[\d.]+/mu.exec(trained.stdout) ?? [];
  expect(Number(clean)).toBeCloseTo(reconstruction.mse, 4);
  expect(Number(noisy)).toBeCloseTo(figures.val_mse, 4);
  const [first] = /<h2>(?:Clean, noisy, restored|Typical samples)/u.exec(read(cwd, "run", "report.html")) ?? [];
  expect(first).toBe("<h2>Clean, noisy, restored");
  const evaluated = await runCli(["evaluate", "run", "wardrobe", "--count", "100", "--json"], { cwd });
  // Noise of this strength changes the error, to either side in so short a training.
  const { mse, clean_mse } = JSON.parse(evaluated.stdout).figures;
  expect(Math.abs(mse / clean_mse - 1)).toBeGreaterThan(0.02);
});
