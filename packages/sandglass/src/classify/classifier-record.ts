/** `run.json` of a classifier: everything that is needed to repeat it, and what came of it. */
import type { classify, OptionValue } from "@sandglass/core";
import { UserError } from "../errors.ts";
import type { DataIdentity, RunEnvironment, RunState, TrainingPhase, TrainingSettings } from "../runs/run-record.ts";
import type { ClassifierFigures } from "./examine-classifier.ts";

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

export interface ClassifierRecord {
  readonly kind: "classifier";
  readonly version: typeof CLASSIFIER_VERSION;
  readonly state: RunState;
  /** What was typed, for a shell. */
  readonly command: string;
  readonly started: string;
  readonly data: DataIdentity;
  readonly model: {
    /** `cnn`, or what its base is called. */
    readonly family: string;
    readonly options: Readonly<Record<string, OptionValue | undefined>>;
    readonly parameters: number;
  };
  readonly training: TrainingSettings & {
    readonly classWeight?: "balanced";
    readonly balancedSampling?: boolean;
    readonly labelSmoothing?: number;
    readonly fineTune?: string | number;
  };
  readonly result: {
    readonly epochs: number;
    readonly phases?: readonly TrainingPhase[];
    readonly seconds: number;
    readonly samplesPerSecond: number;
    /** Of the last whole epoch. */
    readonly figures: Readonly<Record<string, number>>;
    readonly temperature: number;
    readonly threshold?: Decision;
    /** Of the model as it was saved, on test samples if there are any, else on validation samples. */
    readonly examination?: ClassifierFigures;
    readonly comparison?: ScratchComparison;
    /** What is the same in several parts of the data, in sentences. */
    readonly leaks?: readonly string[];
    readonly note?: string;
  };
  readonly environment: RunEnvironment;
}

export function formatClassifierRecord(record: ClassifierRecord): string {
  return `${JSON.stringify(record, undefined, 2)}\n`;
}

/**
 * Reads `run.json`, and checks what later commands build on.
 *
 * @throws UserError when it is no such file, or that of another kind of run.
 */
export function parseClassifierRecord(text: string, path: string): ClassifierRecord {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new UserError(`${path} is no JSON (${String(error)}); the run is damaged`, { cause: error });
  }
  const record = value as Partial<ClassifierRecord> | null;
  if (record?.kind !== "classifier") {
    throw new UserError(
      `${path} is that of an autoencoder, which tells no classes apart; give a run of "sandglass classify train", ` +
        "or make one on its encoder with --base",
      { exitCode: 2 },
    );
  }
  if (record.version !== CLASSIFIER_VERSION) {
    throw new UserError(
      `${path} is of version ${String(record.version)}, and this Sandglass reads version ${CLASSIFIER_VERSION}; train anew`,
    );
  }
  const missing = ["state", "data", "model", "training", "result"].find((key) => !(key in record));
  if (missing !== undefined) throw new UserError(`${path} has no "${missing}"; the run is damaged`);
  return record as ClassifierRecord;
}
