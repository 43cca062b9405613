import { Monitor } from "../../nn/callbacks/monitor.ts";
import type { MonitorOptions } from "../../nn/callbacks/monitor.ts";
import { formatFixed } from "../../nn/callbacks/python-number.ts";
import { announce } from "../../nn/callbacks/standard-output.ts";
import type { JsonValue } from "../../nn/keras-object.ts";
import type { Logs } from "../../nn/logs.ts";
import type { Model } from "../../nn/model/model.ts";
import type { Callback, TrainingView } from "../../nn/training/callback.ts";
import type { Files } from "../files.ts";
import { saveModel, saveWeights } from "../keras/index.ts";
import { formatTemplate } from "./python-template.ts";
import { BatchCounter } from "./save-frequency.ts";
import type { SaveFrequency } from "./save-frequency.ts";
import { trainedModel } from "../trained-model.ts";

export interface ModelCheckpointOptions extends MonitorOptions {
  /** Where the files go. */
  readonly files: Files;
  /** Whether to save only what is better than all before; false unless given. */
  readonly saveBestOnly?: boolean;
  /** Whether to save the weights alone, as a `.weights.h5` file; false, and the model as a `.keras` file, unless given. */
  readonly saveWeightsOnly?: boolean;
  /** `epoch`, or the number of batches between two savings; `epoch` unless given. */
  readonly saveFreq?: SaveFrequency;
  /** With `saveBestOnly`, also the first model must be better than this. */
  readonly initialValueThreshold?: number;
  /** 1 prints what is saved; 0 unless given. */
  readonly verbose?: 0 | 1;
}

interface State {
  readonly [key: string]: JsonValue;
  readonly best: number | null;
  readonly batches: number;
}

/** The two kinds of files: how they end, and how they are written. */
const KINDS = {
  model: { ending: ".keras", encode: (model: Model) => saveModel(model) },
  weights: { ending: ".weights.h5", encode: (model: Model) => saveWeights(model) },
} as const;

class ModelCheckpoint implements Callback {
  readonly name = "modelCheckpoint";
  readonly #path: string;
  readonly #kind: (typeof KINDS)[keyof typeof KINDS];
  readonly #files: Files;
  readonly #saveBestOnly: boolean;
  readonly #threshold: number | undefined;
  readonly #verbose: 0 | 1;
  readonly #monitor: Monitor;
  readonly #batches: BatchCounter;
  #training: TrainingView | undefined;
  #epoch = 0;
  #best: number | undefined;

  constructor(path: string, options: ModelCheckpointOptions) {
    const { files, saveBestOnly = false, saveFreq = "epoch", initialValueThreshold, verbose = 0 } = options;
    this.#kind = options.saveWeightsOnly === true ? KINDS.weights : KINDS.model;
    const { ending } = this.#kind;
    if (!path.endsWith(ending)) {
      const when = ending === KINDS.model.ending ? "" : " with saveWeightsOnly";
      throw new RangeError(`the path of modelCheckpoint${when} must end in "${ending}"; "${path}" came`);
    }
    this.#path = path;
    this.#files = files;
    this.#saveBestOnly = saveBestOnly;
    this.#threshold = initialValueThreshold;
    this.#verbose = verbose;
    this.#monitor = new Monitor(this.name, options);
    this.#batches = new BatchCounter(this.name, saveFreq);
  }

  get state(): State {
    return { best: this.#best ?? null, batches: this.#batches.sinceLast };
  }

  restoreState(state: JsonValue): void {
    const { best, batches } = state as State;
    this.#best = best ?? undefined;
    this.#batches.begin(batches);
  }

  onTrainBegin(training: TrainingView): void {
    this.#training = training;
    this.#best = this.#threshold;
    this.#batches.begin();
    if (this.#saveBestOnly) this.#monitor.begin(training);
  }

  onEpochBegin(epoch: number): void {
    this.#epoch = epoch;
  }

  async onTrainBatchEnd(batch: number, logs: Logs): Promise<void> {
    if (this.#batches.next()) await this.#save(this.#epoch, batch, logs);
  }

  async onEpochEnd(epoch: number, logs: Logs): Promise<void> {
    if (this.#batches.isPerEpoch) await this.#save(epoch, undefined, logs);
  }

  async #save(epoch: number, batch: number | undefined, logs: Logs): Promise<void> {
    const path = checkpointPath(this.#path, epoch, batch, logs);
    const say = (text: string): void => announce(this.#verbose, `\nEpoch ${epoch + 1}: ${text}`);
    if (this.#saveBestOnly) {
      const { figure } = this.#monitor;
      const current = this.#monitor.read(logs);
      const before = this.#best === undefined ? "None" : formatFixed(this.#best, 5);
      if (!this.#monitor.isBetter(current, this.#best)) {
        say(`${figure} did not improve from ${before}`);
        return;
      }
      say(`${figure} improved from ${before} to ${formatFixed(current, 5)}, saving model to ${path}`);
      this.#best = current;
    } else {
      say(`saving model to ${path}`);
    }
    await this.#files.write(path, await this.#kind.encode(trainedModel(this.#training as TrainingView)));
    say(`finished saving model to ${path}`);
  }
}

/**
 * The path that a template stands for. Epochs and batches count from 0 here and from 1 in the path, as in Keras.
 *
 * @throws RangeError when the template asks for a figure that is not there, or a format is wrong.
 */
export function checkpointPath(template: string, epoch: number, batch: number | undefined, logs: Logs): string {
  const figures = Object.entries(logs).map(([name, value]) => [name, { float: value }] as const);
  return formatTemplate(template, {
    epoch: { int: epoch + 1 },
    ...(batch !== undefined && { batch: { int: batch + 1 } }),
    ...Object.fromEntries(figures),
  });
}

/**
 * Saves the model while it is trained, as Keras's ModelCheckpoint. The path may name the epoch, the batch and figures in
 * Python's formats.
 *
 * @example
 * modelCheckpoint("models/{epoch:02d}-{val_loss:.4f}.keras", { files, saveBestOnly: true });
 *
 * @throws RangeError when the path does not end in `.keras`, or in `.weights.h5` with `saveWeightsOnly`; during training, when it asks for figures that are not
 *   reported, or the figure to watch is not.
 */
export function modelCheckpoint(path: string, options: ModelCheckpointOptions): Callback {
  return new ModelCheckpoint(path, options);
}
