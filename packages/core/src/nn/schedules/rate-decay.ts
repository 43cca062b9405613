/** Learning rates that shrink by a rate for every so many steps. */
import type { ConfigReader } from "../config-reader.ts";
import { power } from "../elementary-functions.ts";
import { checkPositive, checkRate } from "./learning-rate-schedule.ts";
import type { LearningRateSchedule, ScheduleOptions } from "./learning-rate-schedule.ts";

const { fround } = Math;

export interface DecayOptions extends ScheduleOptions {
  /** Whether the rate only changes every `decaySteps` steps; false unless given. */
  readonly staircase?: boolean;
}

/** A kind of decay: how its rate is checked, and what is left of the initial rate after `progress` times `decaySteps`. */
interface DecayRule {
  readonly className: string;
  readonly checkDecayRate: typeof checkRate;
  decayed(initial: number, decayRate: number, progress: number): number;
}

const EXPONENTIAL: DecayRule = {
  className: "ExponentialDecay",
  checkDecayRate: checkPositive,
  decayed: (initial, decayRate, progress) => fround(initial * fround(power(decayRate, progress))),
};

const INVERSE_TIME: DecayRule = {
  className: "InverseTimeDecay",
  checkDecayRate: checkRate,
  decayed: (initial, decayRate, progress) => fround(initial / fround(1 + fround(decayRate * progress))),
};

function decay(
  { className, checkDecayRate, decayed }: DecayRule,
  initialLearningRate: number,
  decaySteps: number,
  decayRate: number,
  { staircase = false, name = className }: DecayOptions,
): LearningRateSchedule {
  const initial = fround(checkRate(className, "initialLearningRate", initialLearningRate));
  const steps = fround(checkPositive(className, "decaySteps", decaySteps));
  const rate = fround(checkDecayRate(className, "decayRate", decayRate));
  return {
    className,
    config: {
      initial_learning_rate: initialLearningRate,
      decay_steps: decaySteps,
      decay_rate: decayRate,
      staircase,
      name,
    },
    learningRateAt(step) {
      const progress = fround(step / steps);
      return decayed(initial, rate, staircase ? Math.floor(progress) : progress);
    },
  };
}

/**
 * The initial rate times decayRate^(step / decaySteps).
 *
 * @throws RangeError when a rate is negative, or `decaySteps` or `decayRate` not positive.
 */
export function exponentialDecay(
  initialLearningRate: number,
  decaySteps: number,
  decayRate: number,
  options: DecayOptions = {},
): LearningRateSchedule {
  return decay(EXPONENTIAL, initialLearningRate, decaySteps, decayRate, options);
}

/**
 * The initial rate divided by 1 + decayRate · step / decaySteps.
 *
 * @throws RangeError when a rate is negative or `decaySteps` not positive.
 */
export function inverseTimeDecay(
  initialLearningRate: number,
  decaySteps: number,
  decayRate: number,
  options: DecayOptions = {},
): LearningRateSchedule {
  return decay(INVERSE_TIME, initialLearningRate, decaySteps, decayRate, options);
}

export const exponentialDecayFromConfig = (config: ConfigReader): LearningRateSchedule =>
  fromConfig(EXPONENTIAL, config);
export const inverseTimeDecayFromConfig = (config: ConfigReader): LearningRateSchedule =>
  fromConfig(INVERSE_TIME, config);

function fromConfig(rule: DecayRule, config: ConfigReader): LearningRateSchedule {
  const [initial, steps, rate] = ["initial_learning_rate", "decay_steps", "decay_rate"].map((key) =>
    config.number(key),
  ) as [number, number, number];
  const staircase = config.boolean("staircase", false);
  return decay(rule, initial, steps, rate, { staircase, name: config.string("name", rule.className) });
}
