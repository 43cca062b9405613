/** The training loop. */
import { CallbackList } from "../callbacks/callback.ts";
import type { Callback, TrainingView } from "../callbacks/callback.ts";
import { permutation } from "../random/permutation.ts";
import { sessionSeed } from "../random/session-seed.ts";
import { sliceRows } from "./data.ts";
import type { DataLike } from "./data.ts";
import { checkBatchSize, measure } from "./evaluate.ts";
import { History } from "./history.ts";
import type { ModelProgram } from "./model-program.ts";
import { Pause } from "./pause.ts";
import { RunningMean } from "./running-mean.ts";
import type { Logs } from "../logs.ts";
import { Snapshot } from "./snapshot.ts";
import type { Examples, Trainer } from "./trainer.ts";
import { TrainingDiverged } from "./training-diverged.ts";

export interface FitOptions {
  /** 1 unless given. */
  readonly epochs?: number;
  /** 32 unless given. */
  readonly batchSize?: number;
  /** The share of the samples, the last ones, to measure with instead of training; 0 unless given. */
  readonly validationSplit?: number;
  /** Inputs and targets to measure with; goes before `validationSplit`. */
  readonly validationData?: readonly [x: DataLike, y: DataLike];
  /** Whether to mix the samples anew in each epoch; true unless given. */
  readonly shuffle?: boolean;
  /** Decides the order of the samples and what dropout drops; that of `setRandomSeed` unless given. */
  readonly seed?: number;
  readonly callbacks?: readonly Callback[];
  /** The epoch to begin with, counted from 0, to go on with a training; 0 unless given. */
  readonly initialEpoch?: number;
  /** Ends the training after the step in which it is aborted: `history.stopped` is then `aborted`. */
  readonly signal?: AbortSignal;
}

interface Plan {
  readonly training: Examples;
  readonly validation: Examples | undefined;
  readonly epochs: number;
  readonly initialEpoch: number;
  readonly batchSize: number;
  readonly seed: number;
  readonly shuffle: boolean;
  readonly signal: AbortSignal | undefined;
}

/** Trains, and returns what happened. */
export async function fit(trainer: Trainer, x: DataLike, y: DataLike, options: FitOptions): Promise<History> {
  const plan = makePlan(trainer, x, y, options);
  return new Fit(trainer, plan, new CallbackList(options.callbacks ?? [])).run();
}

function makePlan(trainer: Trainer, x: DataLike, y: DataLike, options: FitOptions): Plan {
  const { epochs = 1, batchSize = 32, validationSplit = 0, validationData, initialEpoch = 0 } = options;
  const { shuffle = true, seed = sessionSeed(), signal } = options;
  if (!Number.isInteger(epochs) || epochs < 0) {
    throw new RangeError(`epochs must be a whole number from 0 on; ${epochs} came`);
  }
  const all = trainer.examples(x, y);
  const common = { epochs, initialEpoch, batchSize: checkBatchSize(batchSize), seed, shuffle, signal };
  if (validationData !== undefined) {
    const validation = trainer.examples(...validationData, ["the inputs of validationData", "its targets"]);
    return { ...common, training: all, validation };
  }
  if (validationSplit === 0) return { ...common, training: all, validation: undefined };
  // Keras's rounding.
  const border = Math.floor(all.x.count * (1 - validationSplit));
  if (!(validationSplit > 0 && validationSplit < 1) || border === 0 || border === all.x.count) {
    throw new RangeError(
      `validationSplit must leave samples to train with and to validate with; ${validationSplit} of ${all.x.count} came`,
    );
  }
  return { ...common, training: part(all, 0, border), validation: part(all, border, all.x.count) };
}

function part({ x, y, kind }: Examples, from: number, to: number): Examples {
  return { x: sliceRows(x, from, to), y: y && sliceRows(y, from, to), kind };
}

class Fit {
  readonly #trainer: Trainer;
  readonly #plan: Plan;
  readonly #callbacks: CallbackList;
  readonly #pause = new Pause();
  readonly #history: History;
  readonly #view: TrainingView;

