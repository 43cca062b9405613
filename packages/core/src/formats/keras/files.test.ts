// Every kind of model file that Keras 3 and Keras 2 write, read here and compared with what Keras predicts.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { decodeArray, readFixture, readFixtureBytes } from "../../../../../fixtures/keras/read.ts";
import type { Model } from "../../index.ts";
import { Device } from "../../runtime/device.ts";
import { loadModel } from "./load-model.ts";
import { saveModel } from "./save-model.ts";
import { loadWeights, saveWeights } from "./weights-file.ts";

let device: Device;
beforeAll(async () => {
  device = await Device.create({ threads: 1 });
});
afterAll(() => device.dispose());

/** Both compute in float32, in another order. */
const PREDICTION_TOLERANCE = 2e-6;
/** After some steps of training. */
const TRAINING_TOLERANCE = 1e-5;

function worstDifference(came: ArrayLike<number>, expected: ArrayLike<number>): number {
  expect(came).toHaveLength(expected.length);
  return Math.max(...Array.from(came, (value, index) => Math.abs(value - (expected[index] as number))));
}

/** Other weights than those of the file, so that a test sees whether they are read. */
function scramble(model: Model): void {
  for (const variable of model.variables) variable.assign(variable.read().fill(0.25));
}

describe.each(["outputs", "preprocessing"] as const)("a file of Keras 3: %s", (name) => {
  const { files, input, outputs, targets, evaluation, losses } = readFixture("files")[name];
  const x = decodeArray(input).data;
  const y = targets.map((target) => decodeArray(target).data);
  const differences = async (model: Model): Promise<number[]> => {
    const predicted = await model.predictAll(x);
    return outputs.map((output, index) => worstDifference(predicted[index] ?? [], decodeArray(output).data));
  };
  const expectKerasPredictions = async (model: Model): Promise<void> => {
    expect(Math.max(...(await differences(model)))).toBeLessThan(PREDICTION_TOLERANCE);
  };

  test.each(["keras", "h5"] as const)("predicts, measures and goes on training as in Keras: %s", async (kind) => {
    const model = await loadModel(readFixtureBytes(files[kind]), { device });
    await expectKerasPredictions(model);
    const measured = await model.evaluate(x, y);
    expect(Object.keys(measured).toSorted()).toEqual(Object.keys(evaluation).toSorted());
    for (const [key, value] of Object.entries(evaluation)) expect(measured[key], key).toBeCloseTo(value, 5);
    for (const loss of losses) {
      const logs = await model.trainOnBatch(x, y);
      expect(Math.abs((logs["loss"] as number) - loss)).toBeLessThan(TRAINING_TOLERANCE * loss);
    }
    await model.dispose();
  });

  test("has its weights in a weights file, in a model file and in an older one", async () => {
    const model = await loadModel(readFixtureBytes(files.keras), { device, compile: false });
    for (const file of [files.weights, files.keras, files.h5]) {
      scramble(model);
      expect(Math.max(...(await differences(model)))).toBeGreaterThan(0.01);
      expect(await loadWeights(model, readFixtureBytes(file))).toEqual([]);
      await expectKerasPredictions(model);
    }
    await model.dispose();
  });

  test.each(["keras", "h5"] as const)("comes back after it was written: %s", async (format) => {
    const model = await loadModel(readFixtureBytes(files.keras), { device });
    const again = await loadModel(await saveModel(model, { format }), { device });
    expect(again.getWeights()).toEqual(model.getWeights());
    expect(await again.evaluate(x, y)).toEqual(await model.evaluate(x, y));
    expect(await again.trainOnBatch(x, y)).toEqual(await model.trainOnBatch(x, y));
    expect(again.getWeights()).toEqual(model.getWeights());
    await again.dispose();
    await model.dispose();
  });

  test.each(["keras", "legacy"] as const)("gives its weights away and takes them back: %s", async (format) => {
    const model = await loadModel(readFixtureBytes(files.keras), { device, compile: false });
    const weights = model.getWeights();
    const bytes = await saveWeights(model, { format });
    expect(await saveWeights(model, { format })).toEqual(bytes);
    scramble(model);
    await loadWeights(model, bytes);
    expect(model.getWeights()).toEqual(weights);
  });
});

describe.each(["functional", "sequential"] as const)("a file of Keras 2: %s", (name) => {
  const { file, kerasFile, weightsFile, inputs, output } = readFixture("older-files")[name];
  const x = inputs.map((input) => decodeArray(input).data);

  const expectKerasPrediction = async (model: Model): Promise<void> => {
    expect(worstDifference(await model.predict(x), decodeArray(output).data)).toBeLessThan(PREDICTION_TOLERANCE);
  };

  test.each([file, kerasFile])("predicts as in Keras, its optimizer as new: %s", async (saved) => {
    const model = await loadModel(readFixtureBytes(saved), { device });
    await expectKerasPrediction(model);
    expect(model.compiled?.state.iterations).toBe(0);
    await model.dispose();
  });

  test("has its weights in a weights file", async () => {
    const model = await loadModel(readFixtureBytes(file), { device, compile: false });
    scramble(model);
    await loadWeights(model, readFixtureBytes(weightsFile));
    await expectKerasPrediction(model);
    await model.dispose();
  });
});

test("Keras 2's decay of the learning rate is a schedule here", async () => {
  const model = await loadModel(readFixtureBytes("keras2-functional.h5"), { device });
  expect(model.compiled?.optimizer.getConfig()["learning_rate"]).toMatchObject({
    class_name: "InverseTimeDecay",
    config: { decay_steps: 1, decay_rate: 0.5 },
  });
});
