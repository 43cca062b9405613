import { describe, expect, test, vi } from "vitest";
import { readFixture } from "../../../../../fixtures/keras/read.ts";
import { learningRateScheduler } from "./learning-rate-scheduler.ts";
import { trainingView } from "./testing/training-view.ts";

const decay = (epoch: number, rate: number): number => (epoch > 0 ? rate * 0.9 : rate);

describe("learningRateScheduler", () => {
  test("sets and reports Keras's learning rates", () => {
    const { scheduler } = readFixture("callbacks");
    const view = trainingView({ learningRate: 0.1 });
    const callback = learningRateScheduler(decay);
    void callback.onTrainBegin?.(view);
    const reported = scheduler.map((_, epoch) => {
      void callback.onEpochBegin?.(epoch);
      void callback.onEpochEnd?.(epoch, {});
      return view.reported["learning_rate"];
    });
    expect(reported).toEqual(scheduler);
  });

  test("does not set the learning rate of an interrupted epoch a second time", () => {
    const view = trainingView({ learningRate: 0.1 });
    const begin = learningRateScheduler(decay);
    void begin.onTrainBegin?.(view);
    void begin.onEpochBegin?.(1);
    const rate = view.optimizer.learningRate;
    const end = learningRateScheduler(decay);
    void end.onTrainBegin?.(view);
    void end.restoreState?.(begin.state!, []);
    void end.onEpochBegin?.(1);
    expect(view.optimizer.learningRate).toBe(rate);
    void end.onEpochBegin?.(2);
    expect(view.optimizer.learningRate).toBe(Math.fround(rate * 0.9));
  });

  test("prints what Keras prints, when asked to", () => {
    const write = vi.spyOn(process.stdout, "write").mockReturnValue(true);
    const callback = learningRateScheduler(() => 0.25, { verbose: 1 });
    void callback.onTrainBegin?.(trainingView());
    void callback.onEpochBegin?.(2);
    expect(write.mock.calls).toEqual([["\nEpoch 3: LearningRateScheduler setting learning rate to 0.25.\n"]]);
  });

  test("needs numbers from 0 on", () => {
    const begin = (result: unknown): void => {
      const callback = learningRateScheduler(() => result as number);
      void callback.onTrainBegin?.(trainingView());
      void callback.onEpochBegin?.(4);
    };
    expect(() => begin(undefined)).toThrow(
      "the function of learningRateScheduler must return a number; for epoch 4 it returned undefined",
    );
    expect(() => begin(-1)).toThrow("the learning rate must be a number from 0 on; -1 came");
  });
});
