import { describe, expect, test, vi } from "vitest";
import { readFixture } from "../../../../../fixtures/keras/read.ts";
import { reduceLROnPlateau } from "./reduce-lr-on-plateau.ts";
import type { ReduceLROnPlateauOptions } from "./reduce-lr-on-plateau.ts";
import { trainingView } from "./testing/training-view.ts";

const CAMEL_CASE: Readonly<Record<string, keyof ReduceLROnPlateauOptions>> = { min_lr: "minLR", min_delta: "minDelta" };

describe("reduceLROnPlateau", () => {
  const { plateau } = readFixture("callbacks");

  test.each(plateau.map((entry) => [entry.options, entry.values, entry] as const))(
    "with %j sets Keras's learning rates for %j",
    (given, values, { learningRate, learningRates, logged }) => {
      const options = Object.fromEntries(
        Object.entries(given).map(([name, value]) => [CAMEL_CASE[name] ?? name, value]),
      );
      const { monitor = "val_loss" } = options as ReduceLROnPlateauOptions;
      const callback = reduceLROnPlateau(options);
      const view = trainingView({ learningRate });
      void callback.onTrainBegin?.(view);
      const seen = values.map((value, epoch) => {
        void callback.onEpochEnd?.(epoch, { [monitor]: value });
        return [view.reported["learning_rate"], Math.fround(view.optimizer.learningRate)];
      });
      expect(seen).toEqual(learningRates.map((rate, epoch) => [logged[epoch], rate]));
    },
  );

  test("goes on from its state", () => {
    const options = { patience: 2, cooldown: 3 };
    const values = [1, 1, 1, 0.5, 2, 2, 2, 2, 2, 2];
    const whole = run(values.length);
    for (let stop = 0; stop < values.length; stop++) expect(run(stop)).toBe(whole);

    /** The last learning rate of a training that is interrupted after so many epochs. */
    function run(interruption: number): number {
      const view = trainingView();
      let callback = reduceLROnPlateau(options);
      void callback.onTrainBegin?.(view);
      for (const [epoch, value] of values.entries()) {
        if (epoch === interruption) {
          const state = JSON.parse(JSON.stringify(callback.state)) as NonNullable<typeof callback.state>;
          callback = reduceLROnPlateau(options);
          void callback.onTrainBegin?.(view);
          void callback.restoreState?.(state, []);
        }
        void callback.onEpochEnd?.(epoch, { val_loss: value });
      }
      return view.optimizer.learningRate;
    }
  });

  test("prints what Keras prints, when asked to", () => {
    const write = vi.spyOn(process.stdout, "write").mockReturnValue(true);
    const callback = reduceLROnPlateau({ patience: 0, factor: 0.5, verbose: 1 });
    void callback.onTrainBegin?.(trainingView({ learningRate: 0.5 }));
    void callback.onEpochEnd?.(0, { val_loss: 1 });
    void callback.onEpochEnd?.(1, { val_loss: 1 });
    expect(write.mock.calls).toEqual([["\nEpoch 2: ReduceLROnPlateau reducing learning rate to 0.25.\n"]]);
  });

  test("says what it was given wrongly", () => {
    expect(() => reduceLROnPlateau({ factor: 1 })).toThrow(
      "factor of reduceLROnPlateau must be from 0 to below 1; 1 came",
    );
    expect(() => reduceLROnPlateau({ mode: "up" as "max" })).toThrow(
      'mode of reduceLROnPlateau must be "auto", "min" or "max"; "up" came',
    );
    const callback = reduceLROnPlateau({ monitor: "val_mae", mode: "min" });
    void callback.onTrainBegin?.(trainingView());
    expect(() => callback.onEpochEnd?.(0, { loss: 1 })).toThrow(
      'reduceLROnPlateau watches "val_mae", and this training reports loss; give fit a validationSplit',
    );
  });
});
