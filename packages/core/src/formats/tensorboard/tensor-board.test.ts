import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import type { TensorBoardSummary } from "../../../../../fixtures/keras/fixture-types.ts";
import { decodeArray, readFixture } from "../../../../../fixtures/keras/read.ts";
import { trainingView } from "../../nn/callbacks/testing/training-view.ts";
import { conv2d, dense, flatten, reshape } from "../../nn/layers/index.ts";
import { input } from "../../nn/layers/input-layer.ts";
import { sequential } from "../../nn/model/sequential.ts";
import type { Sequential } from "../../nn/model/sequential.ts";
import { sgd } from "../../nn/optimizers/index.ts";
import type { Callback, TrainingView } from "../../nn/training/callback.ts";
import { Device } from "../../runtime/device.ts";
import type { Files } from "../files.ts";
import { memoryFiles } from "../memory-files.ts";
import { decodeMessage } from "../protobuf/message.ts";
import { hyperparametersMessage } from "./messages.ts";
import type { EventMessage } from "./messages.ts";
import { tensorBoard } from "./tensor-board.ts";
import { readEvents, readPng } from "./testing/read-events.ts";

const { cases, figures, steps, weights } = readFixture("tensorboard");

function kerasModel(): Sequential {
  const network = sequential(
    [
      input([6, 6, 2], { name: "image" }),
      conv2d(3, [4, 3], { name: "conv" }),
      conv2d(2, 1, { name: "point" }),
      flatten({ name: "flat" }),
      dense(4, { useBias: false, name: "code" }),
      dense(1, { name: "end" }),
    ],
    { name: "model" },
  );
  network.compile({ optimizer: sgd({ learningRate: 0.25 }), loss: "mse" });
  network.setWeights(weights.map((array) => decodeArray(array).data));
  return network;
}

/** The trainings of the fixtures: what they call, and with which figures. */
async function train(callback: Callback, view: TrainingView, first = 0, end = figures.length): Promise<void> {
  const { optimizerState } = view;
  for (const [epoch, logs] of figures.entries()) {
    if (epoch < first || epoch >= end) continue;
    const entries = Object.entries(logs);
    const training = entries.filter(([name]) => !name.startsWith("val_"));
    const validation = entries
      .filter(([name]) => name.startsWith("val_"))
      .map(([name, value]) => [name.slice(4), value]);
    await callback.onEpochBegin?.(epoch);
    for (let batch = 0; batch < steps; batch++) {
      await callback.onTrainBatchBegin?.(batch);
      optimizerState.iterations++;
      const soFar = training.map(([name, value]) => [name, value + batch]);
      await callback.onTrainBatchEnd?.(batch, Object.fromEntries(soFar) as Record<string, number>);
    }
    await callback.onTestBegin?.();
    await callback.onTestEnd?.(Object.fromEntries(validation) as Record<string, number>);
    await callback.onEpochEnd?.(epoch, logs);
  }
}

async function eventsOf(files: Files, folder: string): Promise<EventMessage[]> {
  const names = await files.list(folder);
  const contents = await Promise.all(names.map((name) => files.read(`${folder}/${name}`)));
  return contents.flatMap((content) => readEvents(content!));
}

/** The summaries of a run, in the form of the fixture. */
async function summariesOf(files: Files, run: string): Promise<TensorBoardSummary[]> {
  const events = await eventsOf(files, `logs/${run}`);
  return events.flatMap(({ step = 0, summary }) =>
    (summary?.value ?? []).map(({ tag = "", tensor, metadata }) => {
      const { pluginName = "", content } = metadata?.pluginData ?? {};
      const [, , ...images] = tensor?.strings ?? [];
      const numbers = [...(tensor?.floats ?? []), ...(tensor?.doubles ?? [])];
      return {
        run,
        step,
        tag,
        plugin: pluginName,
        pluginContent: Buffer.from(content ?? []).toString("hex"),
        dataClass: 0,
        dtype: tensor?.dtype ?? 0,
        ...(pluginName === "images"
          ? { images: images.map(readPng) }
          : { shape: tensor?.shape?.dim.map(({ size = 0 }) => size) ?? [], values: numbers }),
      };
    }),
  );
}

