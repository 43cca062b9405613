/** A whole run: builds a model for data, trains it, and leaves a folder from which the training can be judged and repeated. */
import {
  modelFamily,
  models,
  split,
  type Autoencoder,
  type AutoencoderSettings,
  type Dataset,
  type Device,
  type OptionValue,
  type TrainingChoices,
} from "@sandglass/core";
import { UserError } from "../errors.ts";
import { hashOf } from "../runs/data-identity.ts";
import type { EpochFigures } from "../runs/history-csv.ts";
import type { Run } from "../runs/load-run.ts";
import { chooseRunFolder, runFolderName } from "../runs/run-folder.ts";
import { RECORD_VERSION, type DataIdentity, type RunRecord, type TrainingSettings } from "../runs/run-record.ts";
import { describeEnvironment } from "../runs/environment.ts";
import { saveProgress, saveRun } from "./save-run.ts";
import { train, type Outcome, type TrainingProgress } from "./train.ts";

/** Until so many seconds have passed, an epoch's end is no reason to save a run that goes on. */
const SECONDS_BETWEEN_SAVES = 30;

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
  readonly seed?: number | undefined;
  readonly deterministic?: boolean | undefined;
}

export interface TrainRunOptions extends RunServices {
  /** What the user named as data. */
  readonly source: string;
  /** A name of `modelFamilies`. */
  readonly model: string;
  /** How many samples, or which share of them, to hold back for validation: the last ones. 0 for none. */
  readonly validation: number;
  /** Samples to validate with instead: the test half of the set. */
  readonly test?: Dataset | undefined;
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

interface Parts {
  readonly training: Dataset;
  readonly validation: Dataset | undefined;
}

/**
 * Trains a new model and writes its run. A training that diverges or is interrupted is written, too.
 *
 * @throws GraphError when the model does not fit the data.
 * @throws UserError when an option is unknown, a value is not what it may be, the folder is taken, or nothing can be written.
 */
export async function trainRun(data: Dataset, options: TrainRunOptions): Promise<FinishedRun> {
  const { source, device, command, out, force = false, choices = {} } = options;
  const { patience, seed = 0, deterministic = false, ...training } = choices;
  const family = modelFamily(options.model);
  const { test } = options;
  const parts = divide(data, options.validation, test);
  const model = makeModel(family.name, options.options, { seed, device }, parts.training);
  const settings = asUsage(() => model.trainingSettings(training));
  const started = new Date();
  const folder = await chooseRunFolder(out, { name: runFolderName(started, data.name, family.name), force });
  const record: RunRecord = {
    version: RECORD_VERSION,
    state: "running",
    command,
    started: started.toISOString(),
    data: identify(data, source, parts),
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
      seed,
      deterministic,
    },
    result: { epochs: 0, seconds: 0, samplesPerSecond: 0, figures: {} },
    environment: describeEnvironment(device.numThreads),
  };
  try {
    return await trainAndSave(folder, model, parts, record, [], options);
  } finally {
    await model.dispose();
  }
}

/** Options are the user's: what is wrong with them is wrong usage. */
function makeModel(
  family: string,
  options: TrainRunOptions["options"],
  settings: AutoencoderSettings,
  data: Dataset,
): Autoencoder {
  return asUsage(() => {
    const model = models.create(family, options, settings);
    model.build(data);
    return model;
  });
}

/** What is out of range was asked for by the user. */
function asUsage<T>(make: () => T): T {
  try {
    return make();
  } catch (error) {
    if (error instanceof RangeError) throw new UserError(error.message, { exitCode: 2, cause: error });
    throw error;
  }
}

export interface ResumeRunOptions extends RunServices {
  /** In all; as many as the run was to have unless given. */
  readonly epochs?: number | undefined;
  /** The test half of the set, where the run validated with it. */
  readonly test?: Dataset | undefined;
}

/**
 * Goes on with a run: with the epoch that was interrupted, or with more epochs than it had. What comes out is, bit for bit,
 * what a run without the interruption would have given.
 *
 * @param run as `loadRun` reads it with `resume: true`.
 * @throws UserError when there is nothing to go on with, or the data are not those of the run.
 */
