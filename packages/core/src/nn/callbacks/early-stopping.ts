import type { JsonValue } from "../keras-object.ts";
import type { Logs } from "../logs.ts";
import type { Callback, TrainingView } from "../training/callback.ts";
import { Monitor } from "./monitor.ts";
import type { MonitorOptions } from "./monitor.ts";
import { announce } from "./standard-output.ts";

export interface EarlyStoppingOptions extends MonitorOptions {
  /** Smaller changes do not count as improvement; 0 unless given. */
  readonly minDelta?: number;
  /** Epochs without improvement before training ends; 0 unless given. */
  readonly patience?: number;
  /** Improvements must also beat this value. */
  readonly baseline?: number;
  /** Whether to end with the weights of the best epoch; false unless given. */
  readonly restoreBestWeights?: boolean;
  /** Epochs before this one (counted from 0) are not watched; 0 unless given. */
  readonly startFromEpoch?: number;
  /** 1 prints when training is stopped; 0 unless given. */
  readonly verbose?: 0 | 1;
}

interface State {
  readonly [key: string]: JsonValue;
  readonly wait: number;
  readonly best: number | null;
  readonly bestEpoch: number;
  readonly stoppedEpoch: number;
}

class EarlyStopping implements Callback {
  readonly name = "earlyStopping";
  readonly #options: Required<Pick<EarlyStoppingOptions, "patience" | "restoreBestWeights" | "startFromEpoch">>;
  readonly #baseline: number | undefined;
  readonly #verbose: 0 | 1;
  readonly #monitor: Monitor;
  #training: TrainingView | undefined;
  #wait = 0;
  #best: number | undefined;
  #bestEpoch = 0;
  #bestWeights: readonly Float32Array[] | undefined;
  #stoppedEpoch = 0;

  constructor(options: EarlyStoppingOptions) {
    const { minDelta = 0, patience = 0, baseline, restoreBestWeights = false, startFromEpoch = 0 } = options;
    this.#options = { patience, restoreBestWeights, startFromEpoch };
    this.#baseline = baseline;
    this.#verbose = options.verbose ?? 0;
    this.#monitor = new Monitor(this.name, options, minDelta);
  }

  get state(): State {
    const [wait, best, bestEpoch, stoppedEpoch] = [this.#wait, this.#best, this.#bestEpoch, this.#stoppedEpoch];
    return { wait, best: best ?? null, bestEpoch, stoppedEpoch };
  }

  get stateArrays(): readonly Float32Array[] | undefined {
    return this.#bestWeights;
  }

  restoreState(state: JsonValue, arrays: readonly Float32Array[]): void {
    const { wait, best, bestEpoch, stoppedEpoch } = state as State;
    this.#wait = wait;
    this.#best = best ?? undefined;
    this.#bestEpoch = bestEpoch;
    this.#stoppedEpoch = stoppedEpoch;
    this.#bestWeights = arrays.length === 0 ? undefined : arrays;
  }

  onTrainBegin(training: TrainingView): void {
    this.#training = training;
    this.#wait = 0;
    this.#best = undefined;
    this.#bestEpoch = 0;
    this.#bestWeights = undefined;
    this.#stoppedEpoch = 0;
    this.#monitor.begin(training);
  }

  onEpochEnd(epoch: number, logs: Logs): void {
    const { patience, restoreBestWeights, startFromEpoch } = this.#options;
    const training = this.#training as TrainingView;
    const current = this.#monitor.read(logs);
    if (epoch < startFromEpoch) return;
    if (restoreBestWeights && this.#bestWeights === undefined) this.#remember(training, epoch);
    this.#wait++;
    if (this.#monitor.isBetter(current, this.#best)) {
      this.#best = current;
      if (restoreBestWeights) this.#remember(training, epoch);
      // Patience starts anew only for what also beats the baseline.
      if (this.#monitor.isBetter(current, this.#baseline)) this.#wait = 0;
      return;
    }
    // As in Keras, the first epoch never stops a training.
    if (this.#wait < patience || epoch === 0) return;
    this.#stoppedEpoch = epoch;
    training.stopTraining = true;
  }

  onTrainEnd(): void {
    if (this.#stoppedEpoch > 0) announce(this.#verbose, `Epoch ${this.#stoppedEpoch + 1}: early stopping`);
    if (this.#bestWeights !== undefined) {
      const best = this.#bestEpoch + 1;
      announce(this.#verbose, `Restoring model weights from the end of the best epoch: ${best}.`);
      this.#training?.model.setWeights(this.#bestWeights);
    }
    this.#bestWeights = undefined;
    this.#training = undefined;
  }

  #remember({ model }: TrainingView, epoch: number): void {
    this.#bestWeights = model.getWeights();
    this.#bestEpoch = epoch;
  }
}

/**
 * Ends a training that no longer gets better, as Keras's EarlyStopping.
 *
 * @throws RangeError during training, when the figure to watch is not reported or it is not known which way is better.
 */
export function earlyStopping(options: EarlyStoppingOptions = {}): Callback {
  return new EarlyStopping(options);
}
