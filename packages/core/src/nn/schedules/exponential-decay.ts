import type { ConfigReader } from "../config-reader.ts";
import { power } from "../elementary-functions.ts";
import { checkPositive, checkRate } from "./learning-rate-schedule.ts";
import type { LearningRateSchedule, ScheduleOptions } from "./learning-rate-schedule.ts";

const { fround } = Math;

export interface DecayOptions extends ScheduleOptions {
  /** Whether the rate only changes every `decaySteps` steps; false unless given. */
  readonly staircase?: boolean;
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
  { staircase = false, name = "ExponentialDecay" }: DecayOptions = {},
): LearningRateSchedule {
  const className = "ExponentialDecay";
  const initial = fround(checkRate(className, "initialLearningRate", initialLearningRate));
  const steps = fround(checkPositive(className, "decaySteps", decaySteps));
  const rate = fround(checkPositive(className, "decayRate", decayRate));
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
      return fround(initial * fround(power(rate, staircase ? Math.floor(progress) : progress)));
    },
  };
}

export function exponentialDecayFromConfig(config: ConfigReader): LearningRateSchedule {
  return exponentialDecay(
    config.number("initial_learning_rate"),
    config.number("decay_steps"),
    config.number("decay_rate"),
    { staircase: config.boolean("staircase", false), name: config.string("name", "ExponentialDecay") },
  );
}
