import type { Logs } from "../logs.ts";
import type { Callback, CallbackOptions, TrainingView } from "../training/callback.ts";
import { ProgressBar } from "./progress-bar.ts";
import { standardOutput } from "./standard-output.ts";

export interface ProgressLineOptions {
  /** 1 for a bar that moves, 2 for one line for each epoch; 1 unless given. */
  readonly verbose?: 1 | 2;
  /** Takes the text; it is printed on standard output unless given. */
  readonly write?: (text: string) => void;
  /** Whether text can be written over; as standard output says unless given. */
  readonly isTerminal?: boolean;
  /** How many characters a line holds; as standard output says unless given. */
  readonly columns?: number;
}

class ProgressLine implements Callback {
  readonly name = "progressLine";
  readonly #verbose: 1 | 2;
  readonly #write: (text: string) => void;
  readonly #isTerminal: boolean;
  readonly #columns: number | undefined;
  #training: TrainingView | undefined;
  #steps: number | undefined;
  #seen = 0;
  #bar: ProgressBar | undefined;

  constructor({ verbose = 1, write, isTerminal, columns }: ProgressLineOptions) {
    const output = standardOutput();
    this.#verbose = verbose;
    this.#write = write ?? ((text) => output.write(text));
    this.#isTerminal = isTerminal ?? (write === undefined && output.isTerminal);
    this.#columns = columns ?? (write === undefined ? output.columns : undefined);
  }

  onTrainBegin(training: TrainingView): void {
    this.#training = training;
    this.#steps = training.steps;
  }

  onEpochBegin(epoch: number): void {
    this.#begin();
    const epochs = this.#training?.epochs ?? 1;
    if (epochs > 1) this.#write(`Epoch ${epoch + 1}/${epochs}\n`);
  }

  onTrainBatchEnd(batch: number, logs: Logs): void {
    this.#update(batch, logs);
  }

  onEpochEnd(_epoch: number, logs: Logs): void {
    this.#finish(logs);
  }

  onTrainEnd(): void {
    this.#training = undefined;
    this.#steps = undefined;
  }

  // Within a training, validation is silent, as in Keras.
  onTestBegin(): void {
    if (this.#training === undefined) this.#begin();
  }

  onTestBatchEnd(batch: number, logs: Logs): void {
    if (this.#training === undefined) this.#update(batch, logs);
  }

  onTestEnd(logs: Logs): void {
    if (this.#training === undefined) this.#finish(logs);
  }

  onPredictBegin(): void {
    if (this.#training === undefined) this.#begin();
  }

  onPredictBatchEnd(batch: number): void {
    if (this.#training === undefined) this.#update(batch, {});
  }

  onPredictEnd(): void {
    if (this.#training === undefined) this.#finish({});
  }

  #begin(): void {
    this.#seen = 0;
    const style = { isDynamic: this.#isTerminal, columns: this.#columns };
    this.#bar = new ProgressBar(style, this.#steps, seconds());
  }

  #update(batch: number, logs: Logs): void {
    this.#seen = batch + 1;
    if (this.#verbose !== 1) return;
    const text = this.#bar?.update(this.#seen, logs, seconds()) ?? "";
    if (text !== "") this.#write(text);
  }

  #finish(logs: Logs): void {
    // Of a stream the first epoch tells how many steps the others have, as in Keras.
    if (this.#training !== undefined) this.#steps ??= this.#seen;
    const steps = this.#steps ?? this.#seen;
    const bar = this.#bar as ProgressBar;
    const text = this.#verbose === 1 ? bar.finish(steps, logs, seconds()) : bar.finishPlain(steps, logs, seconds());
    this.#write(text);
  }
}

function seconds(): number {
  return performance.now() / 1000;
}

/**
 * Prints how a training goes as Keras does: the epoch, then a line with the step, a bar, the time and the figures. `fit`
 * adds one with its option `verbose`. Where text cannot be written over, in a pipe or a browser's console, the line
 * comes once, at the end of the epoch.
 */
export function progressLine(options: ProgressLineOptions = {}): Callback {
  return new ProgressLine(options);
}

/** The options with the callback that `verbose` asks for, the last as in Keras. */
export function withProgressLine<Options extends CallbackOptions>(options: Options): Omit<Options, "verbose"> {
  const { verbose = 0, ...rest } = options;
  if (verbose === 0) return rest;
  if (![1, 2].includes(verbose)) throw new RangeError(`verbose must be 0, 1 or 2; ${verbose} came`);
  return { ...rest, callbacks: [options.callbacks ?? [], progressLine({ verbose })].flat() };
}