describe("Keras's summaries", () => {
  test.each(cases.map((entry) => [entry.updateFreq, entry] as const))(
    "with updateFreq %j",
    async (updateFreq, { histogramFreq, summaries }) => {
      const files = memoryFiles();
      const model = kerasModel();
      const { optimizer, state } = model.compiled!;
      const view = { ...trainingView(), model, optimizer, optimizerState: state };
      const callback = tensorBoard("logs", { files, histogramFreq, writeImages: true, updateFreq });
      await callback.onTrainBegin?.(view);
      await train(callback, view);
      await callback.onTrainEnd?.({});
      const written = [...(await summariesOf(files, "train")), ...(await summariesOf(files, "validation"))];
      const withoutValues = (list: readonly TensorBoardSummary[]): unknown =>
        list.map((each) => ({ ...each, values: 0 }));
      expect(withoutValues(written)).toEqual(withoutValues(summaries));
      const valuesOf = (list: readonly TensorBoardSummary[]): number[] => list.flatMap(({ values = [] }) => values);
      const expected = valuesOf(summaries);
      // The edges of histograms may differ in the last bits of float64.
      const largest = Math.max(...valuesOf(written).map((value, index) => Math.abs(value - expected[index]!)));
      expect(largest).toBeLessThan(1e-14);
      expect(await files.list("logs")).toEqual([]);
    },
  );
});

describe("event files", () => {
  test("begin with the version of their format and tell the time", async () => {
    const files = memoryFiles();
    vi.spyOn(Date, "now").mockReturnValue(1_700_000_000_500);
    const callback = tensorBoard("logs", { files });
    const view = trainingView();
    await callback.onTrainBegin?.(view);
    await callback.onEpochEnd?.(0, { loss: 1 });
    expect(await files.list("logs/train")).toEqual(["events.out.tfevents.1700000000.sandglass.0.v2"]);
    const [first, second] = await eventsOf(files, "logs/train");
    expect(first).toMatchObject({
      wallTime: 1_700_000_000.5,
      step: 0,
      fileVersion: "brain.Event:2",
      summary: undefined,
    });
    expect(second).toMatchObject({ wallTime: 1_700_000_000.5, step: 0, fileVersion: undefined });
    // The next training has a file of its own.
    await callback.onTrainBegin?.(view);
    await callback.onEpochEnd?.(0, { loss: 1 });
    expect(await files.list("logs/train")).toHaveLength(2);
  });

  test.each([0, 1, 2])("of an interrupted training go on from the state after %j epochs", async (done) => {
    const clock = vi.spyOn(Date, "now").mockReturnValue(1_700_000_000_000);
    const options = { histogramFreq: 1, updateFreq: "batch", hparams: { rate: 0.1 } } as const;
    const view = trainingView();
    const whole = memoryFiles();
    const uninterrupted = tensorBoard("logs", { files: whole, ...options });
    await uninterrupted.onTrainBegin?.(view);
    await train(uninterrupted, view, 0, 2);

    view.optimizerState.iterations = 0;
    const files = memoryFiles();
    const killed = tensorBoard("logs", { files, ...options });
    await killed.onTrainBegin?.(view);
    await train(killed, view, 0, done);
    const state = JSON.parse(JSON.stringify(killed.state)) as NonNullable<typeof killed.state>;
    const { iterations } = view.optimizerState;
    // What comes after the state was saved will come again.
    await train(killed, view, done, 2);

    view.optimizerState.iterations = iterations;
    clock.mockReturnValue(1_700_000_099_000);
    const resumed = tensorBoard("logs", { files, ...options });
    await resumed.onTrainBegin?.(view);
    await resumed.restoreState?.(state, []);
    clock.mockReturnValue(1_700_000_000_000);
    await train(resumed, view, done, 2);
    for (const folder of ["logs", "logs/train", "logs/validation"]) {
      const names = await whole.list(folder);
      expect(names).toHaveLength(1);
      expect(await files.list(folder)).toEqual(names);
      expect(await files.read(`${folder}/${names[0]}`)).toEqual(await whole.read(`${folder}/${names[0]}`));
    }
  });
});

describe("hyperparameters", () => {
  test("are written at begin and end", async () => {
    const files = memoryFiles();
    vi.spyOn(Date, "now").mockReturnValue(1_700_000_000_000);
    const hparams = { units: 16, activation: "relu", dropout: false };
    const callback = tensorBoard("logs/run", { files, hparams });
    await callback.onTrainBegin?.(trainingView());
    await callback.onEpochBegin?.(0);
    await callback.onEpochBegin?.(1);
    await callback.onTrainEnd?.({});
    const values = (await eventsOf(files, "logs/run")).flatMap(({ summary }) => summary?.value ?? []);
    expect(values.map(({ tag }) => tag)).toEqual(["_hparams_/session_start_info", "_hparams_/session_end_info"]);
    const [start, end] = values.map(({ metadata }) =>
      decodeMessage(hyperparametersMessage, metadata!.pluginData!.content!),
    );
    const absent = { number: undefined, text: undefined, boolean: undefined };
    expect(start!.sessionStart).toEqual({
      startTime: 1_700_000_000,
      hyperparameters: [
        { name: "activation", value: { ...absent, text: "relu" } },
        { name: "dropout", value: { ...absent, boolean: 0 } },
        { name: "units", value: { ...absent, number: 16 } },
      ],
    });
    expect(end!.sessionEnd).toEqual({ status: 1, endTime: 1_700_000_000 });
  });
});

