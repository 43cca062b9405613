import { describe, expect, test, vi } from "vitest";
import { readFixture } from "../../../../../fixtures/keras/read.ts";
import { trainingView } from "../../nn/callbacks/testing/training-view.ts";
import type { TestView } from "../../nn/callbacks/testing/training-view.ts";
import type { Callback } from "../../nn/training/callback.ts";
import { loadModel, loadWeights } from "../keras/index.ts";
import { memoryFiles } from "../memory-files.ts";
import { checkpointPath, modelCheckpoint } from "./model-checkpoint.ts";
import type { ModelCheckpointOptions } from "./model-checkpoint.ts";

describe("paths", () => {
  const { templates } = readFixture("callbacks");
  test.each(templates.map((entry) => [entry.template, entry] as const))(
    "of %j are Keras's",
    (template, { epoch, batch, logs, path }) => {
      expect(checkpointPath(template, epoch, batch ?? undefined, logs)).toBe(path);
    },
  );

  test("name what is there where a template asks for more", () => {
    expect(() => checkpointPath("{val_loss:.2f}.keras", 0, undefined, { loss: 1 })).toThrow(
      '"{val_loss:.2f}.keras" asks for {val_loss}, which is not known; known are epoch, loss',
    );
  });
});

/** The names of the files after epochs with these values, with the number of the epoch in the weights. */
async function savedAfter(
  values: readonly number[],
  options: Omit<ModelCheckpointOptions, "files"> = {},
  path = "{epoch}.keras",
): Promise<readonly string[]> {
  const files = memoryFiles();
  const callback = modelCheckpoint(path, { files, ...options });
  await train(callback, trainingView(), values);
  return files.list("");
}

async function train(callback: Callback, view: TestView, values: readonly number[], first = 0): Promise<void> {
  await callback.onTrainBegin?.(view);
  for (const [index, value] of values.entries()) {
    await callback.onEpochBegin?.(first + index);
    for (let batch = 0; batch < 3; batch++) await callback.onTrainBatchEnd?.(batch, { loss: value });
    await callback.onEpochEnd?.(first + index, { loss: value, val_loss: value, accuracy: value });
  }
  await callback.onTrainEnd?.({});
}

describe("modelCheckpoint", () => {
  // The epochs are those in which Keras 3.15's ModelCheckpoint saves.
  test.each([
    [{}, [3, 2, 4], ["1.keras", "2.keras", "3.keras"]],
    [{ saveBestOnly: true }, [3, 2, 2, 4, 1], ["1.keras", "2.keras", "5.keras"]],
    [{ saveBestOnly: true, monitor: "accuracy" }, [1, 3, 2, 4], ["1.keras", "2.keras", "4.keras"]],
    [{ saveBestOnly: true, monitor: "accuracy", mode: "min" }, [2, 3, 1], ["1.keras", "3.keras"]],
    [{ saveBestOnly: true, initialValueThreshold: 2.5 }, [3, 2, 1], ["2.keras", "3.keras"]],
  ] as const)("with %j saves for %j as %j", async (options, values, names) => {
    expect(await savedAfter(values, options)).toEqual(names);
  });

  test("saves each time so many batches have gone by, across epochs", async () => {
    const names = await savedAfter([1, 1, 1], { saveFreq: 2 }, "{epoch}-{batch}.keras");
    expect(names).toEqual(["1-2.keras", "2-1.keras", "2-3.keras", "3-2.keras"]);
  });

  test("saves a model that opens with its weights and its optimizer", async () => {
    const files = memoryFiles();
    const view = trainingView({ learningRate: 0.5 });
    view.model.setWeights([Float32Array.of(3), Float32Array.of(4)]);
    await train(modelCheckpoint("deep/er/best.keras", { files }), view, [1]);
    const loaded = await loadModel((await files.read("deep/er/best.keras"))!);
    expect(loaded.getWeights()).toEqual([Float32Array.of(3), Float32Array.of(4)]);
    expect(loaded.compiled?.optimizer.learningRate).toBe(0.5);
  });

  test("saves weights alone when asked to", async () => {
    const files = memoryFiles();
    const view = trainingView();
    view.model.setWeights([Float32Array.of(3), Float32Array.of(4)]);
    await train(modelCheckpoint("{epoch}.weights.h5", { files, saveWeightsOnly: true }), view, [1]);
    const { model } = trainingView();
    await loadWeights(model, (await files.read("1.weights.h5"))!);
    expect(model.getWeights()).toEqual(view.model.getWeights());
  });

  test("goes on from its state", async () => {
    const files = memoryFiles();
    const begin = modelCheckpoint("{epoch}.keras", { files, saveBestOnly: true });
    await train(begin, trainingView(), [3, 1]);
    const end = modelCheckpoint("{epoch}.keras", { files, saveBestOnly: true });
    await end.onTrainBegin?.(trainingView());
    await end.restoreState?.(begin.state!, []);
    await end.onEpochEnd?.(2, { val_loss: 2 });
    await end.onEpochEnd?.(3, { val_loss: 0.5 });
    expect(await files.list("")).toEqual(["1.keras", "2.keras", "4.keras"]);
  });

  test("prints what Keras prints, when asked to", async () => {
    const write = vi.spyOn(process.stdout, "write").mockReturnValue(true);
    await savedAfter([1, 2], { saveBestOnly: true, verbose: 1 }, "best.keras");
    expect(write.mock.calls.map(([text]) => text)).toEqual([
      "\nEpoch 1: val_loss improved from None to 1.00000, saving model to best.keras\n",
      "\nEpoch 1: finished saving model to best.keras\n",
      "\nEpoch 2: val_loss did not improve from 1.00000\n",
    ]);
  });

  test("says what it was given wrongly", async () => {
    const files = memoryFiles();
    expect(() => modelCheckpoint("model.zip", { files })).toThrow('must end in ".keras"; "model.zip" came');
    expect(() => modelCheckpoint("model.keras", { files, saveWeightsOnly: true })).toThrow(
      'the path of modelCheckpoint with saveWeightsOnly must end in ".weights.h5"; "model.keras" came',
    );
    for (const saveFreq of [0, 1.5, "batch" as "epoch"]) {
      expect(() => modelCheckpoint("a.keras", { files, saveFreq })).toThrow(
        `saveFreq of modelCheckpoint must be "epoch" or a number of batches from 1 on; ${saveFreq} came`,
      );
    }
    await expect(savedAfter([1], { saveBestOnly: true, monitor: "val_mae", mode: "min" })).rejects.toThrow(
      'modelCheckpoint watches "val_mae", and this training reports loss, val_loss, accuracy',
    );
  });
});
