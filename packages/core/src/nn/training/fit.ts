/** The training loop. */
import { CallbackList } from "./callback.ts";
import type { Callback, CallbackOptions, TrainingView } from "./callback.ts";
import type { Logs } from "../logs.ts";
import { sessionSeed } from "../random/session-seed.ts";
import type { BatchSource, BatchStream } from "./batch-source.ts";
import { FittingProgram, measure } from "./evaluate.ts";
import type { ModelData, WeightOptions } from "./examples.ts";
import { FigureSums } from "./figures.ts";
import type { FigureState } from "./figures.ts";
import { planSources } from "./fit-sources.ts";
import type { ValidationData } from "./fit-sources.ts";
import { History } from "./history.ts";
import { checkMixUp, mixUp } from "./mix-up.ts";
import { Pause } from "./pause.ts";
import { Snapshot } from "./snapshot.ts";
import type { StepPrograms } from "./step-programs.ts";
import type { Trainer } from "./trainer.ts";
import { TrainingDiverged } from "./training-diverged.ts";

export interface FitOptions extends WeightOptions, CallbackOptions {
  /** 1 unless given. */
  readonly epochs?: number;
  /** 32 unless given; of a stream, each batch is as large as it comes. */
  readonly batchSize?: number;
  /** The share of the samples, the last ones, to measure with instead of training; 0 unless given. */
  readonly validationSplit?: number;
  /** Inputs, targets and weights to measure with, or a stream of batches of them; goes before `validationSplit`. */
  readonly validationData?: ValidationData;
  /** Whether to mix the samples anew in each epoch; true unless given. Streams come in their own order. */
  readonly shuffle?: boolean;
  /** Decides the order of the samples and what dropout drops; that of `setRandomSeed` unless given. */
  readonly seed?: number;
  /** The epoch to begin with, counted from 0, to go on with a training; 0 unless given. */
  readonly initialEpoch?: number;
  /**
   * Mixes the samples of each batch and their targets with one another, by shares of Beta(mixUp, mixUp): above 0, up to 1, the larger
   * the more; not at all unless given. Targets that are classes must be one-hot.
   */
  readonly mixUp?: number | undefined;
  /** How many batches make an epoch, of which the next goes on with the rest; all unless given. */
  readonly stepsPerEpoch?: number;
  /** How many batches of the validation data to take: the first ones, of a stream the next ones; all unless given. */
  readonly validationSteps?: number;
  /** Ends the training after the step in which it is aborted: `history.stopped` is then `aborted`. */
  readonly signal?: AbortSignal;
}

/** Trains, and returns what happened. */
export async function fit(
  trainer: Trainer,
  x: ModelData | BatchStream,
  y: ModelData | undefined,
  options: FitOptions,
): Promise<History> {
  const { epochs = 1, initialEpoch = 0, seed = sessionSeed() } = options;
  for (const [name, value] of Object.entries({ epochs, initialEpoch })) {
    if (!Number.isInteger(value) || value < 0) {
      throw new RangeError(`${name} must be a whole number from 0 on; ${value} came`);
    }
  }
  const sources = planSources(trainer, x, y, { ...options, seed });
  const { mixUp: alpha } = options;
  if (alpha !== undefined) trainer.checkMixable();
  const training = alpha === undefined ? sources.training : mixUp(sources.training, { alpha: checkMixUp(alpha), seed });
  const run = new Fit(
    trainer,
    { ...sources, training, epochs, initialEpoch, seed, signal: options.signal },
    [options.callbacks ?? []].flat(),
  );
  try {
    return await run.run();
  } finally {
    await run.release();
  }
}

interface Plan {
  readonly training: BatchSource;
  readonly validation: BatchSource | undefined;
  readonly epochs: number;
  readonly initialEpoch: number;
  readonly seed: number;
  readonly signal: AbortSignal | undefined;
}

class Fit {
  readonly #trainer: Trainer;
  readonly #plan: Plan;
  readonly #callbacks: CallbackList;
  readonly #programs: FittingProgram<StepPrograms>;
  readonly #pause = new Pause();
  readonly #history: History;
  readonly #view: TrainingView;
  readonly #start: { epoch: number; batch: number; figures: FigureState | undefined };
  /** Figures of the epoch that runs, and what is logged at its end. */
  #sums: FigureSums | undefined;
  #logs: Record<string, number> = {};

  constructor(trainer: Trainer, plan: Plan, callbacks: readonly Callback[] = []) {
    this.#trainer = trainer;
    this.#plan = plan;
    this.#callbacks = new CallbackList(callbacks);
    this.#programs = new FittingProgram((examples, count) => trainer.trainingProgram(examples.kind, count));
    this.#history = new History(plan.epochs, plan.training.steps);
    this.#start = { epoch: plan.initialEpoch, batch: 0, figures: undefined };
    this.#view = this.#viewFor(callbacks);
  }

