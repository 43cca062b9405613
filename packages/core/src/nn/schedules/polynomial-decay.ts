import type { ConfigReader } from "../config-reader.ts";
import { power as raise } from "../elementary-functions.ts";
import { checkPositive, checkRate } from "./learning-rate-schedule.ts";
import type { LearningRateSchedule, ScheduleOptions } from "./learning-rate-schedule.ts";

const { fround } = Math;

export interface PolynomialDecayOptions extends ScheduleOptions {
  /** The rate after `decaySteps` steps, 1e-4 unless given. */
  readonly endLearningRate?: number | undefined;
  /** 1, a straight line, unless given. */
  readonly power?: number | undefined;
  /** Whether to start again, ever slower, instead of staying at the end; false unless given. */
  readonly cycle?: boolean;
}

/**
 * (initial − end) · (1 − step / decaySteps)^power + end. With `cycle`, `decaySteps` counts as often as it takes to reach the step.
 *
 * @throws RangeError when a rate or the power is negative, or `decaySteps` not positive.
 */
export function polynomialDecay(
  initialLearningRate: number,
  decaySteps: number,
  options: PolynomialDecayOptions = {},
): LearningRateSchedule {
  const className = "PolynomialDecay";
  const { endLearningRate = 1e-4, power = 1, cycle = false, name = className } = options;
  const initial = fround(checkRate(className, "initialLearningRate", initialLearningRate));
  const end = fround(checkRate(className, "endLearningRate", endLearningRate));
  const exponent = fround(checkRate(className, "power", power));
  const decay = fround(checkPositive(className, "decaySteps", decaySteps));
  return {
    className,
    config: {
      initial_learning_rate: initialLearningRate,
      decay_steps: decaySteps,
      end_learning_rate: endLearningRate,
      power,
      cycle,
      name,
    },
    learningRateAt(step) {
      const rounds = Math.max(1, Math.ceil(fround(step / decay)));
      const steps = cycle ? fround(decay * rounds) : decay;
      const progress = fround(Math.min(step, steps) / steps);
      const share = fround(raise(fround(1 - progress), exponent));
      return fround(fround(fround(initial - end) * share) + end);
    },
  };
}

export function polynomialDecayFromConfig(config: ConfigReader): LearningRateSchedule {
  return polynomialDecay(config.number("initial_learning_rate"), config.number("decay_steps"), {
    endLearningRate: config.optionalNumber("end_learning_rate"),
    power: config.optionalNumber("power"),
    cycle: config.boolean("cycle", false),
    name: config.string("name", "PolynomialDecay"),
  });
}
