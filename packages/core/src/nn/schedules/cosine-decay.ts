import type { ConfigReader } from "../config-reader.ts";
import { cosine } from "../elementary-functions.ts";
import { checkPositive, checkRate } from "./learning-rate-schedule.ts";
import type { LearningRateSchedule, ScheduleOptions } from "./learning-rate-schedule.ts";

const { fround } = Math;

export interface CosineDecayOptions extends ScheduleOptions {
  /** The share of the rate that is left at the end, 0 unless given. */
  readonly alpha?: number | undefined;
  /** The rate to rise to first, in `warmupSteps` steps, and to come down from; no warm-up unless given. */
  readonly warmupTarget?: number | undefined;
  /** 0 unless given. */
  readonly warmupSteps?: number | undefined;
}

/**
 * Half a cosine from the initial rate down to `alpha` times it: (1 − α) · (1 + cos(π · step / decaySteps)) / 2 + α (Loshchilov and
 * Hutter 2016, arXiv:1608.03983). With a warm-up, the rate first rises in a straight line from the initial one to `warmupTarget`, and
 * the cosine begins there.
 *
 * @throws RangeError when a rate, `alpha` or `warmupSteps` is negative, or `decaySteps` not positive.
 */
export function cosineDecay(
  initialLearningRate: number,
  decaySteps: number,
  options: CosineDecayOptions = {},
): LearningRateSchedule {
  const className = "CosineDecay";
  const { alpha = 0, warmupTarget, warmupSteps = 0, name = className } = options;
  const initial = fround(checkRate(className, "initialLearningRate", initialLearningRate));
  const decay = fround(checkPositive(className, "decaySteps", decaySteps));
  const target = warmupTarget === undefined ? initial : fround(checkRate(className, "warmupTarget", warmupTarget));
  const warmup = warmupTarget === undefined ? 0 : fround(checkRate(className, "warmupSteps", warmupSteps));
  checkRate(className, "alpha", alpha);
  return {
    className,
    config: {
      initial_learning_rate: initialLearningRate,
      decay_steps: decaySteps,
      alpha,
      name,
      warmup_target: warmupTarget ?? null,
      warmup_steps: warmupSteps,
    },
    learningRateAt(step) {
      if (step < warmup) {
        const rise = fround(fround(target - initial) * fround(step / warmup));
        return fround(rise + initial);
      }
      const progress = fround(Math.min(step - warmup, decay) / decay);
      return fround(target * cosineShare(progress, alpha));
    },
  };
}

/**
 * (1 − α) · amplitude · (1 + cos(π · progress)) / 2 + α
 *
 * @param progress from 0 to 1.
 */
export function cosineShare(progress: number, alpha: number, amplitude = 1): number {
  const wave = fround(1 + fround(cosine(fround(fround(Math.PI) * progress))));
  const decayed = fround(fround(0.5 * amplitude) * wave);
  return fround(fround(fround(1 - alpha) * decayed) + fround(alpha));
}

export function cosineDecayFromConfig(config: ConfigReader): LearningRateSchedule {
  return cosineDecay(config.number("initial_learning_rate"), config.number("decay_steps"), {
    alpha: config.optionalNumber("alpha"),
    warmupTarget: config.optionalNumber("warmup_target"),
    warmupSteps: config.optionalNumber("warmup_steps"),
    name: config.string("name", "CosineDecay"),
  });
}
