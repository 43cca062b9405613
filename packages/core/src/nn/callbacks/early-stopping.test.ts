import { describe, expect, test, vi } from "vitest";
import type { TrainingView } from "../training/callback.ts";
import { earlyStopping } from "./early-stopping.ts";
import type { EarlyStoppingOptions } from "./early-stopping.ts";
import { trainingView } from "./testing/training-view.ts";

function viewOf(weights: () => Float32Array[] = () => []): TrainingView {
  const view = trainingView();
  vi.spyOn(view.model, "getWeights").mockImplementation(weights);
  vi.spyOn(view.model, "setWeights").mockImplementation(() => {});
  return view;
}

/** The epoch after which training stops; undefined when it does not. */
function stopsAfter(options: EarlyStoppingOptions, values: readonly number[]): number | undefined {
  const { monitor = "val_loss" } = options;
  const callback = earlyStopping(options);
  const view = viewOf();
  void callback.onTrainBegin?.(view);
  const stop = values.findIndex((value, epoch) => {
    void callback.onEpochEnd?.(epoch, { [monitor]: value });
    return view.stopTraining;
  });
  return stop === -1 ? undefined : stop;
}

describe("earlyStopping", () => {
  // The expected epochs are those after which Keras 3.15's EarlyStopping stops for the same values.
  test.each([
    [{}, [3, 2, 2], 2],
    [{}, [1, 2, 3], 1],
    [{}, [3, 2, 1], undefined],
    [{ patience: 2 }, [3, 4, 5, 1], 2],
    [{ patience: 2 }, [3, 4, 2, 4, 4], 4],
    [{ minDelta: 0.5 }, [3, 2.6, 2], 1],
    [{ minDelta: -0.5 }, [3, 2.4, 2], 2],
    [{ monitor: "accuracy" }, [0.1, 0.2, 0.2], 2],
    [{ monitor: "val_accuracy", mode: "min" }, [0.1, 0.2], 1],
    [{ mode: "max" }, [1, 2, 1], 2],
    [{ baseline: 1, patience: 2 }, [3, 2, 1.5], undefined],
    [{ baseline: 1, patience: 2 }, [3, 2, 2], 2],
    [{ baseline: 1, patience: 3 }, [3, 0.5, 2, 2, 2], 4],
    [{ startFromEpoch: 3 }, [1, 2, 3, 4, 5], 4],
  ] as const)("with %j stops for %j after epoch %j", (options, values, expected) => {
    expect(stopsAfter(options, values)).toBe(expected);
  });

  test("puts the weights of the best epoch back", () => {
    let epoch = 0;
    const view = viewOf(() => [Float32Array.of(epoch)]);
    const callback = earlyStopping({ restoreBestWeights: true, patience: 5 });
    void callback.onTrainBegin?.(view);
    for (const value of [3, 1, 2]) {
      void callback.onEpochEnd?.(epoch, { val_loss: value });
      epoch++;
    }
    void callback.onTrainEnd?.({});
    expect(view.model.setWeights).toHaveBeenCalledExactlyOnceWith([Float32Array.of(1)]);
  });

  test("can be used for several trainings", () => {
    const callback = earlyStopping();
    for (let training = 0; training < 2; training++) {
      const view = viewOf();
      void callback.onTrainBegin?.(view);
      void callback.onEpochEnd?.(0, { val_loss: 1 });
      expect(view.stopTraining).toBe(false);
      void callback.onEpochEnd?.(1, { val_loss: 2 });
      expect(view.stopTraining).toBe(true);
    }
  });

  test("goes on from its state", () => {
    const values = [3, 1, 2, 2];
    const weights = (epoch: number): Float32Array[] => [Float32Array.of(epoch)];
    const begin = earlyStopping({ patience: 2, restoreBestWeights: true });
    let epoch = 0;
    const view = viewOf(() => weights(epoch));
    void begin.onTrainBegin?.(view);
    for (; epoch < 3; epoch++) void begin.onEpochEnd?.(epoch, { val_loss: values[epoch]! });
    const end = earlyStopping({ patience: 2, restoreBestWeights: true });
    const later = viewOf(() => weights(epoch));
    void end.onTrainBegin?.(later);
    void end.restoreState?.(begin.state!, begin.stateArrays!);
    void end.onEpochEnd?.(3, { val_loss: values[3]! });
    expect(later.stopTraining).toBe(true);
    void end.onTrainEnd?.({});
    expect(later.model.setWeights).toHaveBeenCalledExactlyOnceWith(weights(1));
  });

  test("prints what Keras prints, when asked to", () => {
    const write = vi.spyOn(process.stdout, "write").mockReturnValue(true);
    const callback = earlyStopping({ restoreBestWeights: true, verbose: 1 });
    void callback.onTrainBegin?.(viewOf());
    void callback.onEpochEnd?.(0, { val_loss: 1 });
    void callback.onEpochEnd?.(1, { val_loss: 2 });
    void callback.onTrainEnd?.({});
    expect(write.mock.calls.map(([text]) => text)).toEqual([
      "Epoch 2: early stopping\n",
      "Restoring model weights from the end of the best epoch: 1.\n",
    ]);
  });

  test("says what is missing", () => {
    const callback = earlyStopping();
    void callback.onTrainBegin?.(viewOf());
    expect(() => callback.onEpochEnd?.(0, { loss: 1, mae: 2 })).toThrow(
      'earlyStopping watches "val_loss", and this training reports loss, mae; give fit a validationSplit',
    );
    expect(() => earlyStopping({ monitor: "val_own" }).onTrainBegin?.(viewOf())).toThrow('give mode "min" or "max"');
  });
});
