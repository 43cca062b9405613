// What a training leaves behind, and what data get that cannot be used. Longer ones are in `training.train.test.ts`.
import { mkdirSync, readdirSync, readFileSync, readlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { dataset, Device, encodeIdx, models, wardrobe } from "@sandglass/core";
import sharp from "sharp";
import { expect, test, vi } from "vitest";
import { parseHistory } from "../runs/history-csv.ts";
import { runCli, type Result } from "./testing/run-cli.ts";
import { temporaryFolders } from "./testing/temporary-folder.ts";

// A command takes a second, or several when the machine is busy.
vi.setConfig({ testTimeout: 60_000 });
const temporaryFolder = temporaryFolders();
const QUICK = ["--count", "160", "--epochs", "1", "--threads", "1"];

const read = (...path: string[]): string => readFileSync(join(...path), "utf8");
const history = (...path: string[]): ReturnType<typeof parseHistory> => parseHistory(read(...path), "history.csv");
/** The files that a failed command has left: none, hidden ones included. */
const left = (cwd: string): string[] => readdirSync(cwd).filter((name) => name !== "data");

test("a training leaves a run, which is measured and drawn", async () => {
  const cwd = temporaryFolder();
  const run = (...words: string[]): Promise<Result> => runCli(words, { cwd });
  const train = ["train", "wardrobe", "--count", "400", "--epochs", "2", "--json", "--seed", "3"];
  const trained = await run(...train, "--filters", "16,8,8", "--code", "0");
  expect(trained.stderr).toMatch(/^epoch 1\/2 .* loss 0\.\d+ .*val_loss 0\.\d+/mu);
  expect(trained.code).toBe(0);
  const result = JSON.parse(trained.stdout);
  expect(result).toMatchObject({ state: "finished", model: { family: "conv", parameters: 4385 } });

  const folder = join(cwd, result.run);
  expect(readdirSync(folder).toSorted()).toEqual([
    "history.csv",
    "model.keras",
    "preparation.json",
    "report.html",
    "run.json",
  ]);
  expect(readlinkSync(join(cwd, "runs", "last"))).toBe((result.run as string).slice("runs/".length));
  const record = JSON.parse(read(folder, "run.json"));
  expect(record).toMatchObject({
    command: "sandglass train wardrobe --count 400 --epochs 2 --json --seed 3 --filters 16,8,8 --code 0",
    data: { name: "wardrobe", training: 360, validation: 40, sha256: expect.stringMatching(/^[0-9a-f]{64}$/u) },
    training: { epochs: 2, batchSize: 128, optimizer: "adam", learningRate: 0.001, seed: 3 },
  });
  const epochs = history(folder, "history.csv");
  expect(epochs).toHaveLength(2);
  expect(epochs[1]!["loss"]!).toBeLessThan(epochs[0]!["loss"]!);
  expect(record.result.figures).toEqual(epochs[1]);
  const report = read(folder, "report.html");
  expect(report).toContain("<h1>conv on wardrobe</h1>");
  expect(report).toContain("sandglass train wardrobe --count 400 --epochs 2 --json --seed 3 --filters 16,8,8");
  expect(report.match(/<img/gu)!.length).toBeGreaterThan(60);
  // Nothing is loaded from elsewhere.
  expect(report).not.toMatch(/(?:src|href)="(?!data:)|url\(|@import/u);

  const evaluated = await run("evaluate", "runs/last", "wardrobe", "--count", "50", "--json");
  const { figures } = JSON.parse(evaluated.stdout);
  const device = await Device.create({ threads: 1 });
  const model = await models.load(readFileSync(join(folder, "model.keras")), { device });
  // The test half of drawn data has a seed of its own, 2³² after the run's.
  const drawn = wardrobe({ count: 50, seed: 3 + 2 ** 32 });
  const data = dataset("test", drawn.shape, drawn.images);
  expect(figures.mse).toBeCloseTo((await model.evaluate(data))["mse"]!, 6);
  device.dispose();

  const drawnPairs = await run("reconstruct", result.run, "wardrobe", "--out", "pictures", "--count", "7", "--json");
  expect(JSON.parse(drawnPairs.stdout)).toMatchObject({ out: "pictures", count: 7 });
  expect(readdirSync(join(cwd, "pictures"))).toHaveLength(15);
  const original = sharp(join(cwd, "pictures", "0006-original.png"));
  expect(await original.metadata()).toMatchObject({ format: "png", width: 28, height: 28, channels: 1 });
  const pixels = await original.toColourspace("b-w").raw().toBuffer();
  expect([...pixels]).toEqual([...data.values.subarray(6 * 784, 7 * 784)]);
  const refused = await run("reconstruct", result.run, "wardrobe", "--out", "pictures");
  expect(refused).toMatchObject({ code: 1, stderr: expect.stringMatching(/has files already.*--force/u) });
  const asTable = await run("reconstruct", result.run, "wardrobe", "--out", "back.csv");
  expect(asTable.stderr).toMatch(
    /was not made with a table: .* PNG files into a folder, and back\.csv names a \.csv file/u,
  );
  expect(asTable.code).toBe(2);
});

test("without --model, samples that are no images get dense layers, whose options are understood", async () => {
  const cwd = temporaryFolder();
  mkdirSync(join(cwd, "data"));
  const waves = Float32Array.from({ length: 60 * 5 }, (_, index) => Math.sin(index));
  writeFileSync(join(cwd, "data", "waves"), encodeIdx([60, 5], waves));
  const train = (...words: string[]): Promise<Result> => runCli(["train", "data/waves", ...words, "--json"], { cwd });
  const trained = await train("--epochs", "1", "--layers", "1");
  expect(JSON.parse(trained.stdout)).toMatchObject({ model: { family: "deep", options: { layers: 1 } } });
  const evaluated = await runCli(["evaluate", "runs/last", "data/waves"], { cwd });
  expect(evaluated.stdout).toMatch(/^data +waves, all of it, 60 samples$/mu);
  const untested = JSON.parse((await train("--validation", "test")).stdout);
  expect(untested.error.message).toContain("needs a set with a test half, and data/waves is a single file");
  const { error } = JSON.parse((await train("--filters", "3")).stdout);
  expect(error).toMatchObject({
    exitCode: 2,
    message: expect.stringContaining('"deep" has no option --filters, which is one of conv'),
  });
});

test("fewer epochs than the training has parts are wrong usage", async () => {
  const cwd = temporaryFolder();
  const { code, stderr } = await runCli(["train", "wardrobe", ...QUICK, "--model", "stacked"], { cwd });
  expect(stderr).toMatch(/epochs must be at least 4, .*\(layer 1, layer 2, layer 3, fine-tuning\); 1 came/u);
  expect(code).toBe(2);
  expect(left(cwd)).toEqual([]);
});

test("a full disk is named, and nothing is left half-written", async () => {
  const cwd = temporaryFolder();
  const fullDisk = fileURLToPath(new URL("testing/full-disk.ts", import.meta.url));
  const { code, stderr } = await runCli(["train", "wardrobe", ...QUICK, "--quiet"], {
    cwd,
    env: { NODE_OPTIONS: `--import ${JSON.stringify(fullDisk)}` },
  });
  expect(stderr).toMatch(/the disk is full, so .*runs.* could not be written; free some space/u);
  expect(code).toBe(1);
  expect(readdirSync(join(cwd, "runs"))).toEqual([]);
});

/** Files that no model can be trained on, and what is said of them. */
const BAD_DATA: [string, Uint8Array | undefined, RegExp][] = [
  ["missing.gz", undefined, /there is no file or folder data\/missing\.gz/u],
  ["wrong-magic", Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8), /data\/wrong-magic: .*magic/u],
  ["cut-short", encodeIdx([2, 28, 28], new Uint8Array(1568)).subarray(0, 900), /cut-short/u],
  ["nan", encodeIdx([2, 8, 8], new Float32Array(128).fill(NaN, 70, 71)), /sample 1 has NaN/u],
  [
    "few",
    encodeIdx([1, 28, 28], new Uint8Array(784)),
    /there is 1 sample, and holding back 1 for validation leaves none.*hold back fewer or none/u,
  ],
];

test.each(BAD_DATA)("data that cannot be used: %s", async (name, bytes, message) => {
  const cwd = temporaryFolder();
  mkdirSync(join(cwd, "data"));
  if (bytes !== undefined) writeFileSync(join(cwd, "data", name), bytes);
  const { code, stderr, stdout } = await runCli(["train", `data/${name}`], { cwd });
  expect(stderr).toMatch(message);
  expect(stdout).toBe("");
  expect(code).toBe(1);
  expect(left(cwd)).toEqual([]);
});

test("a place that takes no folders is found out before the training", async (context) => {
  if (process.platform !== "linux") context.skip("needs /proc");
  const cwd = temporaryFolder();
  // Node's own recursive mkdir never comes back from there.
  const { code, stderr } = await runCli(["train", "wardrobe", ...QUICK, "--out", "/proc/none/run"], { cwd });
  expect(stderr).toMatch(/nothing can be made in the folder \/proc; choose another place/u);
  expect(stderr).not.toContain("epoch");
  expect(code).toBe(1);
});

test("an empty folder", async () => {
  const cwd = temporaryFolder();
  mkdirSync(join(cwd, "data"));
  const { code, stderr } = await runCli(["train", "data"], { cwd });
  expect(stderr).toMatch(/there is no image in data; it is empty/u);
  expect(code).toBe(1);
  expect(left(cwd)).toEqual([]);
});

test("of a model that is solved at once, it is said that epochs mean nothing, and there is nothing to go on with", async () => {
  const cwd = temporaryFolder();
  const solved = await runCli(["train", "wardrobe", "--model", "pca", ...QUICK, "--out", "pca", "--json"], { cwd });
  expect(solved.stderr).toContain('the model "pca" is solved at once, so that --epochs means nothing to it');
  expect(JSON.parse(solved.stdout)).toMatchObject({ state: "finished", training: { epochs: 1 } });
  expect(await runCli(["resume", "pca", "--epochs", "9"], { cwd })).toMatchObject({
    code: 2,
    stderr: expect.stringContaining("the model of pca was solved at once: there is nothing to go on with"),
  });
});

test("classes that only the samples held back have are classes, too", async () => {
  const cwd = temporaryFolder();
  mkdirSync(join(cwd, "data"));
  const images = Uint8Array.from({ length: 40 * 16 }, (_, index) => (index * 37) % 256);
  // The last four samples are held back, and alone of their class.
  const labels = Uint8Array.from({ length: 40 }, (_, index) => (index < 36 ? index % 2 : 2));
  writeFileSync(join(cwd, "data", "train-images-idx3-ubyte"), encodeIdx([40, 4, 4], images));
  writeFileSync(join(cwd, "data", "train-labels-idx1-ubyte"), encodeIdx([40], labels));
  const vae = ["--model", "vae", "--architecture", "dense", "--code", "2", "--conditional"];
  const words = ["train", "data", ...vae, "--epochs", "1", "--threads", "1", "--out", "run", "--json"];
  expect(JSON.parse((await runCli(words, { cwd })).stdout)).toMatchObject({
    state: "finished",
    data: { validation: 4 },
  });
  const sampled = await runCli(["sample", "run", "--label", "2", "--count", "1", "--out", "third"], { cwd });
  expect(sampled).toMatchObject({ code: 0, stdout: expect.stringMatching(/^1 sample: /u) });
});
