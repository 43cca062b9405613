/** A whole run: builds a model for data, trains it, and leaves a folder from which the training can be judged and repeated. */
import {
  augmentation,
  briefOf,
  counted,
  modelFamily,
  models,
  type Autoencoder,
  type AutoencoderSettings,
  type Device,
  type OptionValue,
  type TrainingChoices,
} from "@sandglass/core";
import { asWrongUsage, UserError } from "../errors.ts";
import type { EpochFigures } from "../runs/history-csv.ts";
import type { Run } from "../runs/load-run.ts";
import { chooseRunFolder, runFolderName } from "../runs/run-folder.ts";
import { isSolved, RECORD_VERSION, type RunRecord, type TrainingSettings } from "../runs/run-record.ts";
import { describeEnvironment } from "../runs/environment.ts";
import type { PreparedData, TrainingRequest } from "../sources/index.ts";
import { checkLearnsTargets } from "./check-targets.ts";
import { checkSameData, identify } from "./data-identity.ts";
import { resultOf, whileRunning } from "./run-result.ts";
import { saveProgress, saveRun } from "./save-run.ts";
import { train, type Outcome } from "./train.ts";
import { savingNowAndThen, type TrainingProgress } from "./training-watch.ts";

/** What goes with every training, a new one or one that goes on. */
export interface RunServices {
  readonly device: Device;
  /** What was typed, to be noted in the run. */
  readonly command: string;
  readonly progress?: TrainingProgress;
  /** Ends the training after the step in which it is aborted; the run is written nevertheless. */
  readonly signal?: AbortSignal;
}

/** What the user may choose of the training. */
export interface RunChoices extends TrainingChoices {
  /** Epochs without improvement after which training ends. */
  readonly patience?: number | undefined;
  /** How samples are changed at random: "flip, rotate=10". */
  readonly augment?: string | undefined;
  readonly seed?: number | undefined;
  readonly deterministic?: boolean | undefined;
}

export interface TrainRunOptions extends RunServices {
  /** What the user named as data. */
  readonly source: string;
  /** A name of `modelFamilies`. */
  readonly model: string;
  /** What the user asked of the data. */
  readonly request: TrainingRequest;
  /** The model's own options. */
  readonly options?: Readonly<Record<string, OptionValue | undefined>>;
  readonly choices?: RunChoices;
  /** The folder of the run; a name by date and time in `runs` unless given. */
  readonly out?: string | undefined;
  /** Whether to replace a run that is there already. */
  readonly force?: boolean;
}

/** A run that is done, and how it went. */
export interface FinishedRun {
  readonly folder: string;
  readonly record: RunRecord;
  readonly outcome: Outcome;
}

/**
 * Trains a new model and writes its run. A training that diverges or is interrupted is written, too.
 *
 * @throws GraphError when the model does not fit the data.
 * @throws UserError when an option is unknown, a value is not what it may be, the folder is taken, or nothing can be written.
 */
export async function trainRun(data: PreparedData, options: TrainRunOptions): Promise<FinishedRun> {
  const { source, request, device, command, out, force = false, choices = {} } = options;
  const { patience, augment, seed = 0, deterministic = false, ...training } = choices;
  const family = modelFamily(options.model);
  if (request.choices.target !== undefined) checkLearnsTargets(family);
  const model = await makeModel(family.name, options.options, { seed, device }, data);
  const settings = asWrongUsage(() => model.trainingSettings(training));
  const started = new Date();
  const folder = await chooseRunFolder(out, { name: runFolderName(started, data.name, family.name), force });
  const record: RunRecord = {
    version: RECORD_VERSION,
    state: "running",
    command,
    started: started.toISOString(),
    data: identify(data, source, request),
    model: {
      family: family.name,
      options: model.options,
      parameters: model.numParameters,
      code: model.codeShape,
      ...(model.network.codeBits !== undefined && { codeBits: model.network.codeBits }),
    },
    training: {
      ...settings,
      ...(patience !== undefined && { patience }),
      ...(augment !== undefined && { augment: asWrongUsage(() => String(augmentation(augment))) }),
      seed,
      deterministic,
    },
    result: { epochs: 0, seconds: 0, samplesPerSecond: 0, figures: {} },
    environment: describeEnvironment(device.numThreads),
  };
  try {
    return await trainAndSave(folder, model, data, record, [], options);
  } finally {
    await model.dispose();
  }
}

