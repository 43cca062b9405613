import type { JsonValue } from "../../nn/keras-object.ts";
import type { Logs } from "../../nn/logs.ts";
import type { Callback, TrainingView } from "../../nn/training/callback.ts";
import { trainedModel } from "../trained-model.ts";
import type { Files } from "../files.ts";
import { reconstructionSummary } from "./reconstructions.ts";
import type { ReconstructionOptions } from "./reconstructions.ts";
import { EventRuns } from "./event-runs.ts";
import { sessionEndSummary, sessionStartSummary, scalarSummary } from "./summaries.ts";
import type { Hyperparameters } from "./summaries.ts";
import { weightSummaries } from "./weight-summaries.ts";

export interface TensorBoardOptions {
  /** Where the files go. */
  readonly files: Files;
  /** Epochs from one histogram of the weights to the next; 0, none, unless given. */
  readonly histogramFreq?: number;
  /** Whether to show weights as images, too, where they have histograms; false unless given. */
  readonly writeImages?: boolean;
  /** Whether to write how many steps a second takes; false unless given. */
  readonly writeStepsPerSecond?: boolean;
  /** `epoch`, `batch`, or the number of batches from one writing of the figures to the next; `epoch` unless given. */
  readonly updateFreq?: "epoch" | "batch" | number;
  /** What the training was given, to be compared with others by. */
  readonly hparams?: Hyperparameters;
  /** Samples to show beside their reconstructions. */
  readonly reconstructions?: ReconstructionOptions;
}

interface State {
  readonly [key: string]: JsonValue;
  readonly hasBegun: boolean;
  readonly batches: number;
  readonly runs: JsonValue;
}

class TensorBoard implements Callback {
  readonly name = "tensorBoard";
  readonly #options: TensorBoardOptions;
  /** Batches from one writing to the next; infinite for none. */
  readonly #updateFreq: number;
  readonly #runs: EventRuns;
  #training: TrainingView | undefined;
  #hasBegun = false;
  #batches = 0;
  #batchStarted = 0;
  #epochStarted = { seconds: 0, iterations: 0 };

  constructor(logDir: string, options: TensorBoardOptions) {
    const { updateFreq = "epoch", histogramFreq = 0, reconstructions, files } = options;
    this.#updateFreq = { epoch: Infinity, batch: 1 }[updateFreq as string] ?? checkCount("updateFreq", updateFreq, 1);
    checkCount("histogramFreq", histogramFreq, 0);
    checkCount("every of reconstructions", reconstructions?.every ?? 1, 1);
    this.#options = options;
    this.#runs = new EventRuns(files, logDir);
  }

  get state(): State {
    return { hasBegun: this.#hasBegun, batches: this.#batches, runs: this.#runs.state };
  }

  async restoreState(state: JsonValue): Promise<void> {
    const { hasBegun, batches, runs } = state as State;
    this.#hasBegun = hasBegun;
    this.#batches = batches;
    await this.#runs.restore(runs);
  }

  async onTrainBegin(training: TrainingView): Promise<void> {
    this.#training = training;
    this.#hasBegun = false;
    this.#batches = 0;
    await this.#runs.begin();
  }

  async onEpochBegin(): Promise<void> {
    const { hparams, writeStepsPerSecond = false } = this.#options;
    const { iterations } = (this.#training as TrainingView).optimizerState;
    if (writeStepsPerSecond) this.#epochStarted = { seconds: seconds(), iterations };
    // Not before: a training that goes on has said this already.
    if (this.#hasBegun) return;
    this.#hasBegun = true;
    if (hparams !== undefined) await this.#runs.write("", 0, [sessionStartSummary(hparams, Date.now() / 1000)]);
  }

  onTrainBatchBegin(): void {
    this.#batches++;
    if (this.#options.writeStepsPerSecond === true) this.#batchStarted = seconds();
  }

  async onTrainBatchEnd(_batch: number, logs: Logs): Promise<void> {
    if (this.#batches % this.#updateFreq !== 0) return;
    const speed = this.#options.writeStepsPerSecond === true && {
      steps_per_second: 1 / (seconds() - this.#batchStarted),
    };
    await this.#writeScalars("train", this.#batches, { ...speed, ...logs }, (name) => `batch_${name}`);
  }

  async onTestEnd(logs: Logs): Promise<void> {
    // On its own, an evaluation does not say of which step of which training it is.
    if (this.#training === undefined) return;
    const { iterations } = this.#training.optimizerState;
    await this.#writeScalars("validation", iterations, logs, (name) => `evaluation_${name}_vs_iterations`);
  }

  async onEpochEnd(epoch: number, logs: Logs): Promise<void> {
    const training = this.#training as TrainingView;
    const { histogramFreq = 0, writeImages = false, reconstructions } = this.#options;
    const isValidation = (name: string): boolean => name.startsWith("val_");
    const own = Object.fromEntries(Object.entries(logs).filter(([name]) => !isValidation(name)));
    const held = Object.fromEntries(Object.entries(logs).filter(([name]) => isValidation(name)));
    const learningRate = Math.fround(training.optimizer.learningRate);
    const figures = { ...own, learning_rate: learningRate, ...this.#stepsPerSecond(training) };
    await this.#writeScalars("train", epoch, figures, (name) => `epoch_${name}`);
    await this.#writeScalars("validation", epoch, held, (name) => `epoch_${name.slice("val_".length)}`);
    const isTime = (every: number): boolean => every > 0 && epoch % every === 0;
    if (isTime(histogramFreq)) await this.#runs.write("train", epoch, weightSummaries(training.model, writeImages));
    if (reconstructions !== undefined && isTime(reconstructions.every ?? 1)) {
      await this.#runs.write("train", epoch, [await reconstructionSummary(trainedModel(training), reconstructions)]);
    }
  }

  async onTrainEnd(): Promise<void> {
    const wasAborted = this.#training?.history.stopped === "aborted";
    if (this.#options.hparams !== undefined && !wasAborted) {
      await this.#runs.write("", 0, [sessionEndSummary(Date.now() / 1000)]);
    }
    this.#training = undefined;
  }

  #stepsPerSecond({ optimizerState }: TrainingView): Logs {
    if (this.#options.writeStepsPerSecond !== true) return {};
    const started = this.#epochStarted;
    return { steps_per_second: (optimizerState.iterations - started.iterations) / (seconds() - started.seconds) };
  }

  async #writeScalars(run: string, step: number, logs: Logs, tag: (name: string) => string): Promise<void> {
    const summaries = Object.entries(logs).map(([name, value]) => scalarSummary(tag(name), value));
    await this.#runs.write(run, step, summaries);
  }
}

function checkCount(option: string, value: unknown, least: number): number {
  if (typeof value === "number" && Number.isInteger(value) && value >= least) return value;
  throw new RangeError(`${option} of tensorBoard must be a whole number from ${least} on; ${String(value)} came`);
}

function seconds(): number {
  return performance.now() / 1000;
}

/**
 * Writes what TensorBoard shows of a training, as Keras's TensorBoard does and under the same names: figures of epochs
 * and batches below `train/` and `validation/` of the folder, histograms and images of the weights; and besides, images with their
 * reconstructions and the training's hyperparameters. The model's graph is not written.
 *
 * @example
 * tensorBoard("logs", { files, histogramFreq: 1, reconstructions: { images } });
 * // tensorboard --logdir logs
 *
 * @throws RangeError when a frequency is no whole number; during training, when reconstructions are asked of a model that
 *   makes no images.
 */
export function tensorBoard(logDir: string, options: TensorBoardOptions): Callback {
  return new TensorBoard(logDir, options);
}
