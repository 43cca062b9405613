/** A whole run of a classifier, from data to a folder, be it a new one or one that goes on. */
import { counted, type classify, type Device, type OptionValue } from "@sandglass/core";
import { asWrongUsage, UserError } from "../errors.ts";
import { describeEnvironment } from "../runs/environment.ts";
import type { EpochFigures } from "../runs/history-csv.ts";
import { chooseRunFolder, runFolderName } from "../runs/run-folder.ts";
import type { TrainingPhase } from "../runs/run-record.ts";
import { completeServices, type OpenServices, type PreparedData, type TrainingRequest } from "../sources/index.ts";
import { checkSameData, identify } from "../training/data-identity.ts";
import { resultOf, whileRunning } from "../training/run-result.ts";
import { savingNowAndThen, type TrainingProgress } from "../training/training-watch.ts";
import type { ChosenBase } from "./choose-base.ts";
import { CLASSIFIER_VERSION, type ClassifierRecord } from "./classifier-record.ts";
import { decideTraining, fitOptionsOf, type ClassifierChoices } from "./classifier-training.ts";
import { checkThreshold } from "./decide-on-validation.ts";
import { finishClassifier } from "./finish-classifier.ts";
import { labelledData, namesOfClasses } from "./labelled-data.ts";
import type { ClassifierRun } from "./load-classifier-run.ts";
import { makeClassifier, WRONG_USAGE } from "./make-classifier.ts";
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

export interface ClassifierRunOptions extends ClassifierServices {
  /** What the user named as data. */
  readonly source: string;
  /** What the user asked of the data. */
  readonly request: TrainingRequest;
  /** What has learned before, as `chooseBase` finds it; the convolutional network of the course unless given. */
  readonly base?: ChosenBase | undefined;
  /** Those of the network: of `classify.cnnOptions`, or with a base of `classify.transferOptions`. */
  readonly options?: Readonly<Record<string, OptionValue | undefined>>;
  readonly choices?: ClassifierChoices;
  /** The folder of the run; a name by date and time in `runs` unless given. */
  readonly out?: string | undefined;
  /** Whether to replace a run that is there already. */
  readonly force?: boolean;
}

export interface FinishedClassifierRun {
  readonly folder: string;
  readonly record: ClassifierRecord;
}

/**
 * Trains a classifier and writes its run. Test data, where the set has some, are opened once all is chosen. A training that is interrupted or
 * diverges is written, too, and leaves them alone.
 *
 * @throws UserError when samples have no labels, an option is out of range, or nothing can be written.
 * @example
 * const device = await Device.create();
 * const request = { choices: {}, seed: 0 };
 * const photos = await openForTraining("photos", request);
 * const base = await chooseBase({ base: "mobilenetv2" }, device);
 * const { folder } = await trainClassifierRun(photos, { source: "photos", request, base, device, command: "photos.ts" });
 */
export async function trainClassifierRun(
  data: PreparedData,
  options: ClassifierRunOptions,
): Promise<FinishedClassifierRun> {
  const { source, request, base, choices = {}, device, command, out, force = false } = options;
  const { seed = 0, labelsPerClass, positive, threshold } = choices;
  const classNames = namesOfClasses(data.training);
  const used = { ...data, training: labelledData(data.training, { labelsPerClass, seed }) };
  checkThreshold(threshold, classNames.length, data.validation);
  checkPositive(positive, classNames);
  const settings = { base, options: options.options ?? {}, classNames, positive, seed, device };
  const classifier = await makeClassifier(used.training.shape, settings);
  try {
    const training = asWrongUsage(() => decideTraining(classifier, used.training, choices), WRONG_USAGE);
    const started = new Date();
    const name = runFolderName(started, data.name, `classify-${shortName(base?.name ?? "cnn")}`);
    const folder = await chooseRunFolder(out, { name, force });
    const record: ClassifierRecord = {
      kind: "classifier",
      version: CLASSIFIER_VERSION,
      state: "running",
      command,
      started: started.toISOString(),
      data: { ...identify(used, source, request), classNames },
      model: {
        family: base?.name ?? "cnn",
        ...(base && { base: base.source }),
        options: classifier.description.options,
        parameters: classifier.model.countParams(),
      },
      training,
      result: { epochs: 0, seconds: 0, samplesPerSecond: 0, figures: {} },
      environment: describeEnvironment(device.numThreads),
    };
    return await trainAndFinish({ folder, classifier, record, history: [], phases: [] }, used, options);
  } finally {
    await classifier.dispose();
  }
}

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

/** A classifier and how far its training has come. */
interface Standing {
  readonly folder: string;
  readonly classifier: classify.Classifier;
  readonly record: ClassifierRecord;
  readonly history: readonly EpochFigures[];
  readonly phases: readonly TrainingPhase[];
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

async function trainAndFinish(
  { folder, classifier, record, history, phases }: Standing,
  data: PreparedData,
  { device, services: given = {}, progress }: ClassifierServices,
): Promise<FinishedClassifierRun> {
  const { training, validation, preparation } = data;
  const services = completeServices(given);
  const { signal } = services;
  const outcome = await trainClassifier(classifier, training, {
    fit: { ...fitOptionsOf(record.training), validationData: validation, signal },
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

function checkPositive(positive: number | undefined, classNames: readonly string[]): void {
  if (positive === undefined || (classNames.length === 2 && positive < 2)) return;
  throw new UserError(
    `one of two classes is the positive one; ${positive} came for ${classNames.length}: ${classNames.join(", ")}`,
    { exitCode: 2 },
  );
}

function shortName(name: string): string {
  return name.replaceAll(/[^\w.-]+/gu, "-").toLowerCase();
}
