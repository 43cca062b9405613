import type { JsonValue } from "../keras-object.ts";
import type { Logs } from "../logs.ts";
import type { Callback, TrainingView } from "../training/callback.ts";
import { Monitor } from "./monitor.ts";
import type { MonitorOptions } from "./monitor.ts";
import { announce } from "./standard-output.ts";

export interface ReduceLROnPlateauOptions extends MonitorOptions {
  /** What the learning rate is multiplied by, below 1; 0.1 unless given. */
  readonly factor?: number;
  /** Epochs without improvement before the learning rate falls; 10 unless given. */
  readonly patience?: number;
  /** Smaller changes do not count as improvement; 1e-4 unless given. */
  readonly minDelta?: number;
  /** Epochs after each fall in which waiting does not begin anew; 0 unless given. */
  readonly cooldown?: number;
  /** The learning rate does not fall below this; 0 unless given. */
  readonly minLR?: number;
  /** 1 prints each new learning rate; 0 unless given. */
  readonly verbose?: 0 | 1;
}

interface State {
  readonly [key: string]: JsonValue;
  readonly wait: number;
  readonly cooldown: number;
  readonly best: number | null;
}

class ReduceLROnPlateau implements Callback {
  readonly name = "reduceLROnPlateau";
  readonly #options: Required<Pick<ReduceLROnPlateauOptions, "factor" | "patience" | "cooldown" | "minLR" | "verbose">>;
  readonly #monitor: Monitor;
  #training: TrainingView | undefined;
  #wait = 0;
  #cooldown = 0;
  #best: number | undefined;

  constructor(options: ReduceLROnPlateauOptions) {
    const { factor = 0.1, patience = 10, minDelta = 1e-4, cooldown = 0, minLR = 0, verbose = 0 } = options;
    if (!(factor < 1 && factor >= 0)) {
      throw new RangeError(`factor of reduceLROnPlateau must be from 0 to below 1; ${factor} came`);
    }
    this.#options = { factor, patience, cooldown, minLR, verbose };
    this.#monitor = new Monitor(this.name, options, minDelta);
  }

  get state(): State {
    return { wait: this.#wait, cooldown: this.#cooldown, best: this.#best ?? null };
  }

  restoreState(state: JsonValue): void {
    const { wait, cooldown, best } = state as State;
    this.#wait = wait;
    this.#cooldown = cooldown;
    this.#best = best ?? undefined;
  }

  onTrainBegin(training: TrainingView): void {
    this.#training = training;
    this.restoreState({ wait: 0, cooldown: 0, best: null });
    this.#monitor.begin(training);
  }

  onEpochEnd(epoch: number, logs: Logs): void {
    const training = this.#training as TrainingView;
    training.report("learning_rate", Math.fround(training.optimizer.learningRate));
    const current = this.#monitor.read(logs);
    if (this.#cooldown > 0) {
      this.#cooldown--;
      this.#wait = 0;
    }
    if (this.#monitor.isBetter(current, this.#best)) {
      this.#best = current;
      this.#wait = 0;
      return;
    }
    if (this.#cooldown > 0) return;
    this.#wait++;
    if (this.#wait < this.#options.patience || !this.#reduce(training, epoch)) return;
    this.#cooldown = this.#options.cooldown;
    this.#wait = 0;
  }

  /** Keras keeps the learning rate as float32, which decides whether it has reached the smallest one. */
  #reduce({ optimizer }: TrainingView, epoch: number): boolean {
    const { factor, minLR, verbose } = this.#options;
    const old = Math.fround(optimizer.learningRate);
    if (old <= Math.fround(minLR)) return false;
    const reduced = Math.max(old * factor, minLR);
    optimizer.learningRate = Math.fround(reduced);
    announce(verbose, `\nEpoch ${epoch + 1}: ReduceLROnPlateau reducing learning rate to ${reduced}.`);
    return true;
  }
}

/**
 * Lowers the learning rate when a figure no longer gets better, as Keras's ReduceLROnPlateau. Reports `learning_rate` in
 * each epoch, as it was in that epoch.
 *
 * @throws RangeError when `factor` is not below 1; during training, when the figure to watch is not reported, or it is not
 *   known which way is better.
 * @throws TypeError during training, when the learning rate follows a schedule.
 */
export function reduceLROnPlateau(options: ReduceLROnPlateauOptions = {}): Callback {
  return new ReduceLROnPlateau(options);
}
