import { describe, expect, test, vi } from "vitest";
import { dense } from "../layers/dense.ts";
import { input } from "../layers/input-layer.ts";
import { sequential } from "../model/sequential.ts";
import type { Trainer } from "../training/trainer.ts";
import type { TrainingView } from "../training/callback.ts";
import { earlyStopping } from "./early-stopping.ts";
import type { EarlyStoppingOptions } from "./early-stopping.ts";

function viewOf(weights: () => Float32Array[] = () => []): TrainingView {
  const model = sequential([input([1]), dense(1)]);
  model.compile({ optimizer: "sgd", loss: "mse" });
  vi.spyOn(model, "getWeights").mockImplementation(weights);
  vi.spyOn(model, "setWeights").mockImplementation(() => {});
  const { optimizer, state } = model.compiled as Trainer;
  return {
    model,
    optimizer,
    optimizerState: state,
    callbacks: [],
    stopTraining: false,
    epochs: 100,
    steps: 1,
    betterOf: (figure) => ({ loss: "smaller" as const, accuracy: "larger" as const })[figure],
    resumeAt: () => {},
  };
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

  test("says what is missing", () => {
    const callback = earlyStopping();
    void callback.onTrainBegin?.(viewOf());
    expect(() => callback.onEpochEnd?.(0, { loss: 1, mae: 2 })).toThrow(
      'earlyStopping watches "val_loss", and this training reports loss, mae; give fit a validationSplit',
    );
    expect(() => earlyStopping({ monitor: "val_own" }).onTrainBegin?.(viewOf())).toThrow('give mode "min" or "max"');
  });
});