  #viewFor(callbacks: readonly Callback[]): TrainingView {
    const trainer = this.#trainer;
    const { epochs, training, seed } = this.#plan;
    const figureState = (): FigureState | undefined => this.#sums?.state;
    return {
      model: trainer.model,
      optimizer: trainer.optimizer,
      optimizerState: trainer.state,
      callbacks,
      stopTraining: false,
      allowNonFinite: false,
      history: this.#history,
      seed,
      epochs,
      steps: training.steps,
      betterOf: (figure) => trainer.betterOf(figure),
      get figureState() {
        return figureState();
      },
      resumeAt: (epoch, batch = 0, figures) => Object.assign(this.#start, { epoch, batch, figures }),
      report: (figure, value) => {
        this.#logs[figure] = value;
      },
    };
  }

  async run(): Promise<History> {
    const { epochs } = this.#plan;
    await this.#trainer.prepare();
    await this.#callbacks.notify((callback) => callback.onTrainBegin?.(this.#view));
    const snapshot = new Snapshot(this.#trainer);
    if (this.#view.stopTraining && this.#start.batch === 0) this.#history.stopped = "callback";
    for (let { epoch } = this.#start; epoch < epochs && this.#history.stopped === "finished"; epoch++) {
      if (this.#isAborted()) break;
      await this.#callbacks.notify((callback) => callback.onEpochBegin?.(epoch));
      this.#logs = { ...(await this.#trainEpoch(epoch, snapshot)) };
      if (this.#isAborted()) break;
      this.#checkWeights(epoch, snapshot);
      snapshot.take();
      Object.assign(this.#logs, await this.#validate());
      this.#history.entries.push({ epoch, logs: this.#logs });
      await this.#callbacks.notify((callback) => callback.onEpochEnd?.(epoch, this.#logs));
      if (this.#view.stopTraining) this.#history.stopped = "callback";
    }
    // Not when aborted, so that the training can go on from here.
    if (this.#history.stopped !== "aborted") {
      for (const { state, variables } of this.#trainer.steps) state.useAverages(variables());
    }
    await this.#callbacks.notify((callback) => callback.onTrainEnd?.(this.#logs));
    return this.#history;
  }

  /** Lets go of the program and the data. */
  async release(): Promise<void> {
    const { training, validation } = this.#plan;
    await this.#programs.release();
    await training.close?.();
    await validation?.close?.();
  }

  async #trainEpoch(epoch: number, snapshot: Snapshot): Promise<Logs> {
    const { training, seed } = this.#plan;
    const { batch: skipped, figures: before } =
      epoch === this.#start.epoch ? this.#start : { batch: 0, figures: undefined };
    this.#sums = undefined;
    if (this.#view.stopTraining) return before?.values ?? {};
    let number = skipped;
    for await (const { examples, batch } of training.epoch(epoch, skipped)) {
      const index = number++;
      const count = batch.to - batch.from;
      await this.#callbacks.notify((callback) => callback.onTrainBatchBegin?.(index));
      const program = await this.#programs.get(examples, count);
      this.#trainer.step(program, examples, batch, seed);
      const bad = program.losses.find((loss) => loss !== undefined && !Number.isFinite(loss));
      if (bad !== undefined && !this.#view.allowNonFinite) {
        snapshot.restore();
        throw new TrainingDiverged(`the loss became ${bad}`, epoch + 1, index + 1);
      }
      const sums: FigureSums = this.#sums ?? FigureSums.after(before, program.figures);
      this.#sums = sums;
      sums.add(program.measured(), count);
      await this.#callbacks.notify((callback) => callback.onTrainBatchEnd?.(index, sums.values));
      if (this.#pause.isDue) await this.#pause.take();
      if (this.#view.stopTraining || this.#isAborted()) break;
    }
    return this.#sums?.values ?? before?.values ?? {};
  }

  async #validate(): Promise<Logs> {
    const { validation } = this.#plan;
    if (validation === undefined) return {};
    const logs = await measure(this.#trainer, validation, this.#callbacks, this.#pause);
    return Object.fromEntries(Object.entries(logs).map(([name, value]) => [`val_${name}`, value]));
  }

  /** The last step of an epoch may spoil weights without any loss that shows it. */
  #checkWeights(epoch: number, snapshot: Snapshot): void {
    if (this.#view.allowNonFinite) return;
    const spoiled = this.#trainer.model.variables.find((variable) => !variable.read().every(Number.isFinite));
    if (spoiled === undefined) return;
    snapshot.restore();
    throw new TrainingDiverged(`${spoiled.path} holds numbers that are not finite`, epoch + 1, this.#view.steps ?? 0);
  }

  #isAborted(): boolean {
    if (this.#plan.signal?.aborted !== true) return false;
    this.#history.stopped = "aborted";
    return true;
  }
}
