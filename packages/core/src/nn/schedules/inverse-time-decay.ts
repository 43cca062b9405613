import type { ConfigReader } from "../config-reader.ts";
import type { DecayOptions } from "./exponential-decay.ts";
import { checkPositive, checkRate } from "./learning-rate-schedule.ts";
import type { LearningRateSchedule } from "./learning-rate-schedule.ts";

const { fround } = Math;

/**
 * The initial rate divided by 1 + decayRate · step / decaySteps.
 *
 * @throws RangeError when a rate is negative or `decaySteps` not positive.
 */
export function inverseTimeDecay(
  initialLearningRate: number,
  decaySteps: number,
  decayRate: number,
  { staircase = false, name = "InverseTimeDecay" }: DecayOptions = {},
): LearningRateSchedule {
  const className = "InverseTimeDecay";
  const initial = fround(checkRate(className, "initialLearningRate", initialLearningRate));
  const steps = fround(checkPositive(className, "decaySteps", decaySteps));
  const rate = fround(checkRate(className, "decayRate", decayRate));
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
      const growth = fround(rate * (staircase ? Math.floor(progress) : progress));
      return fround(initial / fround(1 + growth));
    },
  };
}

export function inverseTimeDecayFromConfig(config: ConfigReader): LearningRateSchedule {
  return inverseTimeDecay(
    config.number("initial_learning_rate"),
    config.number("decay_steps"),
    config.number("decay_rate"),
    { staircase: config.boolean("staircase", false), name: config.string("name", "InverseTimeDecay") },
  );
}
