// From folders of classes to a tested classifier, and back to figures and tables.
import { existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { classify } from "@sandglass/core";
import { beforeAll, expect, test, vi } from "vitest";
import { NETWORK_FLAGS } from "./commands/classify.ts";
import { picture } from "../images/decode/testing/image-files.ts";
import { flagOf } from "../text/flag-of.ts";
import { runCli, type Result } from "./testing/run-cli.ts";
import { refusal } from "./testing/outcome.ts";
import { temporaryFolders } from "./testing/temporary-folder.ts";

// A command takes a second, or several when the machine is busy.
vi.setConfig({ testTimeout: 90_000, hookTimeout: 90_000 });
const cwd = temporaryFolders()();
const run = (...words: string[]): Promise<Result> => runCli(["classify", ...words, "--threads", "1"], { cwd });
const LEARN = ["train", "lights", "--epochs", "12", "--learning-rate", "0.02", "--batch-size", "8"];
const SMALL = ["--filters", "4", "--units", "4", "--dropout", "0"];

beforeAll(async () => {
  for (const [split, count] of Object.entries({ train: 20, test: 6 })) {
    for (const name of ["bright", "dark"]) {
      const folder = join(cwd, "lights", split, name);
      mkdirSync(folder, { recursive: true });
      for (let number = 0; number < count; number++) {
        const level = (name === "bright" ? 170 : 30) + number + (split === "test" ? 30 : 0);
        const image = picture(8, 8, 1, (x, y) => level + ((x * 7 + y * 3 + number) % 11));
        await image.png().toFile(join(folder, `${number}.png`));
      }
    }
  }
});

test("a folder of classes becomes a classifier that was tested once", async () => {
  const trained = await run(...LEARN, ...SMALL, "--threshold", "youden", "--out", "lamp", "--json");
  expect(trained.stderr).toMatch(/^epoch +1\/12 .* accuracy .*val_loss/mu);
  expect(trained.code, trained.stderr).toBe(0);
  const { result, data, model, state } = JSON.parse(trained.stdout);
  expect({ state, data, model }).toMatchObject({
    state: "finished",
    data: { training: 36, validation: 4, validatedWith: "held back", classNames: ["bright", "dark"] },
    model: { family: "cnn", options: { filters: [4], units: [4], pooling: "max" } },
  });
  expect(result.examination).toMatchObject({ part: "test", samples: 12, accuracy: { value: 1, hits: 12, of: 12 } });
  expect(result.threshold.rule).toContain("Youden");
  expect(readdirSync(join(cwd, "lamp")).toSorted()).toEqual([
    "history.csv",
    "model.keras",
    "preparation.json",
    "report.html",
    "run.json",
  ]);
  const page = readFileSync(join(cwd, "lamp", "report.html"), "utf8");
  for (const text of [
    "Confusion matrix",
    "ROC curve",
    "Calibration",
    "Where it looks",
    "Repeat it",
    "on 12 test samples",
  ]) {
    expect(page).toContain(text);
  }
  expect(page).not.toMatch(/undefined|NaN|https?:\/\/(?!www\.w3\.org)/u);

  const evaluated = await run("evaluate", "lamp", "lights", "--split", "train", "--out", "page", "--json");
  expect(JSON.parse(evaluated.stdout)).toMatchObject({
    data: { split: "train", count: 40 },
    figures: { part: "training", accuracy: { value: 1 } },
    report: join("page", "report.html"),
  });
  expect(existsSync(join(cwd, "page", "report.html"))).toBe(true);

  const predicted = await run("predict", "lamp", join("lights", "test", "dark"), "--out", "predictions.csv");
  expect(predicted.code, predicted.stderr).toBe(0);
  const [header, ...lines] = readFileSync(join(cwd, "predictions.csv"), "utf8").trim().split("\n");
  expect(header).toBe("sample,class,probability of bright,probability of dark");
  expect(lines).toHaveLength(6);
  for (const line of lines) {
    const [sample, name, bright, dark] = line.split(",");
    expect([sample, name]).toEqual([expect.stringMatching(/^\d\.png$/u), "dark"]);
    expect(Number(bright) + Number(dark)).toBeCloseTo(1, 5);
  }

  const few = await run("evaluate", "lamp", "lights", "--count", "4");
  expect(few.code, few.stderr).toBe(0);
  expect(few.stderr).toContain(
    "only one class, bright, is among the 4 samples: nothing is said of the others, and --count takes the first samples; leave it out, or give more",
  );
  const shortened = await run("predict", "lamp", "lights", "--count", "5", "--out", "five.csv");
  expect(shortened.stdout).toMatch(/^data +lights, test, 5 samples$/mu);

  // What is there already is not written over.
  const again = await run("predict", "lamp", join("lights", "test", "dark"), "--out", "predictions.csv");
  expect(refusal(again).error).toMatch(/there is a file predictions\.csv already.*--force/u);
  const nameless = await run("predict", "lamp", "lights", "--out", "predictions");
  expect(refusal(nameless)).toMatchObject({ code: 2, error: expect.stringContaining("says no format") });
  const anew = await run("evaluate", "lamp", "lights", "--out", "page");
  expect(refusal(anew).error).toMatch(/there is a file page.report\.html already.*--force/u);

  const layers = await runCli(["layers", "lamp", "lights", "--sample", "3", "--threads", "1", "--json"], { cwd });
  expect(layers.code, layers.stderr).toBe(0);
  expect(JSON.parse(layers.stdout).sections).toEqual([
    "The image",
    "conv2d: 4 filters of 3 × 3",
    "conv2d: 4 maps of 8 × 8",
    "conv2d_1: 4 filters of 3 × 3",
    "conv2d_1: 4 maps of 8 × 8",
  ]);
  const resumed = await runCli(["resume", "lamp"], { cwd });
  expect(refusal(resumed)).toMatchObject({ code: 2, error: expect.stringContaining("the run lamp is done") });
  const longer = await runCli(["resume", "lamp", "--epochs", "20"], { cwd });
  expect(refusal(longer)).toMatchObject({ code: 2, error: expect.stringContaining("Train anew with more --epochs") });

  // A run of one kind is none of the other.
  const encoded = await runCli(["evaluate", "lamp", "lights"], { cwd });
  expect(refusal(encoded)).toMatchObject({
    code: 2,
    error: expect.stringContaining('use it with "sandglass classify"'),
  });
});

test("an encoder that learned without labels is a base, and is compared with learning from scratch", async () => {
  const learned = await runCli(
    ["train", "lights", "--epochs", "2", "--filters", "4", "--code", "6", "--out", "encoder", "--threads", "1"],
    { cwd },
  );
  expect(learned.code, learned.stderr).toBe(0);
  const words = [
    ...LEARN,
    "--base",
    "encoder",
    "--labels-per-class",
    "4",
    "--fine-tune",
    "1",
    "--fine-tune-epochs",
    "2",
  ];
  const trained = await run(...words, "--out", "few", "--json");
  expect(trained.code, trained.stderr).toBe(0);
  expect(trained.stderr).toMatch(/^from scratch: epoch \d+\/\d+ {2}loss \d/mu);
  const { result, data, model } = JSON.parse(trained.stdout);
  expect({ data, model }).toMatchObject({ data: { training: 8 }, model: { family: "encoder of conv" } });
  expect(result.phases).toEqual([
    { name: "head", epochs: 12 },
    { name: "fine-tuning", epochs: 2 },
  ]);
  expect(result.comparison).toMatchObject({ labelsPerClass: 4, accuracy: result.examination.accuracy.value });
  expect(readFileSync(join(cwd, "few", "report.html"), "utf8")).toContain("With few labels");
  const other = await run("evaluate", "encoder", "lights");
  expect(refusal(other)).toMatchObject({ code: 2, error: expect.stringContaining("tells no classes apart") });
});

test("an encoder of arrays says what images must be for it, too", async () => {
  const drawn = ["train", "wardrobe", "--count", "40", "--epochs", "1", "--filters", "4", "--code", "6"];
  const learned = await runCli([...drawn, "--out", "arrays", "--threads", "1"], { cwd });
  expect(learned.code, learned.stderr).toBe(0);
  const few = ["--base", "arrays", "--epochs", "1", "--labels-per-class", "4", "--patience", "1"];
  const trained = await run("train", "lights", ...few, "--out", "on-arrays");
  expect(trained.code, trained.stderr).toBe(0);
  expect(trained.stderr).toContain("lights: 8 of 36 samples of 28×28×1; a new head on encoder of conv");
});

test.each([
  [["train", "lights", "--threshold", "best"], "--threshold takes f1, youden"],
  [["train", "lights", "--filter", "4"], "did you mean --filters?"],
  [["train", "lights", "--positive", "brihgt"], 'no class "brihgt"; did you mean "bright"?'],
  [["train", "lights", "--input-values", "unit"], "is for a model file as --base"],
  [["train", "lights", "--validation", "0", "--threshold", "f1"], "hold some back with --validation 0.1"],
  [["train", "lights", "--kernel", "0"], "kernel of the model"],
  [["train", "lights", "--base", "nothing"], "--base takes cnn, mobilenetv2, a model file or a run"],
  [["train", "lights", "--alpha", "1"], "are for --base mobilenetv2"],
  [["train", "lights", "--fine-tune", "0.5"], "there is nothing to fine-tune"],
  [["train", "lights", "--class-weights", "balanced", "--sampling", "balanced"], "give one of them"],
  [["train", "lights", "--labels-per-class", "50"], "50 of each were asked for"],
  [["train", join("lights", "train", "dark")], "has no labels to learn"],
  [["train"], "missing required argument"],
])("%j is wrong usage", async (words, message) => {
  expect(refusal(await run(...words))).toMatchObject({ code: 2, error: expect.stringContaining(message) });
});

test("the options in the help are those of the networks", () => {
  const flags = (table: object): string =>
    Object.keys(table)
      .map((key) => flagOf(key).slice(2))
      .join(" ");
  expect(NETWORK_FLAGS).toEqual({ cnn: flags(classify.cnnOptions), base: flags(classify.transferOptions) });
});