describe("reconstructions", () => {
  let device: Device;
  beforeAll(async () => {
    device = await Device.create({ threads: 1 });
  });
  afterAll(() => device.dispose());

  function autoencoder(learningRate = 0): Sequential {
    const network = sequential([
      input([2, 3, 1]),
      flatten(),
      dense(6, { kernelInitializer: "zeros", biasInitializer: "ones" }),
      reshape([2, 3, 1]),
    ]);
    network.compile({ optimizer: sgd({ learningRate }), loss: "mse", device });
    return network;
  }

  const images = Uint8Array.from({ length: 4 * 6 }, (_, index) => index * 10);

  test("stand beside the samples", async () => {
    const files = memoryFiles();
    const network = autoencoder();
    const x = { data: images, scale: 1 / 255 };
    const callback = tensorBoard("logs", { files, reconstructions: { images: x, every: 2, count: 2 } });
    await network.fit(x, x, { epochs: 3, callbacks: [callback] });
    const shown = (await summariesOf(files, "train")).filter(({ plugin }) => plugin === "images");
    expect(shown.map(({ step, tag }) => [step, tag])).toEqual([
      [0, "reconstructions"],
      [2, "reconstructions"],
    ]);
    expect(shown[0]!.images).toEqual([
      { shape: [2, 6, 1], values: [0, 10, 20, 255, 255, 255, 30, 40, 50, 255, 255, 255] },
      { shape: [2, 6, 1], values: [60, 70, 80, 255, 255, 255, 90, 100, 110, 255, 255, 255] },
    ]);
    await network.dispose();
  });

  test("do not disturb the training", async () => {
    const x = { data: images, scale: 1 / 255 };
    const weightsAfter = async (callbacks: readonly Callback[]): Promise<readonly Float32Array[]> => {
      const network = autoencoder(0.1);
      await network.fit(x, x, { epochs: 3, batchSize: 2, callbacks });
      const trained = network.getWeights();
      await network.dispose();
      return trained;
    };
    const callback = tensorBoard("logs", { files: memoryFiles(), reconstructions: { images: x } });
    expect(await weightsAfter([callback])).toEqual(await weightsAfter([]));
  });

  test("need a model from images to images", async () => {
    const network = sequential([input([4]), dense(4)], { name: "table" });
    network.compile({ optimizer: sgd(), loss: "mse", device });
    const x = new Float32Array(8);
    const callback = tensorBoard("logs", { files: memoryFiles(), reconstructions: { images: x } });
    await expect(network.fit(x, x, { callbacks: [callback] })).rejects.toThrow('model "table" goes from [4] to [4]');
    await network.dispose();
  });
});

test("speeds are written when asked for", async () => {
  const files = memoryFiles();
  let now = 1000;
  vi.spyOn(performance, "now").mockImplementation(() => (now += 250));
  const callback = tensorBoard("logs", { files, writeStepsPerSecond: true, updateFreq: 1 });
  const view = trainingView();
  await callback.onTrainBegin?.(view);
  await callback.onEpochBegin?.(0);
  await callback.onTrainBatchBegin?.(0);
  view.optimizerState.iterations++;
  await callback.onTrainBatchEnd?.(0, { loss: 1 });
  await callback.onEpochEnd?.(0, { loss: 1 });
  const speeds = (await summariesOf(files, "train")).filter(({ tag }) => tag.endsWith("steps_per_second"));
  expect(speeds.map(({ tag, step, values }) => [tag, step, values])).toEqual([
    ["batch_steps_per_second", 1, [4]],
    ["epoch_steps_per_second", 0, [Math.fround(1 / 0.75)]],
  ]);
});

test("evaluations of their own are not written", async () => {
  const files = memoryFiles();
  const callback = tensorBoard("logs", { files });
  await callback.onTestEnd?.({ loss: 1 });
  expect(await files.list("logs/validation")).toEqual([]);
});

test("options that make no sense are refused", () => {
  const files = memoryFiles();
  expect(() => tensorBoard("logs", { files, updateFreq: 0 })).toThrow(
    "updateFreq of tensorBoard must be a whole number from 1 on; 0 came",
  );
  expect(() => tensorBoard("logs", { files, histogramFreq: 0.5 })).toThrow("histogramFreq of tensorBoard must be");
  const reconstructions = { images: new Float32Array(1), every: 0 };
  expect(() => tensorBoard("logs", { files, reconstructions })).toThrow(
    "every of reconstructions of tensorBoard must be",
  );
});
