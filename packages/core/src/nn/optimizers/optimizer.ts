/**
 * The contract of optimizers. A rule has two halves: numbers that change with the step (bias corrections, schedules) are
 * computed by the host in float64 before each step; the rest are graph nodes, compiled into the training program.
 *
 * A subclass says what it keeps of each variable, which numbers a step needs, and how the step goes. What all optimizers do
 * besides (clipping, weight decay, averages of the weights) is put around that by `training/optimizer-updates.ts`.
 */
import type { Node } from "../../graph/node.ts";
import type { KerasConfig } from "../keras-object.ts";
import { autoName } from "../names.ts";
import type { LearningRateSchedule } from "../schedules/learning-rate-schedule.ts";
import { schedules } from "../schedules/registry.ts";
import { averageNumbers } from "./moving-average.ts";
import { commonConfig, resolveOptions } from "./optimizer-options.ts";
import type { CommonSettings, OptimizerOptions } from "./optimizer-options.ts";

export type { OptimizerOptions } from "./optimizer-options.ts";

/** What an optimizer sees of one variable. */
export interface UpdateOperands<Slot extends string = string, Scalar extends string = string> {
  readonly variable: Node;
  readonly gradient: Node;
  /** What the optimizer keeps of the variable, by slot. */
  readonly slots: Readonly<Record<Slot, Node>>;
  /** The numbers of this step. */
  readonly scalars: Readonly<Record<Scalar, Node>>;
}

/** The values after the step. */
export interface UpdateResult<Slot extends string = string> {
  readonly variable: Node;
  readonly slots: Readonly<Record<Slot, Node>>;
}

export abstract class Optimizer<Slot extends string = string, Scalar extends string = string> {
  readonly name: string;
  /** Keras's class name: `Adam`. */
  readonly className: string;
  /** Clipping, weight decay, averages of the weights and accumulation of gradients. */
  readonly common: CommonSettings;
  /** Steps taken by the training that ran last. */
  iterations = 0;
  #learningRate: number | LearningRateSchedule;

  constructor(className: string, defaultLearningRate: number, options: OptimizerOptions) {
    const { learningRate = defaultLearningRate, name } = options;
    this.className = className;
    this.common = resolveOptions(className, options);
    this.#learningRate = typeof learningRate === "number" ? checkLearningRate(learningRate) : learningRate;
    this.name = name ?? autoName(className);
  }

  /** The learning rate of the next step. */
  get learningRate(): number {
    return this.learningRateAt(this.iterations);
  }

  /**
   * May be changed between steps.
   *
   * @throws TypeError when a number comes and a schedule is in charge, as in Keras.
   */
  set learningRate(value: number | LearningRateSchedule) {
    if (typeof value === "number" && typeof this.#learningRate !== "number") {
      throw new TypeError(
        `the learning rate of ${this.className} follows the schedule ${this.#learningRate.className} and cannot be set; ` +
          "make the optimizer with a number as its learning rate, or set another schedule",
      );
    }
    this.#learningRate = typeof value === "number" ? checkLearningRate(value) : value;
  }

  /** The schedule that the learning rate follows; undefined where it is a number. */
  get schedule(): LearningRateSchedule | undefined {
    return typeof this.#learningRate === "number" ? undefined : this.#learningRate;
  }

  /** Names of the tensors kept for each variable, in Keras's spelling. */
  get slots(): readonly string[] {
    return this.slotGroups.flat();
  }

  /**
   * The same in the order of Keras's files: of each group, the tensors of the first variable, then those of the next, and so on;
   * then the next group.
   */
  get slotGroups(): readonly (readonly string[])[] {
    const { useEma, gradientAccumulationSteps } = this.common;
    return [
      ...(useEma ? [["average"]] : []),
      ...(gradientAccumulationSteps === undefined ? [] : [["gradient_accumulator"]]),
      ...this.ruleSlots,
    ];
  }

  /** The slots of the rule itself, in groups. */
  protected abstract readonly ruleSlots: readonly (readonly Slot[])[];

  /** What fills a slot before the first step. */
  initialSlotValue(_slot: string): number {
    return 0;
  }

  /** Numbers that follow from the steps taken, but that Keras keeps and writes after the slots. */
  derivedNumbers(_iterations: number): readonly number[] {
    return [];
  }

  /** The numbers of the next step, after `iterations` of them, by the names of the program's scalars. */
  scalars(iterations: number): Readonly<Record<string, number>> {
    const { weightDecay, useEma, gradientAccumulationSteps } = this.common;
    const learningRate = this.learningRateAt(iterations);
    const updates = this.updatesAfter(iterations);
    const numbers: Record<string, number> = this.stepNumbers(updates + 1, learningRate);
    if (weightDecay !== undefined) numbers["weightDecay"] = weightDecay * learningRate;
    if (useEma) Object.assign(numbers, averageNumbers(this.common, updates));
    if (gradientAccumulationSteps !== undefined) {
      numbers["isUpdate"] = (iterations + 1) % gradientAccumulationSteps === 0 ? 1 : 0;
    }
    return numbers;
  }

  /** The values of a variable and of the rule's slots after the step. */
  abstract update(operands: UpdateOperands<Slot, Scalar>): UpdateResult<Slot>;

  /**
   * The numbers that `update` needs.
   *
   * @param step how often weights will have changed, counted from 1.
   */
  protected abstract stepNumbers(step: number, learningRate: number): Record<Scalar, number>;

  /** The settings of this class, in Keras's spelling. */
  protected abstract settings(): KerasConfig;

  /** The optimizer's configuration as Keras's `get_config`. */
  getConfig(): KerasConfig {
    const learningRate = typeof this.#learningRate === "number" ? this.#learningRate : schedules.toKeras(this.schedule);
    return { name: this.name, learning_rate: learningRate, ...commonConfig(this.common), ...this.settings() };
  }

  /** The same, as all objects have it that a registry knows. */
  get config(): KerasConfig {
    return this.getConfig();
  }

  /** How often weights have changed after so many steps. */
  protected updatesAfter(iterations: number): number {
    return Math.floor(iterations / (this.common.gradientAccumulationSteps ?? 1));
  }

  protected learningRateAt(iterations: number): number {
    return typeof this.#learningRate === "number" ? this.#learningRate : this.#learningRate.learningRateAt(iterations);
  }
}

function checkLearningRate(value: number): number {
  if (Number.isFinite(value) && value >= 0) return value;
  throw new RangeError(`the learning rate must be a number from 0 on; ${value} came`);
}
