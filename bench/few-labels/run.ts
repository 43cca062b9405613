/**
 * Whether an encoder that has learned without labels makes a better classifier where labels are few, on Fashion-MNIST: the same network from
 * scratch, on the frozen encoder, and fine-tuned; for 10, 50 and 500 labels of each class, five seeds each.
 *
 *     node bench/few-labels/run.ts                     encoder from all 60,000 training images, judged by the 10,000 test images
 *     node bench/few-labels/run.ts --held-back         from the first 50,000, judged by the last 10,000: what settings were chosen by
 *     node bench/few-labels/run.ts --labels 10 --seeds 3
 *     node bench/few-labels/run.ts --render            the part of docs/figures.md alone, from the results that are there
 *
 * The encoder is a run in runs/, which is used again, or gone on with if it was interrupted; what was trained after it stands in the
 * results and is not trained again. --again begins anew.
 */
import { existsSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { classify, type AnyDataset, type Model } from "@sandglass/core";
import { loadRun, openForTraining } from "sandglass";
import { describeMachine } from "../machine.ts";
import { writePart } from "../write-part.ts";
import { trainEncoder } from "./encoder.ts";
import { renderStudy } from "./render.ts";
import { cellsFor, type Cell, type CellKey, type Study } from "./study.ts";
import { ways } from "./ways.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const results = join(root, "bench", "results", "few-labels");

const { values: given } = parseArgs({
  options: {
    "held-back": { type: "boolean", default: false },
    labels: { type: "string", default: "10,50,500" },
    seeds: { type: "string", default: "5" },
    again: { type: "boolean", default: false },
    render: { type: "boolean", default: false },
  },
});
const heldBack = given["held-back"];
const name = heldBack ? "held-back" : "test";
const path = join(results, `${name}.json`);
const before = given.again ? undefined : await readStudy();
const study = given.render ? before : await measure(before?.cells ?? []);
if (study === undefined) throw new Error(`there are no results to render: ${path}`);
process.stdout.write(`${renderStudy(study)}\n`);
if (!heldBack) await writePart(join(root, "docs", "figures.md"), "few-labels", renderStudy(study));

async function measure(done: readonly Cell[]): Promise<Study> {
  const labelsPerClass = given.labels.split(",").map(Number);
  const { folder, command } = await trainEncoder({ heldBack, again: given.again });
  const { model } = await loadRun(folder);
  const encoder = classify.featureBase(model.encoder as Model);
  // The test images are not looked at before: what is held back here is what classifiers are judged by.
  const data = await openForTraining("fashion-mnist", { choices: {}, validation: heldBack ? 10_000 : "test", seed: 0 });
  await mkdir(results, { recursive: true });
  const judge = data.validation as AnyDataset;
  const classNames = data.training.classNames ?? [];
  const parameters = classify.transfer(encoder, { classNames }).model.countParams();
  const cells = [...done];
  const study = (): Study => ({
    name,
    date: new Date().toISOString().slice(0, 10),
    command: ["node bench/few-labels/run.ts", ...process.argv.slice(2)].join(" "),
    machine: describeMachine(),
    encoder: command,
    parameters,
    judgedBy: heldBack ? "the last 10,000 training images" : "the 10,000 test images",
    labelsPerClass,
    cells,
  });
  for (const key of cellsFor(labelsPerClass, Number(given.seeds), done)) {
    const cell = await train(key, encoder, data.training, judge);
    process.stderr.write(`${JSON.stringify(cell)}\n`);
    cells.push(cell);
    await writeFile(path, `${JSON.stringify(study(), undefined, 2)}\n`);
  }
  await data.close();
  return study();
}

async function train(key: CellKey, encoder: Model, training: AnyDataset, judge: AnyDataset): Promise<Cell> {
  const { labels, seed } = key;
  const way = ways.find(({ id }) => id === key.way);
  if (way === undefined) throw new Error(`there is no way "${key.way}"`);
  const few = classify.pickLabelled(training, labels, { seed });
  const start = performance.now();
  const classifier = await way.train({ encoder, few, classNames: training.classNames ?? [], seed });
  const seconds = Number(((performance.now() - start) / 1000).toFixed(1));
  const { accuracy = Number.NaN } = await classifier.evaluate(judge);
  await classifier.dispose();
  return { ...key, accuracy, seconds };
}

async function readStudy(): Promise<Study | undefined> {
  return existsSync(path) ? (JSON.parse(await readFile(path, "utf8")) as Study) : undefined;
}
