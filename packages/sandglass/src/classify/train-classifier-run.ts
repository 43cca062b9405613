/** A whole run of a classifier: trains it, decides on validation data, examines it on test data, and leaves a folder. */
import {
  classify,
  DatasetError,
  GraphError,
  TrainingDiverged,
  type AnyDataset,
  type Device,
  type OptionValue,
} from "@sandglass/core";
import { asWrongUsage, UserError } from "../errors.ts";
import { describeEnvironment } from "../runs/environment.ts";
import { formatHistory, type EpochFigures } from "../runs/history-csv.ts";
import { chooseRunFolder, runFiles, runFolderName, writeRun } from "../runs/run-folder.ts";
import type { DataIdentity } from "../runs/run-record.ts";
import type { OpenServices, PreparedData, TrainingRequest } from "../sources/index.ts";
import type { TrainingProgress } from "../training/train.ts";
import type { ChosenBase } from "./choose-base.ts";
import { CLASSIFIER_VERSION, formatClassifierRecord, type ClassifierRecord } from "./classifier-record.ts";
import { compareFromScratch } from "./compare-from-scratch.ts";
import { decideOnValidation } from "./decide-on-validation.ts";
import { examineClassifier } from "./examine-classifier.ts";
import { followTraining } from "./follow-training.ts";
import { lookAtClassifier } from "./look-at-classifier.ts";
import { openTestPart } from "./open-test-part.ts";
import { renderClassifierReport } from "./render-classifier-report.ts";
import { setLeaks } from "./set-leaks.ts";
import type { ThresholdChoice } from "./threshold-rule.ts";

/** What is out of range, or does not go together, was asked for by the user. */
const USAGE = [RangeError, GraphError];

export interface ClassifierChoices extends Pick<
  classify.ClassifierFitOptions,
  "epochs" | "batchSize" | "optimizer" | "learningRate" | "labelSmoothing" | "patience" | "fineTune"
> {
  readonly augment?: string | undefined;
  readonly balance?: "weights" | "sampling" | undefined;
  readonly threshold?: ThresholdChoice | undefined;
  readonly labelsPerClass?: number | undefined;
  readonly seed?: number | undefined;
  readonly deterministic?: boolean | undefined;
}

export interface ClassifierRunOptions {
  readonly source: string;
  readonly request: TrainingRequest;
  /** What has learned before; the convolutional network of the course unless given. */
  readonly base: ChosenBase | undefined;
  /** Those of the network. */
  readonly options: Readonly<Record<string, OptionValue | undefined>>;
  readonly choices: ClassifierChoices;
  readonly out?: string | undefined;
  readonly force?: boolean;
  readonly device: Device;
  readonly command: string;
  readonly services: OpenServices;
  readonly progress?: TrainingProgress;
}

export interface FinishedClassifierRun {
  readonly folder: string;
  readonly record: ClassifierRecord;
}

/**
 * Trains a classifier and writes its run. Test data, where the set has some, are opened once all is chosen.
 *
 * @throws UserError when samples have no labels, an option is out of range, or nothing can be written.
 */
export async function trainClassifierRun(
  data: PreparedData,
  options: ClassifierRunOptions,
): Promise<FinishedClassifierRun> {
  const { source, request, base, choices, device, services, progress, command } = options;
  const { seed = 0, deterministic = false, labelsPerClass, threshold } = choices;
  const { signal } = services;
  const training = fewOf(requireLabels(data.training), labelsPerClass, seed);
  const { validation } = data;
  const classNames = namesOf(data.training);
  const classifier = await makeClassifier(training.shape, classNames, options);
  try {
    const fit: classify.ClassifierFitOptions = {
      ...fitOptionsOf(choices),
      seed,
      validationData: validation,
      signal,
    };
    const settings = asWrongUsage(() => classifier.trainingSettings(fit, training.count), USAGE);
    const started = new Date();
    const name = runFolderName(started, data.name, `classify-${base === undefined ? "cnn" : shortName(base.name)}`);
    const folder = await chooseRunFolder(options.out, { name, force: options.force ?? false });
    const outcome = await follow(classifier, training, fit, settings, progress);
    const decision = await decideOnValidation(classifier, validation, threshold, signal);
    const test =
      data.validatedWith === "test" ? undefined : await openTestPart(source, data.preparation, seed, services);
    try {
      const part =
        data.validatedWith === "test" || test !== undefined ? "test" : validation ? "validation" : "training";
      const examination = await examineClassifier(classifier, test?.data ?? validation ?? training, { part, signal });
      const comparison =
        base === undefined || labelsPerClass === undefined
          ? undefined
          : await compareFromScratch(classifier, examination, {
              labelsPerClass,
              training,
              validation,
              fit,
              seed,
              device,
            });
      const leaks = await setLeaks(source, signal);
      const exhibits = await lookAtClassifier(classifier, examination, {
        decision,
        sampleNames: test?.sampleNames,
        seed,
        device,
        signal,
      });
      const { epochs, batchSize, optimizer, learningRate } = settings;
      const record: ClassifierRecord = {
        kind: "classifier",
        version: CLASSIFIER_VERSION,
        state: outcome.state,
        command,
        started: started.toISOString(),
        data: identify({ ...data, training }, source, request, classNames),
        model: {
          family: base?.name ?? "cnn",
          options: classifier.description.options,
          parameters: classifier.model.countParams(),
        },
        training: {
          epochs: epochs + (settings.fineTuning?.epochs ?? 0),
          batchSize,
          optimizer,
          learningRate,
          decay: true,
          seed,
          deterministic,
          ...(choices.patience !== undefined && { patience: choices.patience }),
          ...(choices.augment !== undefined && { augment: choices.augment }),
          ...(choices.balance === "weights" && { classWeight: "balanced" as const }),
          ...(choices.balance === "sampling" && { balancedSampling: true }),
          ...(choices.labelSmoothing !== undefined && { labelSmoothing: choices.labelSmoothing }),
          ...(settings.fineTuning && { fineTune: settings.fineTuning.from }),
        },
        result: {
          ...outcome.result,
          temperature: classifier.temperature,
          ...(decision && { threshold: decision }),
          examination: examination.figures,
          ...(comparison && { comparison }),
          ...(leaks.length > 0 && { leaks }),
        },
        environment: describeEnvironment(device.numThreads),
      };
      const summary = classifier.summary({ print: () => undefined, expandNested: base === undefined });
      await writeRun(folder, {
        [runFiles.history]: formatHistory(outcome.history),
        [runFiles.model]: await classifier.save(),
        [runFiles.preparation]: `${JSON.stringify(data.preparation, undefined, 2)}\n`,
        [runFiles.report]: await renderClassifierReport({ record, history: outcome.history, summary, exhibits }),
        [runFiles.record]: formatClassifierRecord(record),
      });
      return { folder, record };
    } finally {
      await test?.close();
    }
  } finally {
    await classifier.dispose();
  }
}

