/** A whole run of a classifier, from data to a folder. */
import type { OptionValue } from "@sandglass/core";
import { asWrongUsage, UserError } from "../errors.ts";
import { describeEnvironment } from "../runs/environment.ts";
import { chooseRunFolder, runFolderName } from "../runs/run-folder.ts";
import type { PreparedData, TrainingRequest } from "../sources/index.ts";
import { identify } from "../training/data-identity.ts";
import { checkBaseColumns } from "./check-base-columns.ts";
import type { ChosenBase } from "./choose-base.ts";
import { CLASSIFIER_VERSION, type ClassifierRecord } from "./classifier-record.ts";
import { decideTraining, type ClassifierChoices } from "./classifier-training.ts";
import { checkThreshold } from "./decide-on-validation.ts";
import { labelledData, namesOfClasses } from "./labelled-data.ts";
import { makeClassifier, WRONG_USAGE } from "./make-classifier.ts";
import { trainAndFinish, type ClassifierServices, type FinishedClassifierRun } from "./train-and-finish.ts";

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
  checkBaseColumns(base, data.preparation);
  checkThreshold(threshold, classNames.length, data.validation);
  checkPositive(positive, classNames);
  const settings = { base, options: options.options ?? {}, classNames, positive, seed, device };
  const classifier = await makeClassifier(used.training.shape, settings);
  try {
    const training = asWrongUsage(() => decideTraining(classifier, used, choices), WRONG_USAGE);
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
