/** One training from its first epoch, or from where an earlier one ended, to its end, whatever that is. */
import { earlyStopping, TrainingDiverged, type Callback, type Dataset, type Model } from "@sandglass/core";
import type { EpochFigures } from "../runs/history-csv.ts";
import type { RunState, TrainingSettings } from "../runs/run-record.ts";

/** What is told of a training while it goes on. Epochs and steps count from 1. */
export interface TrainingProgress {
  begin?(plan: { readonly firstEpoch: number; readonly epochs: number; readonly steps: number }): void;
  step?(epoch: number, step: number, figures: EpochFigures): void;
  epoch?(epoch: number, figures: EpochFigures): void;
  end?(): void;
}

export interface TrainOptions {
  readonly training: Dataset;
  readonly validation: Dataset | undefined;
  readonly settings: TrainingSettings;
  /** The epochs that an earlier training of this model has done; training goes on after them. */
  readonly history?: readonly EpochFigures[];
  readonly progress?: TrainingProgress;
  /** Ends the training after the step in which it is aborted. */
  readonly signal?: AbortSignal;
  /** Is called, and waited for, at the end of each epoch. */
  readonly onEpochEnd?: (history: readonly EpochFigures[]) => Promise<void>;
}

/** How a training went. */
export interface Outcome {
  readonly state: Exclude<RunState, "running">;
  /** All whole epochs, earlier ones included. */
  readonly history: readonly EpochFigures[];
  /** Of this training. */
  readonly seconds: number;
  readonly samplesPerSecond: number;
  /** Where it ended in the middle of an epoch, or why it failed. */
  readonly note?: string;
  /** The state at the end of the last whole epoch, where the model has gone beyond it. */
  readonly checkpoint?: Checkpoint;
  /** For `diverged`. */
  readonly problem?: TrainingDiverged;
}

/** A model's weights and its optimizer's state at one time. */
export interface Checkpoint {
  /** Puts them back into the model. */
  restore(): void;
}

/** Trains a compiled autoencoder to give back its input. */
export async function train(model: Model, options: TrainOptions): Promise<Outcome> {
  const { training, validation, settings, history: earlier = [], progress = {}, signal } = options;
  const watch = new Watch(model, options);
  const { patience, epochs, batchSize, seed } = settings;
  const monitor = validation === undefined ? "loss" : "val_loss";
  const stopping = patience === undefined ? [] : [goOn(earlyStopping({ monitor, patience }), earlier)];
  const started = performance.now();
  const outcome = (state: Outcome["state"], rest: Partial<Outcome> = {}): Outcome => {
    const seconds = (performance.now() - started) / 1000;
    return { state, history: watch.history, seconds, samplesPerSecond: watch.samples / seconds, ...rest };
  };
  try {
    const { stopped } = await model.fit(training, training, {
      epochs,
      initialEpoch: earlier.length,
      batchSize,
      seed,
      ...(validation !== undefined && { validationData: [validation, validation] }),
      ...(signal !== undefined && { signal }),
      callbacks: [watch, ...stopping],
    });
    if (stopped === "callback") return outcome("stopped early");
    return stopped === "aborted" ? outcome("interrupted", watch.interruption()) : outcome("finished");
  } catch (error) {
    if (!(error instanceof TrainingDiverged)) throw error;
    return outcome("diverged", { note: error.message, problem: error });
  } finally {
    progress.end?.();
  }
}

/** Follows a training: reports it, notes its figures, and remembers the state between epochs. */
class Watch implements Callback {
  readonly history: EpochFigures[];
  samples = 0;
  readonly #model: Model;
  readonly #options: TrainOptions;
  readonly #steps: number;
  #step = 0;
  #lastWhole: { readonly iterations: number } & Checkpoint = { iterations: 0, restore: () => undefined };

  constructor(model: Model, options: TrainOptions) {
    this.#model = model;
    this.#options = options;
    this.#steps = Math.ceil(options.training.count / options.settings.batchSize);
    this.history = [...(options.history ?? [])];
  }

  onTrainBegin(): void {
    const { progress, settings } = this.#options;
    this.#remember();
    progress?.begin?.({ firstEpoch: this.history.length + 1, epochs: settings.epochs, steps: this.#steps });
  }

  onTrainBatchEnd(batch: number, figures: EpochFigures): void {
    const { training, settings, progress } = this.#options;
    this.#step = batch + 1;
    this.samples += Math.min(settings.batchSize, training.count - batch * settings.batchSize);
    progress?.step?.(this.history.length + 1, this.#step, figures);
  }

  async onEpochEnd(_: number, figures: EpochFigures): Promise<void> {
    this.history.push(figures);
    this.#step = 0;
    this.#remember();
    this.#options.progress?.epoch?.(this.history.length, figures);
    await this.#options.onEpochEnd?.(this.history);
  }

  /** What to note of a training that was aborted: nothing, if that was between two epochs. */
  interruption(): Partial<Outcome> {
    if (this.#lastWhole.iterations === this.#model.compiled?.state.iterations) return {};
    return {
      note: `interrupted in epoch ${this.history.length + 1} after step ${this.#step} of ${this.#steps}`,
      checkpoint: this.#lastWhole,
    };
  }

  #remember(): void {
    const model = this.#model;
    const weights = model.getWeights();
    const state = model.compiled?.state.read() ?? { iterations: 0, variables: [] };
    this.#lastWhole = {
      iterations: state.iterations,
      restore: () => {
        model.setWeights(weights);
        model.compiled?.state.assign(state);
      },
    };
  }
}

/** A callback that has seen the earlier epochs, as if the training had never been interrupted. */
function goOn(callback: Callback, earlier: readonly EpochFigures[]): Callback {
  return {
    onTrainBegin: async (training) => {
      await callback.onTrainBegin?.(training);
      for (const [epoch, figures] of earlier.entries()) await callback.onEpochEnd?.(epoch, figures);
      training.stopTraining = false;
    },
    onEpochEnd: (epoch, figures) => callback.onEpochEnd?.(epoch, figures),
    onTrainEnd: (figures) => callback.onTrainEnd?.(figures),
  };
}
