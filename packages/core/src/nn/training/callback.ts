import type { JsonValue } from "../keras-object.ts";
import type { Logs } from "../logs.ts";
import type { Optimizer } from "../optimizers/optimizer.ts";
import type { FigureState } from "./figures.ts";
import type { History } from "./history.ts";
import type { TrainableModel } from "./model-graph.ts";
import type { OptimizerState } from "./optimizer-state.ts";

/** What a callback sees of the training that it belongs to. */
export interface TrainingView {
  readonly model: TrainableModel;
  readonly optimizer: Optimizer;
  readonly optimizerState: OptimizerState;
  /** All callbacks of the training, in their order. */
  readonly callbacks: readonly Callback[];
  /** Set to true to end the training: after this step, then validation and the epoch's end as always. */
  stopTraining: boolean;
  /**
   * Whether the training goes on when a loss or a weight is NaN or infinite; false at first, so that it ends with
   * TrainingDiverged and the weights of the last good epoch.
   */
  allowNonFinite: boolean;
  /** What has happened so far. */
  readonly history: History;
  /** What decides the order of the samples and what dropout drops. */
  readonly seed: number;
  /** Whether smaller or larger values of a logged figure are better; undefined when it is not known. */
  betterOf(figure: string): "smaller" | "larger" | undefined;
  readonly epochs: number;
  /** Steps in an epoch; undefined where only the end of a stream tells. */
  readonly steps: number | undefined;
  /** What the figures of the epoch have added up to; undefined before its first batch. */
  readonly figureState: FigureState | undefined;
  /**
   * In `onTrainBegin`: begins the training at this epoch, after so many of its batches, as one that was interrupted there.
   *
   * @param figures what those batches have added up to.
   */
  resumeAt(epoch: number, batch?: number, figures?: FigureState): void;
  /** In `onEpochEnd`: adds a figure to the epoch's, for the callbacks that follow and the history. */
  report(figure: string, value: number): void;
}

/**
 * Code that runs at points of the training, as Keras's callbacks; each may return a promise, which is waited for. Epochs
 * and batches count from 0. `logs` hold the means so far of the epoch; at its end with those of the validation, as
 * `val_loss` and so on.
 */
export interface Callback {
  /** What messages call it. */
  readonly name?: string;
  /** Whether it sees events after all others, as one that saves what they know; false unless given. */
  readonly comesLast?: boolean;
  /** What the callback would have to know to go on after an interruption; undefined when nothing. */
  readonly state?: JsonValue | undefined;
  /** What of that is large, such as weights. */
  readonly stateArrays?: readonly Float32Array[] | undefined;
  /** Takes such a state back, after `onTrainBegin`. */
  restoreState?(state: JsonValue, arrays: readonly Float32Array[]): void | Promise<void>;
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

/** What `fit`, `evaluate` and `predict` take of callbacks. */
export interface CallbackOptions {
  readonly callbacks?: Callback | readonly Callback[];
  /** 1 prints a progress line, 2 a line for each epoch; 0, silence, unless given. Keras prints unless told not to. */
  readonly verbose?: 0 | 1 | 2;
}

/** Ends predictions and measurements with the signal's reason as their error, between two batches. */
export function endedBy(signal: AbortSignal | undefined): readonly Callback[] {
  if (signal === undefined) return [];
  const check = (): void => signal.throwIfAborted();
  return [{ onTestBatchBegin: check, onPredictBatchBegin: check }];
}

/** Runs one method of every callback, in order, then of those that come last. Waits only where there is something to wait for. */
export class CallbackList {
  readonly #callbacks: readonly Callback[];

  constructor(given: Callback | readonly Callback[]) {
    const callbacks = [given].flat() as readonly Callback[];
    this.#callbacks = [
      ...callbacks.filter(({ comesLast = false }) => !comesLast),
      ...callbacks.filter(({ comesLast = false }) => comesLast),
    ];
  }

  async notify(action: (callback: Callback) => void | Promise<void>): Promise<void> {
    for (const callback of this.#callbacks) {
      const pending = action(callback);
      if (pending !== undefined) await pending;
    }
  }
}
