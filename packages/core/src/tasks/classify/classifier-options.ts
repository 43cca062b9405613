/** What goes into and comes out of classifiers. */
import type { BatchOptions } from "../../models/autoencoder-options.ts";
import type { SamplesLike } from "../../models/samples.ts";
import type { PhaseSpan } from "../../models/phase-spans.ts";
import type { TrainingChoices } from "../../models/presets.ts";
import type { AugmentationLike } from "../../nn/augmentation/index.ts";
import type { Logs } from "../../nn/logs.ts";
import type { Callback } from "../../nn/training/callback.ts";
import type { StopReason } from "../../nn/training/history.ts";
import type { FineTuneFrom } from "./networks/index.ts";

export interface FineTuning {
  /** From which layer of the base on, by its name or as a share of the layers, the last ones: 0.3. */
  readonly from: FineTuneFrom;
  /** Half of those before unless given. */
  readonly epochs?: number | undefined;
  /** A tenth of the rate before unless given. */
  readonly learningRate?: number | undefined;
}

export interface ClassifierFitOptions extends TrainingChoices {
  /** The share of the samples, or their number: the last ones, to measure with instead of training. */
  readonly validationSplit?: number | undefined;
  /** Samples to measure with; goes before `validationSplit`. */
  readonly validationData?: SamplesLike | undefined;
  /** Lets a part of the base learn, too, once the head has; not at all unless given. */
  readonly fineTune?: FineTuning | undefined;
  /** What the samples of each class count, or `balanced` for classes that count alike; 1 unless given. */
  readonly classWeight?: Readonly<Record<number, number>> | "balanced" | undefined;
  /** Whether every class comes as often as the others in each epoch; instead of weights. False unless given. */
  readonly balancedSampling?: boolean | undefined;
  /** How much of a sample's certainty goes to all classes alike; 0 unless given. */
  readonly labelSmoothing?: number | undefined;
  /** How each step changes the samples that it sees: `"flip, rotate=15"`; not at all unless given. */
  readonly augment?: AugmentationLike | undefined;
  /** Epochs without a smaller loss of the validation data after which a phase ends, with its best weights; none unless given. */
  readonly patience?: number | undefined;
  /** The epoch to begin with, counted from 0, to go on with a training that was saved with its optimizer; 0 unless given. */
  readonly initialEpoch?: number | undefined;
  /** Decides the order of the samples and all that is drawn; the classifier's own unless given. */
  readonly seed?: number | undefined;
  /** Callbacks for a part of the training. */
  readonly callbacks?: (phase: PhaseSpan) => readonly Callback[];
  /** 1 prints a progress line, 2 a line for each epoch; 0, silence, unless given. */
  readonly verbose?: 0 | 1 | 2;
  /** Ends the training after the step in which it is aborted. */
  readonly signal?: AbortSignal | undefined;
}

/** How many samples there are to train on, and to measure with. */
export interface SampleCounts {
  readonly training: number;
  readonly validation?: number | undefined;
}

export interface ClassifierPredictOptions extends BatchOptions {
  /** What logits are divided by; the classifier's own unless given. */
  readonly temperature?: number | undefined;
}

export interface SaveClassifierOptions {
  /** Whether the training can go on with what was saved, which makes files up to three times as large; false unless given. */
  readonly includeOptimizer?: boolean;
}

/** The state of a classifier between two epochs, to go back to. */
export interface ClassifierSnapshot {
  restore(): void;
}

export interface ClassifierHistory {
  /** The figures of each epoch of this training: `loss`, `accuracy`, `val_loss`, `val_accuracy`. */
  readonly epochs: readonly { readonly epoch: number; readonly logs: Logs }[];
  /** The parts that were trained, with the epochs that they took. */
  readonly phases: readonly PhaseSpan[];
  readonly stopped: StopReason;
}

export interface PlannedTuning {
  readonly from: FineTuneFrom;
  readonly epochs: number;
  readonly learningRate: number;
}

/** How samples are trained on, all decided. */
export interface ClassifierTraining {
  readonly epochs: number;
  readonly batchSize: number;
  readonly optimizer: string;
  readonly learningRate: number;
  readonly fineTuning: PlannedTuning | undefined;
  /** Whether the features of the samples are computed once and kept, because they are the same in every epoch and not too many. */
  readonly isCached: boolean;
}