  constructor(trainer: Trainer, plan: Plan, callbacks: CallbackList) {
    this.#trainer = trainer;
    this.#plan = plan;
    this.#callbacks = callbacks;
    const steps = Math.ceil(plan.training.x.count / plan.batchSize);
    this.#history = new History(plan.epochs, steps);
    const { variables } = trainer.model;
    this.#view = {
      optimizer: trainer.optimizer,
      stopTraining: false,
      epochs: plan.epochs,
      steps,
      betterOf: (figure) => trainer.betterOf(figure),
      getWeights: () => variables.map((variable) => variable.read()),
      setWeights: (weights) => {
        for (const [index, variable] of variables.entries()) variable.assign(weights[index] as Float32Array);
      },
    };
  }

  async run(): Promise<History> {
    const { training, epochs, initialEpoch, batchSize } = this.#plan;
    const program = await this.#trainer.trainingProgram(training.kind, Math.min(batchSize, training.x.count));
    const snapshot = new Snapshot(this.#trainer);
    let logs: Logs = {};
    await this.#callbacks.notify((callback) => callback.onTrainBegin?.(this.#view));
    for (let epoch = initialEpoch; epoch < epochs && this.#history.stopped === "finished"; epoch++) {
      if (this.#isAborted()) break;
      await this.#callbacks.notify((callback) => callback.onEpochBegin?.(epoch));
      logs = await this.#trainEpoch(program, epoch, snapshot);
      if (this.#isAborted()) break;
      this.#checkWeights(epoch, snapshot);
      snapshot.take();
      logs = { ...logs, ...(await this.#validate()) };
      this.#history.record(epoch, logs);
      const final = logs;
      await this.#callbacks.notify((callback) => callback.onEpochEnd?.(epoch, final));
      if (this.#view.stopTraining) this.#history.stopped = "callback";
    }
    const final = logs;
    await this.#callbacks.notify((callback) => callback.onTrainEnd?.(final));
    return this.#history;
  }

  async #trainEpoch(program: ModelProgram, epoch: number, snapshot: Snapshot): Promise<Logs> {
    const { training, batchSize, seed, shuffle } = this.#plan;
    const { count } = training.x;
    const order = shuffle ? permutation(count, seed, epoch) : Uint32Array.from({ length: count }, (_, index) => index);
    const mean = new RunningMean();
    for (let from = 0, batch = 0; from < count; from += batchSize, batch++) {
      const to = Math.min(from + batchSize, count);
      await this.#callbacks.notify((callback) => callback.onTrainBatchBegin?.(batch));
      const figures = this.#trainer.step(program, training, { order, from, to }, seed);
      if (!Number.isFinite(figures["loss"])) {
        snapshot.restore();
        throw new TrainingDiverged(`the loss became ${figures["loss"]}`, epoch + 1, batch + 1);
      }
      mean.add(figures, to - from);
      await this.#callbacks.notify((callback) => callback.onTrainBatchEnd?.(batch, mean.values));
      if (this.#pause.isDue) await this.#pause.take();
      if (this.#isAborted()) break;
    }
    return mean.values;
  }

  async #validate(): Promise<Logs> {
    const { validation, batchSize } = this.#plan;
    if (validation === undefined) return {};
    const logs = await measure(this.#trainer, validation, batchSize, this.#callbacks, this.#pause);
    return Object.fromEntries(Object.entries(logs).map(([name, value]) => [`val_${name}`, value]));
  }

  /** The last step of an epoch may spoil weights without any loss that shows it. */
  #checkWeights(epoch: number, snapshot: Snapshot): void {
    const spoiled = this.#trainer.model.variables.find((variable) => !variable.read().every(Number.isFinite));
    if (spoiled === undefined) return;
    snapshot.restore();
    throw new TrainingDiverged(`${spoiled.path} holds numbers that are not finite`, epoch + 1, this.#view.steps);
  }

  #isAborted(): boolean {
    if (this.#plan.signal?.aborted !== true) return false;
    this.#history.stopped = "aborted";
    return true;
  }
}
