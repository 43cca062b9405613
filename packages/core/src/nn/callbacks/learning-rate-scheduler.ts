import type { JsonValue } from "../keras-object.ts";
import type { Callback, TrainingView } from "../training/callback.ts";
import { announce } from "./standard-output.ts";

export interface LearningRateSchedulerOptions {
  /** 1 prints each learning rate; 0 unless given. */
  readonly verbose?: 0 | 1;
}

/** The learning rate of an epoch, counted from 0, given the one before it. */
export type LearningRateFunction = (epoch: number, learningRate: number) => number;

class LearningRateScheduler implements Callback {
  readonly name = "learningRateScheduler";
  readonly #schedule: LearningRateFunction;
  readonly #verbose: 0 | 1;
  #training: TrainingView | undefined;
  /** The epoch whose learning rate has been set. */
  #epoch = -1;

  constructor(schedule: LearningRateFunction, { verbose = 0 }: LearningRateSchedulerOptions) {
    this.#schedule = schedule;
    this.#verbose = verbose;
  }

  get state(): JsonValue {
    return { epoch: this.#epoch };
  }

  restoreState(state: JsonValue): void {
    this.#epoch = (state as { readonly epoch: number }).epoch;
  }

  onTrainBegin(training: TrainingView): void {
    this.#training = training;
    this.#epoch = -1;
  }

  onEpochBegin(epoch: number): void {
    const { optimizer } = this.#training as TrainingView;
    // An epoch that goes on after an interruption has its learning rate, and a schedule may depend on the one before.
    if (epoch === this.#epoch) return;
    this.#epoch = epoch;
    const learningRate: unknown = this.#schedule(epoch, Math.fround(optimizer.learningRate));
    if (typeof learningRate !== "number") {
      throw new TypeError(
        `the function of learningRateScheduler must return a number; for epoch ${epoch} it returned ${String(learningRate)}`,
      );
    }
    optimizer.learningRate = Math.fround(learningRate);
    const message = `\nEpoch ${epoch + 1}: LearningRateScheduler setting learning rate to ${learningRate}.`;
    announce(this.#verbose, message);
  }

  onEpochEnd(): void {
    const training = this.#training as TrainingView;
    training.report("learning_rate", Math.fround(training.optimizer.learningRate));
  }
}

/**
 * Sets the learning rate at the begin of each epoch, as Keras's LearningRateScheduler, and reports it as `learning_rate`.
 * Keras keeps it as float32, and so does this.
 *
 * @example
 * learningRateScheduler((epoch, learningRate) => (epoch < 10 ? learningRate : learningRate * 0.9));
 *
 * @throws TypeError during training, when the function returns no number, or the learning rate follows a schedule already.
 * @throws RangeError during training, when the number is negative.
 */
export function learningRateScheduler(
  schedule: LearningRateFunction,
  options: LearningRateSchedulerOptions = {},
): Callback {
  return new LearningRateScheduler(schedule, options);
}
