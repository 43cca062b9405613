import type { Logs } from "../logs.ts";
import type { Callback, TrainingView } from "../training/callback.ts";

export interface EarlyStoppingOptions {
  /** The figure to watch, `val_loss` unless given. */
  readonly monitor?: string;
  /** Smaller changes do not count as improvement; 0 unless given. */
  readonly minDelta?: number;
  /** Epochs without improvement before training ends; 0 unless given. */
  readonly patience?: number;
  /** Whether the figure should fall or rise; `auto`, known from the figure, unless given. */
  readonly mode?: "auto" | "min" | "max";
  /** Improvements must also beat this value. */
  readonly baseline?: number;
  /** Whether to end with the weights of the best epoch; false unless given. */
  readonly restoreBestWeights?: boolean;
  /** Epochs before this one (counted from 0) are not watched; 0 unless given. */
  readonly startFromEpoch?: number;
}

class EarlyStopping implements Callback {
  readonly #options: Required<Omit<EarlyStoppingOptions, "baseline">> & { readonly baseline: number | undefined };
  #training: TrainingView | undefined;
  #isRising = false;
  #wait = 0;
  #best: number | undefined;
  #bestWeights: Float32Array[] | undefined;

  constructor({
    monitor = "val_loss",
    minDelta = 0,
    patience = 0,
    mode = "auto",
    baseline,
    restoreBestWeights = false,
    startFromEpoch = 0,
  }: EarlyStoppingOptions) {
    this.#options = {
      monitor,
      minDelta: Math.abs(minDelta),
      patience,
      mode,
      baseline,
      restoreBestWeights,
      startFromEpoch,
    };
  }

  onTrainBegin(training: TrainingView): void {
    this.#training = training;
    this.#wait = 0;
    this.#best = undefined;
    this.#bestWeights = undefined;
    this.#isRising = this.#shouldRise(training);
  }

  onEpochEnd(epoch: number, logs: Logs): void {
    const { monitor, patience, baseline, restoreBestWeights, startFromEpoch } = this.#options;
    const training = this.#training as TrainingView;
    const current = logs[monitor];
    if (current === undefined) {
      const known = Object.keys(logs).join(", ");
      const advice = monitor.startsWith("val_")
        ? "give fit a validationSplit or validationData, or watch another figure"
        : "watch another figure";
      throw new RangeError(`earlyStopping watches "${monitor}", and this training reports ${known}; ${advice}`);
    }
    if (epoch < startFromEpoch) return;
    if (restoreBestWeights) this.#bestWeights ??= training.model.getWeights();
    this.#wait++;
    if (this.#isBetter(current, this.#best)) {
      this.#best = current;
      if (restoreBestWeights) this.#bestWeights = training.model.getWeights();
      // Patience starts anew only for what also beats the baseline.
      if (this.#isBetter(current, baseline)) this.#wait = 0;
      return;
    }
    // As in Keras, the first epoch never stops a training.
    if (this.#wait >= patience && epoch > 0) training.stopTraining = true;
  }

  onTrainEnd(): void {
    if (this.#bestWeights !== undefined) this.#training?.model.setWeights(this.#bestWeights);
    this.#bestWeights = undefined;
    this.#training = undefined;
  }

  #shouldRise(training: TrainingView): boolean {
    const { mode, monitor } = this.#options;
    if (mode !== "auto") return mode === "max";
    const better = training.betterOf(monitor.replace(/^val_/u, ""));
    if (better !== undefined) return better === "larger";
    throw new RangeError(
      `earlyStopping cannot know whether "${monitor}" should fall or rise; give mode "min" or "max"`,
    );
  }

  #isBetter(value: number, reference: number | undefined): boolean {
    if (reference === undefined) return true;
    const { minDelta } = this.#options;
    return this.#isRising ? value - minDelta > reference : value + minDelta < reference;
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
