/** Runs of classifiers that go on where they were interrupted. */
import { counted } from "@sandglass/core";
import { UserError } from "../errors.ts";
import { describeEnvironment } from "../runs/environment.ts";
import type { PreparedData } from "../sources/index.ts";
import { checkSameData } from "../training/data-identity.ts";
import type { ClassifierRecord } from "./classifier-record.ts";
import { labelledData } from "./labelled-data.ts";
import type { ClassifierRun } from "./load-classifier-run.ts";
import {
  trainAndFinish,
  type ClassifierServices,
  type FinishedClassifierRun,
  type Standing,
} from "./train-and-finish.ts";

/**
 * Goes on with a run that was interrupted, in the epoch that was. What comes out is, bit for bit, what a run without the interruption would
 * have given.
 *
 * @param run as `loadClassifierRun` reads it with `resume: true`.
 * @param data opened anew, by the run's request.
 * @throws UserError when there is nothing to go on with, or the data are not those of the run.
 */
export async function resumeClassifierRun(
  run: ClassifierRun,
  data: PreparedData,
  services: ClassifierServices,
): Promise<FinishedClassifierRun> {
  checkClassifierResumable(run);
  const { labelsPerClass, seed } = run.record.training;
  const training = labelledData(data.training, { labelsPerClass, seed });
  checkSameData(run.record.data, { ...data, training });
  const standing = standingOf(run);
  const { folder, classifier } = run;
  const environment = describeEnvironment(services.device.numThreads);
  const record: ClassifierRecord = { ...run.record, state: "running", environment };
  return trainAndFinish({ folder, classifier, record, ...standing }, { ...data, training }, services);
}

/**
 * Whether a run can go on, which can be known before its data are loaded.
 *
 * @throws UserError when it cannot.
 */
export function checkClassifierResumable({ folder, record }: Pick<ClassifierRun, "folder" | "record">): void {
  const { state, training } = record;
  if (state === "running" || state === "interrupted") return;
  if (state === "diverged") {
    throw new UserError(
      `the run ${folder} diverged, and would again; train anew with a smaller --learning-rate than ${training.learningRate}`,
    );
  }
  throw new UserError(
    `the run ${folder} is done: over its ${counted(training.epochs, "epoch")} the learning rate has fallen to nothing, and test data were looked at. ` +
      "Train anew, with more --epochs",
    { exitCode: 2 },
  );
}

/** Of the run's files the network was written after the history: where writing ended between them, it says how many epochs are done. */
function standingOf({ folder, classifier, record, history }: ClassifierRun): Pick<Standing, "history" | "phases"> {
  const { trainingState: state } = classifier;
  if (state === undefined) throw new UserError(`the run ${folder} does not say where its training stands; train anew`);
  const [step] = state.steps;
  const stepsPerEpoch = Math.ceil(record.data.training / record.training.batchSize);
  const done = state.from + (step?.iterations ?? 0) / stepsPerEpoch;
  if (!Number.isInteger(done) || done > history.length) {
    throw new UserError(
      `the network in ${folder} has done ${done} epochs, and its history has ${history.length}; the run is damaged, train anew`,
    );
  }
  // Before a part of a base, its head was trained.
  return { history: history.slice(0, done), phases: state.phase === 0 ? [] : [{ name: "head", epochs: state.from }] };
}
