/** One training from its first epoch, or from where an earlier one ended, to its end, whatever that is. */
import {
  earlyStopping,
  TrainingDiverged,
  type AnyDataset,
  type Autoencoder,
  type AutoencoderSnapshot,
  type Callback,
  type PhaseSpan,
} from "@sandglass/core";
import { UserError } from "../errors.ts";
import type { EpochFigures } from "../runs/history-csv.ts";
import type { RunState, TrainingPhase, TrainingSettings } from "../runs/run-record.ts";

/** What is told of a training while it goes on. Epochs and steps count from 1. */
export interface TrainingProgress {
  begin?(plan: { readonly firstEpoch: number; readonly epochs: number; readonly steps: number }): void;
  step?(epoch: number, step: number, figures: EpochFigures): void;
  /** @param phase the part of the training that the epoch belongs to, where it has several. */
  epoch?(epoch: number, figures: EpochFigures, phase?: string): void;
  end?(): void;
}

export interface TrainOptions {
  readonly training: AnyDataset;
  readonly validation: AnyDataset | undefined;
  readonly settings: TrainingSettings;
  /** The epochs that an earlier training of this model has done; training goes on after them. */
  readonly history?: readonly EpochFigures[];
  /** The parts that those epochs belong to, where the training has several. */
  readonly phases?: readonly TrainingPhase[];
  readonly progress?: TrainingProgress;
  /** Ends the training after the step in which it is aborted. */
  readonly signal?: AbortSignal;
  /** Is called, and waited for, at the end of each epoch. */
  readonly onEpochEnd?: (soFar: SoFar) => Promise<void>;
}

/** What a training has come to at the end of an epoch. */
export type SoFar = Pick<Outcome, "history" | "phases" | "seconds" | "samplesPerSecond">;

/** How a training went. */
export interface Outcome {
  readonly state: Exclude<RunState, "running">;
  /** All whole epochs, earlier ones included. */
  readonly history: readonly EpochFigures[];
  /** The parts of the training that have an epoch behind them; none where it is all one. */
  readonly phases: readonly TrainingPhase[];
  /** Of this training. */
  readonly seconds: number;
  readonly samplesPerSecond: number;
  /** Where it ended in the middle of an epoch, or why it failed. */
  readonly note?: string;
  /** The state at the end of the last whole epoch, where the model has gone beyond it. */
  readonly checkpoint?: AutoencoderSnapshot;
  /** For `diverged`. */
  readonly problem?: TrainingDiverged;
}

export async function train(model: Autoencoder, options: TrainOptions): Promise<Outcome> {
  const { training, validation, settings, history: earlier = [], progress = {}, signal } = options;
  const watch = new Watch(model, options);
  const { patience, epochs, batchSize, optimizer, learningRate, augment, seed } = settings;
  const monitor = validation === undefined ? "loss" : "val_loss";
  const outcome = (state: Outcome["state"], rest: Partial<Outcome> = {}): Outcome => ({
    state,
    ...watch.soFar(),
    ...rest,
  });
  // An early part of a training ends when it is due; only the last one may end early.
  const stopping = ({ from, isLast }: PhaseSpan): readonly Callback[] => {
    if (patience === undefined || !isLast) return [];
    return [requiring(monitor), goOn(earlyStopping({ monitor, patience }), earlier.slice(from))];
  };
  try {
    const { stopped } = await model.fit(training, {
      epochs,
      initialEpoch: earlier.length,
      batchSize,
      optimizer,
      learningRate,
      augment,
      seed,
      validationData: validation,
      signal,
      callbacks: (phase) => [watch.during(phase), ...stopping(phase)],
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
class Watch {
  readonly #history: EpochFigures[];
  readonly #phases: { name: string; epochs: number }[];
  readonly #started = performance.now();
  #samples = 0;
  readonly #model: Autoencoder;
  readonly #options: TrainOptions;
  readonly #steps: number;
  #step = 0;
  #lastWhole: AutoencoderSnapshot | undefined;

  constructor(model: Autoencoder, options: TrainOptions) {
    const { progress, settings, training } = options;
    this.#model = model;
    this.#options = options;
    this.#steps = Math.ceil(training.count / settings.batchSize);
    this.#history = [...(options.history ?? [])];
    this.#phases = (options.phases ?? []).map((phase) => ({ ...phase }));
    progress?.begin?.({ firstEpoch: this.#history.length + 1, epochs: settings.epochs, steps: this.#steps });
  }

  /** What a part of the training is followed with. */
  during({ name, from, isLast }: PhaseSpan): Callback {
    const isOnly = from === 0 && isLast;
    const phase = isOnly ? { name, epochs: 0 } : this.#phaseOf(name, from);
    return {
      onTrainBegin: () => this.#remember(),
      onTrainBatchEnd: (batch, figures) => this.#stepEnd(batch, figures),
      onEpochEnd: async (_, figures) => {
        phase.epochs++;
        await this.#epochEnd(figures, isOnly ? undefined : name);
      },
    };
  }

  soFar(): SoFar {
    const seconds = (performance.now() - this.#started) / 1000;
    return {
      history: this.#history,
      // The parts of the training that have an epoch behind them, where it has several.
      phases: this.#phases.filter(({ epochs }) => epochs > 0),
      seconds,
      samplesPerSecond: this.#samples / seconds,
    };
  }

  /** A part that begins, or one that goes on. */
  #phaseOf(name: string, from: number): { name: string; epochs: number } {
    const last = this.#phases.at(-1);
    if (last?.name === name) return last;
    const phase = { name, epochs: this.#history.length - from };
    this.#phases.push(phase);
    return phase;
  }

  /** What to note of a training that was aborted: nothing, if that was between two epochs. */
  interruption(): Partial<Outcome> {
    const lastWhole = this.#lastWhole;
    if (lastWhole === undefined || this.#step === 0) return {};
    return {
      note: `interrupted in epoch ${this.#history.length + 1} after step ${this.#step} of ${this.#steps}`,
      checkpoint: lastWhole,
    };
  }

  #stepEnd(batch: number, figures: EpochFigures): void {
    const { training, settings, progress } = this.#options;
    this.#step = batch + 1;
    this.#samples += Math.min(settings.batchSize, training.count - batch * settings.batchSize);
    progress?.step?.(this.#history.length + 1, this.#step, figures);
  }

  async #epochEnd(figures: EpochFigures, phase: string | undefined): Promise<void> {
    this.#history.push(figures);
    this.#step = 0;
    this.#remember();
    this.#options.progress?.epoch?.(this.#history.length, figures, phase);
    await this.#options.onEpochEnd?.(this.soFar());
  }

  #remember(): void {
    this.#lastWhole = this.#model.takeSnapshot();
  }
}

/** Says at the end of the first epoch, not never, that there is nothing to go by. */
function requiring(figure: string): Callback {
  return {
    onEpochEnd: (_, logs) => {
      if (figure in logs) return;
      throw new UserError(
        `--patience goes by ${figure}, and this training measures ${Object.keys(logs).join(", ")}; leave --patience out`,
        { exitCode: 2 },
      );
    },
  };
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