/** Options are the user's: what is wrong with them is wrong usage. */
async function makeModel(
  family: string,
  options: TrainRunOptions["options"],
  settings: AutoencoderSettings,
  { training, validation }: PreparedData,
): Promise<Autoencoder> {
  const brief = await briefOf(training, validation);
  return asWrongUsage(() => {
    const model = models.create(family, options, settings);
    model.buildFor(brief);
    return model;
  });
}

export interface ResumeRunOptions extends RunServices {
  /** In all; as many as the run was to have unless given. */
  readonly epochs?: number | undefined;
}

/**
 * Goes on with a run: with the epoch that was interrupted, or with more epochs than it had. What comes out is, bit for bit,
 * what a run without the interruption would have given.
 *
 * @param run as `loadRun` reads it with `resume: true`.
 * @param data opened anew, by the run's request.
 * @throws UserError when there is nothing to go on with, or the data are not those of the run.
 */
export async function resumeRun(
  run: Run,
  data: PreparedData,
  { epochs, ...services }: ResumeRunOptions,
): Promise<FinishedRun> {
  const { folder, history, model } = run;
  const record: RunRecord = {
    ...run.record,
    training: replan(run.record.training, epochs),
    environment: describeEnvironment(services.device.numThreads),
  };
  checkSameData(record.data, data);
  asWrongUsage(() => model.trainingSettings({ ...record.training, initialEpoch: history.length }));
  if (model.trainingState !== undefined) await model.restoreTraining(model.trainingState, history);
  return trainAndSave(folder, model, data, record, history, services);
}

function replan(settings: TrainingSettings, epochs: number | undefined): TrainingSettings {
  const { plannedEpochs = settings.epochs, ...rest } = settings;
  const wanted = epochs ?? settings.epochs;
  return { ...rest, epochs: wanted, ...(wanted !== plannedEpochs && { plannedEpochs }) };
}

/**
 * Whether a run can go on, which can be known before its data are loaded.
 *
 * @throws UserError when it cannot.
 */
export function checkResumable(run: Run, epochs: number | undefined): void {
  const { state, training, result } = run.record;
  if (isSolved(result)) {
    throw new UserError(`the model of ${run.folder} was solved at once: there is nothing to go on with`, {
      exitCode: 2,
    });
  }
  if (state === "diverged") {
    throw new UserError(
      `the run ${run.folder} diverged, and would again; train anew with a smaller --learning-rate ` +
        `than ${training.learningRate}`,
    );
  }
  const wanted = epochs ?? training.epochs;
  if (run.history.length < wanted) return;
  throw new UserError(
    `the run ${run.folder} has done ${run.history.length} of ${counted(wanted, "epoch")}; to go on, ask for more with --epochs`,
    { exitCode: 2 },
  );
}

async function trainAndSave(
  folder: string,
  model: Autoencoder,
  { training, validation, preparation, notes, lateNotes }: PreparedData,
  record: RunRecord,
  history: readonly EpochFigures[],
  { progress, signal, device }: RunServices,
): Promise<FinishedRun> {
  const parts = { training, validation };
  const outcome = await train(model, {
    ...parts,
    settings: record.training,
    history,
    ...(record.result.phases !== undefined && { phases: record.result.phases }),
    ...(progress !== undefined && { progress }),
    ...(signal !== undefined && { signal }),
    onEpochEnd: savingNowAndThen(async (soFar) => {
      const soFarRecord = whileRunning(record, soFar);
      await saveProgress(folder, { model, record: soFarRecord, history: soFar.history, preparation });
    }),
  });
  // What follows has programs of its own: those of the training give their memory back before.
  await model.dispose();
  const { state, note } = outcome;
  const { warnings } = model;
  const late = lateNotes?.() ?? [];
  const done: RunRecord = {
    ...record,
    data: late.length === 0 ? record.data : { ...record.data, notes: [...notes, ...late] },
    state,
    result: {
      ...resultOf(record, outcome),
      ...(warnings.length > 0 && { warnings }),
      ...(note !== undefined && { note }),
    },
  };
  const { history: whole } = outcome;
  const saved = await saveRun(folder, { model, record: done, history: whole, outcome, device, preparation, ...parts });
  return { folder, record: saved, outcome };
}
