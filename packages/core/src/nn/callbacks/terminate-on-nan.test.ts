import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { Device } from "../../runtime/device.ts";
import { dense } from "../layers/dense.ts";
import { input } from "../layers/input-layer.ts";
import { sequential } from "../model/sequential.ts";
import type { Sequential } from "../model/sequential.ts";
import { sgd } from "../optimizers/sgd.ts";
import { TrainingDiverged } from "../training/training-diverged.ts";
import { terminateOnNaN } from "./terminate-on-nan.ts";

let device: Device;
beforeAll(async () => {
  device = await Device.create({ threads: 1 });
});
afterAll(() => device.dispose());

const x = Float32Array.from({ length: 32 }, (_, index) => 1 + index);

/** A model whose second step overflows. */
function exploding(): Sequential {
  const model = sequential([input([1]), dense(1)]);
  model.compile({ optimizer: sgd({ learningRate: 1e25 }), loss: "mse", device });
  return model;
}

describe("terminateOnNaN", () => {
  // As Keras 3.15 does: the epoch ends after the step, and its end is told as always.
  test("ends the training after the step, without an error", async () => {
    const model = exploding();
    const events: string[] = [];
    const { history, epoch, stopped } = await model.fit(x, x, {
      batchSize: 8,
      epochs: 3,
      validationData: [x, x],
      callbacks: [
        terminateOnNaN(),
        {
          onTrainBatchEnd: (batch) => void events.push(`batch ${batch}`),
          onTestEnd: () => void events.push("validated"),
          onEpochEnd: (index) => void events.push(`epoch ${index}`),
          onTrainEnd: () => void events.push("end"),
        },
      ],
    });
    expect(events).toEqual(["batch 0", "batch 1", "validated", "epoch 0", "end"]);
    expect(epoch).toEqual([0]);
    expect(stopped).toBe("callback");
    expect(Number.isFinite(history["loss"]![0])).toBe(false);
    expect(
      model
        .getWeights()
        .flatMap((values) => [...values])
        .every(Number.isFinite),
    ).toBe(false);
    await model.dispose();
  });

  test("changes nothing in a training that goes well", async () => {
    const train = async (callbacks: readonly ReturnType<typeof terminateOnNaN>[]): Promise<Float32Array[]> => {
      const model = sequential([input([1]), dense(1, { kernelInitializer: "ones" })]);
      model.compile({ optimizer: sgd({ learningRate: 1e-4 }), loss: "mse", device });
      const { stopped } = await model.fit(x, x, { epochs: 2, callbacks });
      expect(stopped).toBe("finished");
      const weights = model.getWeights();
      await model.dispose();
      return weights;
    };
    expect(await train([terminateOnNaN()])).toEqual(await train([]));
  });

  test("is what keeps fit from failing", async () => {
    const model = exploding();
    const onTrainEnd = vi.fn<() => void>();
    await expect(model.fit(x, x, { batchSize: 8, callbacks: [{ onTrainEnd }] })).rejects.toThrow(TrainingDiverged);
    expect(onTrainEnd).not.toHaveBeenCalled();
    await model.dispose();
  });
});
