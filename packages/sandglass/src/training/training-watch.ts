/** What is told and kept of a training while it goes on. */
import type { Callback, PhaseSpan } from "@sandglass/core";
import type { EpochFigures } from "../runs/history-csv.ts";
import type { TrainingPhase } from "../runs/run-record.ts";

/** What is told of a training while it goes on. Epochs and steps count from 1. */
export interface TrainingProgress {
  begin?(plan: { readonly firstEpoch: number; readonly epochs: number; readonly steps: number }): void;
  step?(epoch: number, step: number, figures: EpochFigures): void;
  /** @param phase the part of the training that the epoch belongs to, where it has several. */
  epoch?(epoch: number, figures: EpochFigures, phase?: string): void;
  end?(): void;
}

/** What a training has come to at the end of an epoch. */
export interface SoFar {
  /** All whole epochs, earlier ones included. */
  readonly history: readonly EpochFigures[];
  /** The parts of the training that have an epoch behind them; none where it is all one. */
  readonly phases: readonly TrainingPhase[];
  /** Of this training. */
  readonly seconds: number;
  readonly samplesPerSecond: number;
}

/** A model whose state between epochs can be kept. */
export interface Watched<Snapshot> {
  takeSnapshot(): Snapshot;
}

export interface WatchOptions {
  /** Samples that are trained on. */
  readonly count: number;
  readonly batchSize: number;
  /** In all. */
  readonly epochs: number;
  /** The epochs that an earlier training of this model has done; training goes on after them. */
  readonly history?: readonly EpochFigures[];
  /** The parts that those epochs belong to, where the training has several. */
  readonly phases?: readonly TrainingPhase[];
  readonly progress?: TrainingProgress;
  /** Is called, and waited for, at the end of each epoch. */
  readonly onEpochEnd?: (soFar: SoFar) => Promise<void>;
}

/** Until so many seconds have passed, an epoch's end is no reason to save a run that goes on. */
const SECONDS_BETWEEN_SAVES = 30;

/** Saves at the end of epochs, but not of each short one. */
export function savingNowAndThen(save: (soFar: SoFar) => Promise<void>): (soFar: SoFar) => Promise<void> {
  let lastSave = performance.now();
  return async (soFar) => {
    if (performance.now() - lastSave < SECONDS_BETWEEN_SAVES * 1000) return;
    await save(soFar);
    lastSave = performance.now();
  };
}

/** Follows a training: reports it, notes its figures, and remembers the state between epochs. */
export class TrainingWatch<Snapshot> {
  readonly #history: EpochFigures[];
  readonly #phases: { name: string; epochs: number }[];
  readonly #started = performance.now();
  #samples = 0;
  readonly #model: Watched<Snapshot>;
  readonly #options: WatchOptions;
  readonly #steps: number;
  #step = 0;
  #lastWhole: Snapshot | undefined;

  constructor(model: Watched<Snapshot>, options: WatchOptions) {
    const { count, batchSize, epochs, history = [], phases = [], progress } = options;
    this.#model = model;
    this.#options = options;
    this.#steps = Math.ceil(count / batchSize);
    this.#history = [...history];
    this.#phases = phases.map((phase) => ({ ...phase }));
    progress?.begin?.({ firstEpoch: this.#history.length + 1, epochs, steps: this.#steps });
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

  /** The state at the end of the last whole epoch; undefined before the training has begun. */
  get lastWhole(): Snapshot | undefined {
    return this.#lastWhole;
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
  interruption(): { readonly note?: string; readonly checkpoint?: Snapshot } {
    const lastWhole = this.#lastWhole;
    if (lastWhole === undefined || this.#step === 0) return {};
    return {
      note: `interrupted in epoch ${this.#history.length + 1} after step ${this.#step} of ${this.#steps}`,
      checkpoint: lastWhole,
    };
  }

  #stepEnd(batch: number, figures: EpochFigures): void {
    const { count, batchSize, progress } = this.#options;
    this.#step = batch + 1;
    this.#samples += Math.min(batchSize, count - batch * batchSize);
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
