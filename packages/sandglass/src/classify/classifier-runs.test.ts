// Whole runs of classifiers on folders of images: what they look at, and when; how they are interrupted and go on.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Device } from "@sandglass/core";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { temporaryFolders } from "../cli/testing/temporary-folder.ts";
import { picture } from "../images/decode/testing/image-files.ts";
import { openForTraining, type OpenServices, type TrainingRequest } from "../sources/index.ts";
import type { TrainingProgress } from "../training/index.ts";
import type { ClassifierChoices } from "./classifier-training.ts";
import { loadClassifierRun } from "./load-classifier-run.ts";
import { resumeClassifierRun } from "./resume-classifier-run.ts";
import type { FinishedClassifierRun } from "./train-and-finish.ts";
import { trainClassifierRun } from "./train-classifier-run.ts";

vi.setConfig({ testTimeout: 60_000 });
const newFolder = temporaryFolders();

let device: Device;
beforeAll(async () => {
  device = await Device.create({ threads: 1 });
});
afterAll(() => device.dispose());

/** Bright and dark pictures, in the parts of a set. */
async function lights(parts: Readonly<Record<string, number>>): Promise<string> {
  const source = join(newFolder(), "lights");
  for (const [index, [part, count]] of Object.entries(parts).entries()) await addPart(source, part, count, 30 * index);
  return source;
}

async function addPart(source: string, part: string, count: number, shift: number): Promise<void> {
  for (const name of ["bright", "dark"]) {
    const folder = join(source, part, name);
    mkdirSync(folder, { recursive: true });
    for (let number = 0; number < count; number++) {
      const level = (name === "bright" ? 150 : 20) + number + shift;
      const image = picture(8, 8, 1, (x, y) => level + ((x * 7 + y * 3 + number) % 11));
      await image.png().toFile(join(folder, `${number}.png`));
    }
  }
}

interface RunOptions {
  readonly choices?: ClassifierChoices;
  readonly progress?: TrainingProgress;
  readonly signal?: AbortSignal;
  readonly request?: Partial<TrainingRequest>;
}

const LEARN: ClassifierChoices = { epochs: 4, batchSize: 8, learningRate: 0.02, threshold: { kind: "youden" } };

function servicesFor(signal = new AbortController().signal): OpenServices {
  return { dataDir: undefined, note: () => undefined, signal };
}

async function train(
  source: string,
  { choices = LEARN, progress, signal, request: given }: RunOptions = {},
): Promise<FinishedClassifierRun> {
  const services = servicesFor(signal);
  const request = { choices: {}, seed: 0, ...given };
  const data = await openForTraining(source, request, services);
  const out = join(newFolder(), "run");
  const options = { filters: [4], units: [4] };
  const common = { device, command: "sandglass classify train lights", services, ...(progress && { progress }) };
  try {
    return await trainClassifierRun(data, { source, request, base: undefined, options, choices, out, ...common });
  } finally {
    await data.close();
  }
}

async function resume(folder: string): Promise<FinishedClassifierRun> {
  const services = servicesFor();
  const run = await loadClassifierRun(folder, { device, resume: true });
  const { source, request } = run.record.data;
  const data = await openForTraining(source, request, services);
  try {
    return await resumeClassifierRun(run, data, { device, command: "sandglass resume", services });
  } finally {
    await data.close();
    await run.classifier.dispose();
  }
}

const bytesOf = (folder: string, name: string): Uint8Array => new Uint8Array(readFileSync(join(folder, name)));

describe("test data", () => {
  test("are opened once all is chosen, not before", async () => {
    const source = await lights({ train: 12, test: 5 });
    const files = ["bright", "dark"].flatMap((name) => {
      const folder = join(source, "test", name);
      return readdirSync(folder).map((file) => join(folder, file));
    });
    const contents = files.map((file) => readFileSync(file));
    // Until the last epoch is over there is nothing in them that could be looked at.
    for (const file of files) writeFileSync(file, "nothing to see yet");
    const giveBack = (epoch: number): void => {
      if (epoch === LEARN.epochs) for (const [index, file] of files.entries()) writeFileSync(file, contents[index]!);
    };
    const { record } = await train(source, { progress: { epoch: giveBack } });
    expect(record.result.examination).toMatchObject({ part: "test", samples: 10 });
    expect(record.result.threshold?.rule).toContain("Youden");
  });

  test("are left alone by a training that was interrupted, and are for the one that goes on", async () => {
    const source = await lights({ train: 12, test: 5 });
    const whole = await train(source);
    const controller = new AbortController();
    const step = (epoch: number, number: number): void => {
      if (epoch === 3 && number === 2) controller.abort();
    };
    const { folder, record } = await train(source, { progress: { step }, signal: controller.signal });
    expect(record.state).toBe("interrupted");
    expect(record.result).toMatchObject({ epochs: 2, note: expect.stringContaining("in epoch 3 after step 2 of 3") });
    expect(record.result.examination?.part).toBe("validation");
    expect(readdirSync(folder)).toContain("checkpoint.keras");
    const done = await resume(folder);
    expect(done.record.state).toBe("finished");
    expect(done.record.result.examination).toEqual(whole.record.result.examination);
    expect(done.record.result.threshold).toEqual(whole.record.result.threshold);
    for (const name of ["model.keras", "history.csv"])
      expect(bytesOf(folder, name)).toEqual(bytesOf(whole.folder, name));
    expect(readdirSync(folder)).not.toContain("checkpoint.keras");
    await expect(resume(folder)).rejects.toThrow("is done: over its 4 epochs the learning rate has fallen to nothing");
  });
});

