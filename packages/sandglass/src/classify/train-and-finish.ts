/** What a new run of a classifier and one that goes on have in common: the training, saved on the way, and all that follows it. */
import type { classify, Device } from "@sandglass/core";
import type { EpochFigures } from "../runs/history-csv.ts";
import type { TrainingPhase } from "../runs/run-record.ts";
import { completeServices, type OpenServices, type PreparedData } from "../sources/index.ts";
import { resultOf, whileRunning } from "../training/run-result.ts";
import { savingNowAndThen, type TrainingProgress } from "../training/training-watch.ts";
import type { ClassifierRecord } from "./classifier-record.ts";
import { fitOptionsOf } from "./classifier-training.ts";
import { epochValidation } from "./epoch-validation.ts";
import { finishClassifier } from "./finish-classifier.ts";
import { saveClassifierProgress } from "./save-classifier-run.ts";
import { trainClassifier } from "./train-classifier.ts";

/** What goes with every training, a new one or one that goes on. */
export interface ClassifierServices {
  readonly device: Device;
  /** What was typed, to be noted in the run. */
  readonly command: string;
  /** For the test part; their signal ends the training after the step in which it is aborted, and the run is written nevertheless. */
  readonly services?: Partial<OpenServices>;
  readonly progress?: TrainingProgress;
}

/** A classifier and how far its training has come. */
export interface Standing {
  readonly folder: string;
  readonly classifier: classify.Classifier;
  readonly record: ClassifierRecord;
  readonly history: readonly EpochFigures[];
  readonly phases: readonly TrainingPhase[];
}

export interface FinishedClassifierRun {
  readonly folder: string;
  readonly record: ClassifierRecord;
}

/** Trains, from where a classifier stands, and writes its run. */
export async function trainAndFinish(
  { folder, classifier, record, history, phases }: Standing,
  data: PreparedData,
  { device, services: given = {}, progress }: ClassifierServices,
): Promise<FinishedClassifierRun> {
  const { training, validation, preparation } = data;
  const services = completeServices(given);
  const { signal } = services;
  const outcome = await trainClassifier(classifier, training, {
    fit: { ...fitOptionsOf(record.training), validationData: epochValidation(validation, record.training), signal },
    count: training.count,
    batchSize: record.training.batchSize,
    epochs: record.training.epochs,
    history,
    phases,
    ...(progress && { progress }),
    onEpochEnd: savingNowAndThen((soFar) =>
      saveClassifierProgress(folder, {
        classifier,
        record: whileRunning(record, soFar),
        history: soFar.history,
        preparation,
      }),
    ),
  });
  const { state, note, checkpoint, history: whole } = outcome;
  const late = data.lateNotes?.() ?? [];
  const trained: ClassifierRecord = {
    ...record,
    state,
    data: late.length === 0 ? record.data : { ...record.data, notes: [...data.notes, ...late] },
    result: { ...resultOf(record, outcome), ...(note !== undefined && { note }) },
  };
  const isInterrupted = state === "interrupted";
  // What follows may take minutes, and be interrupted, too: `resume` then goes on with that.
  if (!isInterrupted && state !== "diverged") {
    await saveClassifierProgress(folder, {
      classifier,
      record: { ...trained, state: "running" },
      history: whole,
      preparation,
    });
  }
  const saved = await finishClassifier({
    folder,
    classifier,
    record: trained,
    history: whole,
    data,
    checkpoint,
    device,
    // Of an interrupted training the run is written nevertheless.
    services: isInterrupted ? { ...services, signal: new AbortController().signal } : services,
  });
  return { folder, record: saved };
}
