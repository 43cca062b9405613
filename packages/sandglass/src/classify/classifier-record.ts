/** `run.json` of a classifier: everything that is needed to repeat it, and what came of it. */
import type { classify, Warning } from "@sandglass/core";
import { parseRecordFile } from "../runs/record-file.ts";
import type { CommonRecord, CommonResult, TrainingSettings } from "../runs/run-record.ts";
import type { ClassifierFigures } from "./examine-classifier.ts";
import type { ThresholdChoice } from "./threshold-rule.ts";

/** Of the format; runs of other versions are not read. */
export const CLASSIFIER_VERSION = 1;

/** How the threshold came about, where there are two classes. */
export type Decision = Omit<classify.ChosenThreshold, "rule"> & { readonly rule: string };

/** The same network from scratch, on the same samples. */
export interface ScratchComparison {
  readonly labelsPerClass: number;
  /** Of the network on its base, and of the one that learned everything from these few samples. */
  readonly accuracy: number;
  readonly scratchAccuracy: number;
  /** How much better the base makes it, with its 95 % interval, over the same samples. */
  readonly gain: { readonly value: number; readonly low: number; readonly high: number };
}

export interface ClassifierRecord extends CommonRecord {
  readonly kind: "classifier";
  readonly version: typeof CLASSIFIER_VERSION;
  readonly model: CommonRecord["model"] & {
    /** Where what has learned before comes from: the folder of a run, the path of a file, weights; undefined where nothing has. */
    readonly base?: string;
  };
  /** Its epochs are those of all parts of the training. */
  readonly training: TrainingSettings & ClassifierSettings;
  readonly result: CommonResult & {
    readonly temperature?: number;
    readonly threshold?: Decision;
    /** Of the model as it was saved, on test samples if there are any and the training is over, else on validation samples. */
    readonly examination?: ClassifierFigures;
    readonly comparison?: ScratchComparison;
    /** What could not be done as it was asked for. */
    readonly warnings?: readonly Warning[];
  };
}

/** How a classifier was trained, beside what every training has. */
export interface ClassifierSettings {
  readonly classWeight?: "balanced";
  readonly balancedSampling?: boolean;
  readonly labelSmoothing?: number;
  readonly fineTuning?: classify.PlannedTuning;
  /** Whether the features of a frozen base were computed once, before its head learned. */
  readonly cachedFeatures?: boolean;
  /** So many samples of each class were trained on. */
  readonly labelsPerClass?: number;
  /** Each epoch was measured on so many of the validation samples, drawn by the seed; on all unless given. */
  readonly validatedPerEpoch?: number;
  /** Of two classes, the number of the one that is looked for. */
  readonly positive?: number;
  /** By which rule the threshold is chosen. */
  readonly threshold?: ThresholdChoice;
}

/** Reads `run.json` of a classifier, as `parseRecord` that of an autoencoder. */
export function parseClassifierRecord(text: string, path: string): ClassifierRecord {
  return parseRecordFile(text, path, { kind: "classifier", version: CLASSIFIER_VERSION }) as ClassifierRecord;
}

/** The class that is looked for, and the other one; undefined where there are not two. */
export function twoClasses({
  data: { classNames = [] },
  training: { positive = 1 },
}: Pick<ClassifierRecord, "data" | "training">): { readonly positive: string; readonly negative: string } | undefined {
  const [first, second, ...more] = classNames;
  if (first === undefined || second === undefined || more.length > 0) return undefined;
  return positive === 0 ? { positive: first, negative: second } : { positive: second, negative: first };
}
