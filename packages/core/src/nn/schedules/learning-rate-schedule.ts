/**
 * The contract of learning-rate schedules. The host computes the rate before each step. Keras computes it in float32, where
 * differences such as 1 + cos lose digits, so each operation is rounded to float32 here as well; and with functions that give
 * the same bits on every engine, because weights must.
 */
import type { KerasConfig } from "../keras-object.ts";

/** A learning rate that changes with the step. */
export interface LearningRateSchedule {
  /** Keras's class name: `CosineDecay`. */
  readonly className: string;
  readonly config: KerasConfig;
  /** The learning rate of a step, counted from 0: Keras's `schedule(step)`. */
  learningRateAt(step: number): number;
}

export interface ScheduleOptions {
  /** Keras's name of the schedule unless given. */
  readonly name?: string | undefined;
}

/** @throws RangeError unless the value is a number from 0 on. */
export function checkRate(className: string, option: string, value: number): number {
  if (Number.isFinite(value) && value >= 0) return value;
  throw new RangeError(`${option} of ${className} must be a number from 0 on; ${value} came`);
}

/** @throws RangeError unless the value is a number above 0. */
export function checkPositive(className: string, option: string, value: number): number {
  if (Number.isFinite(value) && value > 0) return value;
  throw new RangeError(`${option} of ${className} must be a number above 0; ${value} came`);
}
