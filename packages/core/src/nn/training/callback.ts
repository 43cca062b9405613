import type { JsonValue } from "../keras-object.ts";
import type { Logs } from "../logs.ts";
import type { Optimizer } from "../optimizers/optimizer.ts";
import type { TrainableModel } from "./model-graph.ts";
import type { OptimizerState } from "./optimizer-state.ts";

/** What a callback sees of the training that it belongs to. */
export interface TrainingView {
  readonly model: TrainableModel;
  readonly optimizer: Optimizer;
  readonly optimizerState: OptimizerState;
  /** All callbacks of the training, in their order. */
  readonly callbacks: readonly Callback[];
  /** Set to true to end the training after this epoch. */
  stopTraining: boolean;
  /** Whether smaller or larger values of a logged figure are better; undefined when it is not known. */
  betterOf(figure: string): "smaller" | "larger" | undefined;
  readonly epochs: number;
  /** Steps in an epoch; undefined where only the end of a stream tells. */
  readonly steps: number | undefined;
  /** In `onTrainBegin`: begins the training at this epoch, after so many of its batches, as one that was interrupted there. */
  resumeAt(epoch: number, batch?: number): void;
}

/**
 * Code that runs at points of the training, as Keras's callbacks; each may return a promise, which is waited for. Epochs
 * and batches count from 0. `logs` hold the means so far of the epoch; at its end with those of the validation, as
 * `val_loss` and so on.
 */
export interface Callback {
  /** What the callback would have to know to go on after an interruption; undefined when nothing. */
  readonly state?: JsonValue | undefined;
  /** Takes such a state back, after `onTrainBegin`. */
  restoreState?(state: JsonValue): void;
  onTrainBegin?(training: TrainingView): void | Promise<void>;
  onTrainEnd?(logs: Logs): void | Promise<void>;
  onEpochBegin?(epoch: number): void | Promise<void>;
  onEpochEnd?(epoch: number, logs: Logs): void | Promise<void>;
  onTrainBatchBegin?(batch: number): void | Promise<void>;
  onTrainBatchEnd?(batch: number, logs: Logs): void | Promise<void>;
  onTestBegin?(): void | Promise<void>;
  onTestEnd?(logs: Logs): void | Promise<void>;
  onTestBatchBegin?(batch: number): void | Promise<void>;
  onTestBatchEnd?(batch: number, logs: Logs): void | Promise<void>;
  onPredictBegin?(): void | Promise<void>;
  onPredictEnd?(): void | Promise<void>;
  onPredictBatchBegin?(batch: number): void | Promise<void>;
  onPredictBatchEnd?(batch: number): void | Promise<void>;
}

/** Runs one method of every callback, in order. Waits only where there is something to wait for. */
export class CallbackList {
  readonly #callbacks: readonly Callback[];

  constructor(callbacks: readonly Callback[]) {
    this.#callbacks = callbacks;
  }

  async notify(action: (callback: Callback) => void | Promise<void>): Promise<void> {
    for (const callback of this.#callbacks) {
      const pending = action(callback);
      if (pending !== undefined) await pending;
    }
  }
}