test("a run that is interrupted after its training goes on with what was left", async () => {
  const source = await lights({ train: 12, test: 5 });
  const whole = await train(source);
  const controller = new AbortController();
  const end = (): void => controller.abort(new Error("enough"));
  const out = join(newFolder(), "cut");
  const services = servicesFor(controller.signal);
  const request = { choices: {}, seed: 0 };
  const data = await openForTraining(source, request, servicesFor());
  const options = { source, request, base: undefined, options: { filters: [4], units: [4] }, choices: LEARN, out };
  await expect(
    trainClassifierRun(data, { ...options, device, command: "sandglass", services, progress: { end } }),
  ).rejects.toThrow("enough");
  await data.close();
  expect(JSON.parse(readFileSync(join(out, "run.json"), "utf8"))).toMatchObject({ state: "running" });
  const { record } = await resume(out);
  expect(record.result.examination).toEqual(whole.record.result.examination);
  expect(bytesOf(out, "model.keras")).toEqual(bytesOf(whole.folder, "model.keras"));
});

test("a training that diverges leaves test data alone, and cannot go on", async () => {
  const source = await lights({ train: 8, test: 2 });
  const { folder, record } = await train(source, { choices: { ...LEARN, learningRate: 1e30, optimizer: "sgd" } });
  expect([record.state, record.result.examination?.part]).toEqual(["diverged", "validation"]);
  await expect(resume(folder)).rejects.toThrow("diverged, and would again");
});

test("the positive class is the one that sensitivity and threshold are of", async () => {
  const source = await lights({ train: 12, test: 5 });
  const second = await train(source);
  const first = await train(source, { choices: { ...LEARN, positive: 0 } });
  const { binary: ofDark } = second.record.result.examination!;
  const { binary: ofBright } = first.record.result.examination!;
  expect([ofBright?.sensitivity?.of, ofDark?.sensitivity?.of]).toEqual([5, 5]);
  const page = readFileSync(join(first.folder, "report.html"), "utf8");
  expect(page).toContain("<h2>Finding bright</h2>");
  expect(page).toContain("bright is the positive class: a sample is taken for it from a probability of");
  const { classifier } = await loadClassifierRun(first.folder, { device });
  expect([classifier.positive, classifier.threshold]).toEqual([0, first.record.result.threshold?.threshold]);
  await classifier.dispose();
  await expect(train(source, { choices: { positive: 2 } })).rejects.toThrow("one of two classes is the positive one");
});

test("a rule that no threshold keeps does not cost the training: the report and the run say so", async () => {
  const source = await lights({ train: 12, test: 5 });
  // What is validated with has the wrong labels, so that the highest scores are those of negatives.
  for (const [name, from] of [
    ["bright", "dark"],
    ["dark", "bright"],
  ] as const) {
    mkdirSync(join(source, "val", name), { recursive: true });
    for (const file of readdirSync(join(source, "train", from))) {
      writeFileSync(join(source, "val", name, file), readFileSync(join(source, "train", from, file)));
    }
  }
  const choices = { ...LEARN, threshold: { kind: "specificity", atLeast: 1 } } as const;
  const { folder, record } = await train(source, { choices });
  expect(record).toMatchObject({ state: "finished", data: { validatedWith: "validation" } });
  expect(record.result.threshold).toBeUndefined();
  expect(record.result.warnings?.map(({ title }) => title)).toEqual([
    "No threshold keeps the rule.",
    "Its probabilities mean nothing.",
  ]);
  expect(record.result.examination).toMatchObject({ part: "test", samples: 10 });
  expect(readFileSync(join(folder, "report.html"), "utf8")).toContain("No threshold keeps the rule.");
});

test("a validation folder that is too small is said, and some are held back instead", async () => {
  const source = await lights({ train: 170, val: 8, test: 5 });
  const { record } = await train(source, { choices: { epochs: 1, batchSize: 64 } });
  expect(record.data).toMatchObject({ validatedWith: "held back" });
  expect(record.data.notes?.join(" ")).toMatch(/has 16 images, too few to go by; a tenth/u);
  expect(record.result.examination).toMatchObject({ part: "test", samples: 10 });
});
