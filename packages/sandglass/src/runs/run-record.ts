/** `run.json`: everything that is needed to repeat a run, and what came of it. */
import type { OptionValue, Warning } from "@sandglass/core";
import type { PartLeaks } from "../leaks/index.ts";
import type { PreparedData, TrainingRequest } from "../sources/index.ts";
import { parseRecordFile } from "./record-file.ts";

/** Of the format; runs of other versions are not read. */
export const RECORD_VERSION = 3;

/** How a training ended. While it goes on, a run that saves its state on the way is `running`. */
export type RunState = "running" | "finished" | "stopped early" | "interrupted" | "diverged";

/** Which samples were trained on. */
export interface DataIdentity {
  readonly name: string;
  /** What the user named: a data set, or a path. */
  readonly source: string;
  /** Of one sample. */
  readonly shape: readonly number[];
  /** Samples that were trained on. */
  readonly training: number;
  /** Samples that were validated with; 0 for none. */
  readonly validation: number;
  readonly validatedWith: PreparedData["validatedWith"];
  /** The same for the same samples, prepared and divided in the same way. */
  readonly sha256: string;
  /** Of the labels' classes, where they have names. */
  readonly classNames?: readonly string[];
  /** What the user asked of the data. */
  readonly request: TrainingRequest;
  /** What was found while they were opened. */
  readonly notes?: readonly string[];
  /** The same samples in several of its parts. */
  readonly leaks?: PartLeaks;
}

/** What a model was examined with. */
export function examinedPart({ validation, validatedWith }: DataIdentity): "test" | "validation" | "training" {
  if (validation === 0) return "training";
  return validatedWith === "test" ? "test" : "validation";
}

/** How the model was trained. */
export interface TrainingSettings {
  readonly epochs: number;
  /** How many epochs were planned at first, where others were asked for when the training went on. */
  readonly plannedEpochs?: number;
  readonly batchSize: number;
  readonly optimizer: string;
  readonly learningRate: number;
  /** Whether the learning rate fell to nothing over the training. */
  readonly decay: boolean;
  /** Epochs without improvement after which training ends. */
  readonly patience?: number;
  /** How samples were changed at random. */
  readonly augment?: string;
  readonly seed: number;
  /** Whether the bits are the same on every machine. */
  readonly deterministic: boolean;
}

/** How near a model comes to the targets of samples, beside how near the samples were before. */
export interface TargetFigures {
  /** The mean squared error between the samples themselves and their targets: the model has done something where its own is smaller. */
  readonly inputMse: number;
  /** The peak signal-to-noise ratio of what the model makes of images, in dB, and that of the images themselves. */
  readonly psnr?: number;
  readonly inputPsnr?: number;
}

/** How well samples come back. */
export interface ReconstructionFigures {
  readonly samples: number;
  /** Where the model sees disturbed samples in its training: that these came as they are. */
  readonly inputs?: "clean";
  readonly mse: number;
  /** The share of the variance that is kept: 1 is perfect, 0 is no better than always giving back the mean sample. */
  readonly explainedVariance: number;
  /** Where samples have targets, with which the figures above compare. */
  readonly targets?: TargetFigures;
}

/** A part of a training that comes in several: the pretraining of a layer, the fine-tuning. */
export interface TrainingPhase {
  /** `layer 1`, `fine-tuning` */
  readonly name: string;
  /** How many of the history's epochs it took; phases follow one another. */
  readonly epochs: number;
}

export interface RunEnvironment {
  readonly sandglass: string;
  readonly node: string;
  readonly platform: string;
  readonly processor: string;
  readonly threads: number;
}

/** PCA with a code of the same size, on the same samples. */
export interface PcaFigures {
  readonly codeSize: number;
  readonly mse: number;
  readonly caveat?: PcaCaveat;
}

/**
 * What the comparison does not take into account: that the model's numbers are whole ones, of a few bits each; or that the code has
 * half as many numbers as the sample has values, or more, where next to nothing has to be left out.
 */
export type PcaCaveat = "whole numbers" | "large code";

/** What runs of every kind note. */
export interface CommonRecord {
  readonly state: RunState;
  /** What was typed, for a shell, in the folder that paths start from. */
  readonly command: string;
  readonly started: string;
  readonly data: DataIdentity;
  readonly model: {
    readonly family: string;
    /** All of the family's options, those that the data decided included. */
    readonly options: Readonly<Record<string, OptionValue | undefined>>;
    /** How many numbers the model keeps; those that two layers share count once. */
    readonly parameters: number;
  };
  readonly training: TrainingSettings;
  readonly result: CommonResult;
  readonly environment: RunEnvironment;
}

export interface CommonResult {
  /** Whole epochs. */
  readonly epochs: number;
  /** Where the training came in several parts: these, in order. */
  readonly phases?: readonly TrainingPhase[];
  /** Of training alone, without loading data and writing the run. */
  readonly seconds: number;
  readonly samplesPerSecond: number;
  /** Of the last whole epoch: `loss`, `val_loss`, … */
  readonly figures: Readonly<Record<string, number>>;
  /** Where the training ended in the middle of an epoch, and why. */
  readonly note?: string;
}

export interface RunRecord extends CommonRecord {
  /** Of this file's format. */
  readonly version: typeof RECORD_VERSION;
  readonly model: CommonRecord["model"] & {
    /** Shape of the code. */
    readonly code: readonly number[];
    /** Bits that a code takes, where its numbers are whole ones of a known range. */
    readonly codeBits?: number;
  };
  readonly result: CommonResult & {
    /** Of the model as it was saved, on validation samples if there are any. */
    readonly reconstruction?: ReconstructionFigures;
    readonly pca?: PcaFigures;
    /** What the model found wrong with its training. */
    readonly warnings?: readonly Warning[];
  };
}

/** Whether the model was solved at once instead of being trained step by step. */
export function isSolved({
  epochs,
  samplesPerSecond,
}: Pick<RunRecord["result"], "epochs" | "samplesPerSecond">): boolean {
  return epochs > 0 && samplesPerSecond === 0;
}

/** Whether the model still has its first weights. */
export function hasLearnedNothing({ state, result }: Pick<RunRecord, "state" | "result">): boolean {
  return state === "diverged" && result.epochs === 0;
}

/**
 * Reads `run.json` of an autoencoder.
 *
 * @throws UserError when it is no such file.
 */
export function parseRecord(text: string, path: string): RunRecord {
  return parseRecordFile(text, path, { kind: "autoencoder", version: RECORD_VERSION }) as RunRecord;
}
