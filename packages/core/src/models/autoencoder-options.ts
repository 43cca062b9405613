/** What goes into and comes out of the models that users hold. */
import type { AugmentationLike } from "../nn/augmentation/index.ts";
import type { Logs } from "../nn/logs.ts";
import type { Callback } from "../nn/training/callback.ts";
import type { StopReason } from "../nn/training/history.ts";
import type { Device } from "../runtime/device.ts";
import type { TrainingChoices } from "./presets.ts";
import type { SamplesLike } from "./samples.ts";
import type { PhaseSpan } from "./phase-spans.ts";

/** What all models take beside their family's options. */
export interface AutoencoderSettings {
  /** Decides the first weights; that of `setRandomSeed` unless given. */
  readonly seed?: number | undefined;
  /** Where to compute; the device that all models share unless given. */
  readonly device?: Device | undefined;
}

/** The same, all decided. */
export interface DecidedSettings {
  readonly seed: number;
  readonly device: Device | undefined;
}

/** How to train; what is not given is the family's own. */
export interface AutoencoderFitOptions extends TrainingChoices {
  /** The share of the samples, or their number: the last ones, to measure with instead of training. */
  readonly validationSplit?: number | undefined;
  /** Samples to measure with; goes before `validationSplit`. */
  readonly validationData?: SamplesLike | undefined;
  /**
   * How each step changes the samples that it sees, inputs and targets alike: `"flip, rotate=15"`, `{ flip: true, rotate: 15 }`, or what
   * `augmentation` made of either; not at all unless given. What is measured stays as it is.
   */
  readonly augment?: AugmentationLike | undefined;
  /** Whether to mix the samples anew in each epoch; true unless given. */
  readonly shuffle?: boolean;
  /** Decides the order of the samples and all that is drawn; the model's own unless given. */
  readonly seed?: number | undefined;
  /** The epoch to go on with, counted from 0; 0 unless given. */
  readonly initialEpoch?: number;
  /**
   * Callbacks, or a function that gives those of each part of the training. One that stops the training, such as early stopping, ends
   * all of it: give it to the last part alone where there are several.
   *
   * @example
   * callbacks: ({ isLast }) => (isLast ? [earlyStopping({ patience: 3 })] : [])
   */
  readonly callbacks?: readonly Callback[] | ((phase: PhaseSpan) => readonly Callback[]);
  /** 1 prints a progress line, 2 a line for each epoch; 0, silence, unless given. */
  readonly verbose?: 0 | 1 | 2;
  /** Ends the training after the step in which it is aborted. */
  readonly signal?: AbortSignal | undefined;
}

/** How samples are put through a model. */
export interface BatchOptions {
  /** How many at a time; 128 unless given. The results do not depend on it. */
  readonly batchSize?: number;
  /** Ends it between two batches, with the signal's reason as the error. */
  readonly signal?: AbortSignal | undefined;
}

export interface DecodeOptions extends BatchOptions {
  /** The class of each code, which a conditional model needs. */
  readonly labels?: ArrayLike<number>;
}

/** How new samples are drawn. */
export interface DrawOptions extends Pick<BatchOptions, "signal"> {
  /** Decides what is drawn; 0 unless given. */
  readonly seed?: number;
  /** The classes that a conditional model draws; all in turn unless given. */
  readonly labels?: ArrayLike<number>;
}

export interface SaveAutoencoderOptions {
  /** Whether to write the optimizers' state, so that training can go on; true unless given. */
  readonly includeOptimizer?: boolean;
}

/** What exhibits are made with, beside samples. */
export interface ExhibitOptions {
  /** Decides what is drawn; 0 unless given. */
  readonly seed?: number | undefined;
  /** Samples that the model was trained on, some thousands at most: what a model may have copied is looked for among them. */
  readonly training?: SamplesLike | undefined;
}

/** What happened in a training. */
export interface AutoencoderHistory {
  /** The figures of each epoch. */
  readonly epochs: readonly { readonly epoch: number; readonly logs: Logs }[];
  /** Each figure over the epochs that have it: `history.val_loss`. */
  readonly history: Readonly<Record<string, readonly number[]>>;
  /** The parts of the training, with the epochs that belong to them. */
  readonly phases: readonly PhaseSpan[];
  readonly stopped: StopReason;
}

/** Weights and optimizers at one time. */
export interface AutoencoderSnapshot {
  /** Batches that the part of the training at hand had seen. */
  readonly iterations: number;
  restore(): Promise<void>;
}