async function makeClassifier(
  shape: readonly number[],
  classNames: readonly string[],
  { base, options, choices, device }: ClassifierRunOptions,
): Promise<classify.Classifier> {
  const settings = { classNames, seed: choices.seed ?? 0, device };
  if (base === undefined) return asWrongUsage(() => classify.cnn(shape, settings, options), USAGE);
  const network = await base.open(shape);
  const { inputValues } = base;
  return asWrongUsage(() => classify.transfer(network, settings, { ...options, shape, inputValues }), USAGE);
}

function fitOptionsOf(choices: ClassifierChoices): classify.ClassifierFitOptions {
  const { balance, threshold: _, labelsPerClass: __, seed: ___, deterministic: ____, ...options } = choices;
  return {
    ...options,
    ...(balance === "weights" && { classWeight: "balanced" as const }),
    ...(balance === "sampling" && { balancedSampling: true }),
  };
}

interface Followed {
  readonly state: ClassifierRecord["state"];
  readonly history: readonly EpochFigures[];
  readonly result: Omit<ClassifierRecord["result"], "temperature">;
}

async function follow(
  classifier: classify.Classifier,
  training: AnyDataset,
  fit: classify.ClassifierFitOptions,
  settings: classify.ClassifierTraining,
  progress: TrainingProgress = {},
): Promise<Followed> {
  const watch = followTraining(training.count, settings, progress);
  try {
    const { stopped } = await classifier.fit(training, { ...fit, callbacks: watch.callbacks });
    const state = stopped === "callback" ? "stopped early" : stopped === "aborted" ? "interrupted" : "finished";
    return { state, ...watch.outcome() };
  } catch (error) {
    if (error instanceof RangeError) throw new UserError(error.message, { exitCode: 2, cause: error });
    if (!(error instanceof TrainingDiverged)) throw error;
    const { history, result } = watch.outcome();
    return { state: "diverged", history, result: { ...result, note: error.message } };
  } finally {
    progress.end?.();
  }
}

function requireLabels(data: AnyDataset): AnyDataset {
  if (data.labels !== undefined) return data;
  throw new UserError(
    `${data.name} has no labels to learn: give images a folder for each class, arrays labels, a table --label COLUMN`,
    { exitCode: 2 },
  );
}

function fewOf(data: AnyDataset, labelsPerClass: number | undefined, seed: number): AnyDataset {
  if (labelsPerClass === undefined) return data;
  return asWrongUsage(() => classify.pickLabelled(data, labelsPerClass, { seed }), [DatasetError]);
}

function namesOf({ labels = new Uint8Array(), classNames }: AnyDataset): readonly string[] {
  if (classNames !== undefined) return classNames;
  let most = 0;
  for (const label of labels) most = Math.max(most, label);
  return Array.from({ length: most + 1 }, (_, label) => `class ${label}`);
}

function shortName(name: string): string {
  return name.replaceAll(/[^\w.-]+/gu, "-").toLowerCase();
}

function identify(
  { name, training, validation, validatedWith, fingerprint, notes }: PreparedData,
  source: string,
  request: TrainingRequest,
  classNames: readonly string[],
): DataIdentity {
  return {
    name,
    source,
    shape: training.shape,
    training: training.count,
    validation: validation?.count ?? 0,
    validatedWith,
    sha256: fingerprint,
    classNames,
    request,
    ...(notes.length > 0 && { notes }),
  };
}
