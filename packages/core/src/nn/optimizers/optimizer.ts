/**
 * The contract of optimizers. A rule has two halves: numbers that change with the step (bias corrections, schedules) are
 * computed by the host in float64 before each step; the rest are graph nodes, compiled into the training program.
 */
import type { Node } from "../../graph/node.ts";
import type { KerasConfig } from "../keras-object.ts";
import { autoName } from "../names.ts";

/** What an optimizer sees of one variable. */
export interface UpdateOperands<Slot extends string = string, Scalar extends string = string> {
  readonly variable: Node;
  readonly gradient: Node;
  /** What the optimizer keeps of the variable, by slot; zeros at first. */
  readonly slots: Readonly<Record<Slot, Node>>;
  /** The numbers of this step. */
  readonly scalars: Readonly<Record<Scalar, Node>>;
}

/** The values after the step. */
export interface UpdateResult<Slot extends string = string> {
  readonly variable: Node;
  readonly slots: Readonly<Record<Slot, Node>>;
}

export interface OptimizerOptions {
  readonly learningRate?: number;
  /** Keras's automatic name (`adam`) unless given. */
  readonly name?: string;
}

export abstract class Optimizer<Slot extends string = string, Scalar extends string = string> {
  readonly name: string;
  /** Keras's class name: `Adam`. */
  readonly className: string;
  /** Names of the tensors kept for each variable, in Keras's order and spelling. */
  abstract readonly slots: readonly Slot[];
  #learningRate: number;

  constructor(className: string, learningRate: number, name: string | undefined) {
    this.className = className;
    this.name = name ?? autoName(className);
    this.#learningRate = checkLearningRate(learningRate);
  }

  /** May be changed between steps. */
  get learningRate(): number {
    return this.#learningRate;
  }

  set learningRate(value: number) {
    this.#learningRate = checkLearningRate(value);
  }

  /** The numbers of the next step, after `iterations` of them. */
  abstract scalars(iterations: number): Readonly<Record<Scalar, number>>;

  /** The values of a variable and of its slots after the step. */
  abstract update(operands: UpdateOperands<Slot, Scalar>): UpdateResult<Slot>;

  /** The settings of this class, in Keras's spelling. */
  protected abstract settings(): KerasConfig;

  /** The optimizer's configuration as Keras's `get_config`. */
  getConfig(): KerasConfig {
    return { name: this.name, learning_rate: this.#learningRate, ...KERAS_DEFAULTS, ...this.settings() };
  }
}

/** What every Keras optimizer can do besides, and none here does. */
const KERAS_DEFAULTS: KerasConfig = {
  weight_decay: null,
  clipnorm: null,
  global_clipnorm: null,
  clipvalue: null,
  use_ema: false,
  ema_momentum: 0.99,
  ema_overwrite_frequency: null,
  loss_scale_factor: null,
  gradient_accumulation_steps: null,
};

function checkLearningRate(value: number): number {
  if (Number.isFinite(value) && value >= 0) return value;
  throw new RangeError(`the learning rate must be a number from 0 on; ${value} came`);
}

/** @throws RangeError unless the value is in [0, 1). */
export function checkDecay(className: string, option: string, value: number): number {
  if (value >= 0 && value < 1) return value;
  throw new RangeError(`${option} of ${className} must be from 0 to below 1; ${value} came`);
}

/** @throws RangeError unless the value is a positive number. */
export function checkEpsilon(className: string, value: number): number {
  if (value > 0 && Number.isFinite(value)) return value;
  throw new RangeError(`epsilon of ${className} must be positive; ${value} came`);
}

/**
 * baseⁿ for a whole n from 0 on, by multiplications alone: engines differ in the last bits of `**`, and weights must not.
 */
export function integerPower(base: number, n: number): number {
  let result = 1;
  let factor = base;
  for (let rest = n; rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) result *= factor;
    factor *= factor;
  }
  return result;
}

/**
 * 1 − βᵗ as Keras computes it: in float32, where 1 − 0.999 is off by 1.3e-5. Over 50 steps of Adam that moves losses by up
 * to 6e-5, and with the same rounding they agree within 1e-6 (`trajectory.test.ts`).
 */
export function oneMinusPower(decay: number, t: number): number {
  return Math.fround(1 - Math.fround(integerPower(Math.fround(decay), t)));
}