export async function resumeRun(
  run: Run,
  data: Dataset,
  { epochs, test, ...services }: ResumeRunOptions,
): Promise<FinishedRun> {
  const { folder, history, model } = run;
  const record: RunRecord = {
    ...run.record,
    training: replan(run.record.training, epochs),
    environment: describeEnvironment(services.device.numThreads),
  };
  checkSameData(record.data, data);
  asUsage(() => model.trainingSettings(record.training));
  if (model.trainingState !== undefined) await model.restoreTraining(model.trainingState, history);
  return trainAndSave(folder, model, divide(data, record.data.validation, test), record, history, services);
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
  const { state, training } = run.record;
  if (state === "diverged") {
    throw new UserError(
      `the run ${run.folder} diverged, and would again; train anew with a smaller --learning-rate ` +
        `than ${training.learningRate}`,
    );
  }
  const wanted = epochs ?? training.epochs;
  if (run.history.length < wanted) return;
  throw new UserError(
    `the run ${run.folder} has done ${run.history.length} of ${wanted} epochs; to go on, ask for more with --epochs`,
    { exitCode: 2 },
  );
}

async function trainAndSave(
  folder: string,
  model: Autoencoder,
  parts: Parts,
  record: RunRecord,
  history: readonly EpochFigures[],
  { progress, signal, device }: RunServices,
): Promise<FinishedRun> {
  const earlier = record.result.seconds;
  let lastSave = performance.now();
  const outcome = await train(model, {
    ...parts,
    settings: record.training,
    history,
    ...(record.result.phases !== undefined && { phases: record.result.phases }),
    ...(progress !== undefined && { progress }),
    ...(signal !== undefined && { signal }),
    onEpochEnd: async (soFar) => {
      if (performance.now() - lastSave < SECONDS_BETWEEN_SAVES * 1000) return;
      await saveProgress(folder, { model, record: withHistory(record, soFar), history: soFar.history });
      lastSave = performance.now();
    },
  });
  const { state, seconds, samplesPerSecond, note } = outcome;
  const { warnings } = model;
  const done: RunRecord = {
    ...record,
    state,
    result: {
      ...resultOf(outcome),
      seconds: earlier + seconds,
      samplesPerSecond,
      ...(warnings.length > 0 && { warnings }),
      ...(note !== undefined && { note }),
    },
  };
  const saved = await saveRun(folder, { model, record: done, history: outcome.history, outcome, device, ...parts });
  return { folder, record: saved, outcome };
}

type SoFar = Pick<Outcome, "history" | "phases">;

function withHistory(record: RunRecord, soFar: SoFar): RunRecord {
  const { note: _, ...result } = record.result;
  return { ...record, state: "running", result: { ...result, ...resultOf(soFar) } };
}

function resultOf({ history, phases }: SoFar): Pick<RunRecord["result"], "epochs" | "figures" | "phases"> {
  return { epochs: history.length, figures: history.at(-1) ?? {}, ...(phases.length > 0 && { phases }) };
}

function divide(data: Dataset, validation: number, test: Dataset | undefined): Parts {
  if (test !== undefined) return { training: data, validation: test };
  return validation === 0 ? { training: data, validation: undefined } : split(data, { validation });
}

function identify(data: Dataset, source: string, { training, validation }: Parts): DataIdentity {
  const { name, count, shape } = data;
  const held = count - training.count;
  const test = held === 0 && validation !== undefined ? { test: validation.count } : {};
  return { name, source, count, shape, sha256: hashOf(data), validation: held, ...test };
}

function checkSameData(identity: DataIdentity, data: Dataset): void {
  const sha256 = hashOf(data);
  if (sha256 === identity.sha256) return;
  throw new UserError(
    `the data "${identity.source}" are not those of the run: ${data.count} samples with the SHA-256 ${sha256} came, ` +
      `and ${identity.count} with ${identity.sha256} are needed. Train anew, or give the data back as they were`,
  );
}
