/** What comes after the training of a classifier: decisions on validation data, then, once all is chosen, figures on test data, and the report. */
import type { AnyDataset, classify, Device, Warning } from "@sandglass/core";
import type { EpochFigures } from "../runs/history-csv.ts";
import type { OpenServices, PreparedData } from "../sources/index.ts";
import type { ClassifierRecord } from "./classifier-record.ts";
import { fitOptionsOf } from "./classifier-training.ts";
import { compareFromScratch, type Compared } from "./compare-from-scratch.ts";
import { decideOnValidation } from "./decide-on-validation.ts";
import { examineClassifier, type ExaminedPart, type Examination } from "./examine-classifier.ts";
import { lookAtClassifier } from "./look-at-classifier.ts";
import { openTestPart, type TestPart } from "./open-test-part.ts";
import { formatSamples } from "../text/number-format.ts";
import { saveClassifierRun } from "./save-classifier-run.ts";

/** A run whose training has ended. */
export interface TrainedRun {
  readonly folder: string;
  readonly classifier: classify.Classifier;
  readonly record: ClassifierRecord;
  readonly history: readonly EpochFigures[];
  readonly data: PreparedData;
  readonly checkpoint: classify.ClassifierSnapshot | undefined;
  readonly device: Device;
  readonly services: OpenServices;
}

const MEANINGLESS: Warning = {
  title: "Its probabilities mean nothing.",
  text:
    "On the validation samples, how sure the network is says nothing of which answers are right, so that no temperature mends its probabilities: they " +
    "are left as they came. It has learned too little, or its samples have wrong labels.",
};

/** Writes the whole run, and returns its record as written. */
export async function finishClassifier(run: TrainedRun): Promise<ClassifierRecord> {
  const { classifier, record, data, services, device, folder, history, checkpoint } = run;
  const { signal } = services;
  const { training, validation, validatedWith, preparation } = data;
  const { seed } = record.training;
  const isOver = record.state === "finished" || record.state === "stopped early";
  const decided = await decideOnValidation(classifier, validation, record.training.threshold, signal);
  const { threshold, problem, isMeaningless = false } = decided;
  // A training that is to go on, or was in vain, has no claim to them.
  const { test, warning }: TestPart =
    isOver && validatedWith !== "test" ? await openTestPart(record.data.source, preparation, seed, services) : {};
  try {
    const part = test !== undefined ? "test" : partOf(data);
    const examination = await examineClassifier(classifier, test?.data ?? validation ?? training, { part, signal });
    const { comparison, warnings: doubts = [] } = (isOver ? await compare(run, examination) : undefined) ?? {};
    const warnings: readonly Warning[] = [
      ...(warning === undefined ? [] : [warning]),
      ...(problem === undefined ? [] : [{ title: "No threshold keeps the rule.", text: problem }]),
      ...(isMeaningless ? [MEANINGLESS] : []),
      ...doubts,
    ];
    const sampleNames = test?.sampleNames;
    const exhibits = await lookAtClassifier(classifier, examination, {
      decision: threshold,
      sampleNames,
      seed,
      device,
      signal,
    });
    const done: ClassifierRecord = {
      ...record,
      result: {
        ...record.result,
        temperature: classifier.temperature,
        ...(threshold && { threshold }),
        examination: examination.figures,
        ...(comparison && { comparison }),
        ...(warnings.length > 0 && { warnings }),
      },
    };
    await saveClassifierRun(folder, { classifier, record: done, history, preparation }, exhibits, checkpoint);
    return done;
  } finally {
    await test?.close();
  }
}

/** What a network is examined with where no test data are opened. */
function partOf({ validation, validatedWith }: PreparedData): ExaminedPart {
  if (validation === undefined) return "training";
  return validatedWith === "test" ? "test" : "validation";
}

/** Where few labels were asked for, on a base. */
async function compare(
  { classifier, record, data, device, services: { signal, note } }: TrainedRun,
  examination: Examination,
): Promise<Compared | undefined> {
  const { labelsPerClass, threshold, seed } = record.training;
  if (record.model.base === undefined || labelsPerClass === undefined) return undefined;
  const training: AnyDataset = data.training;
  note(`the same network from scratch, on the same ${formatSamples(training.count)}, to compare the base with`);
  return compareFromScratch(classifier, examination, {
    labelsPerClass,
    training,
    validation: data.validation,
    fit: { ...fitOptionsOf(record.training), signal },
    threshold,
    seed,
    device,
    note,
  });
}
