import type { ConfigReader } from "../config-reader.ts";
import { cosineShare } from "./cosine-decay.ts";
import { logarithm, power } from "../elementary-functions.ts";
import { checkPositive, checkRate } from "./learning-rate-schedule.ts";
import type { LearningRateSchedule, ScheduleOptions } from "./learning-rate-schedule.ts";

const { fround } = Math;

export interface CosineDecayRestartsOptions extends ScheduleOptions {
  /** How many times as long each round is as the one before, 2 unless given. */
  readonly tMul?: number | undefined;
  /** How many times as high each round starts as the one before, 1 unless given. */
  readonly mMul?: number | undefined;
  /** The share of the initial rate that is left at the end of a round, 0 unless given. */
  readonly alpha?: number | undefined;
}

/**
 * Cosine decay in rounds: after `firstDecaySteps` steps the rate starts again (Loshchilov and Hutter 2016, arXiv:1608.03983).
 *
 * @throws RangeError when the rate, `mMul` or `alpha` is negative, `firstDecaySteps` not positive, or `tMul` below 1.
 */
export function cosineDecayRestarts(
  initialLearningRate: number,
  firstDecaySteps: number,
  options: CosineDecayRestartsOptions = {},
): LearningRateSchedule {
  const className = "CosineDecayRestarts";
  const { tMul = 2, mMul = 1, alpha = 0, name = "SGDRDecay" } = options;
  const initial = fround(checkRate(className, "initialLearningRate", initialLearningRate));
  const first = fround(checkPositive(className, "firstDecaySteps", firstDecaySteps));
  const growth = fround(tMul);
  const amplitude = fround(checkRate(className, "mMul", mMul));
  checkRate(className, "alpha", alpha);
  if (!(growth >= 1 && Number.isFinite(growth))) {
    throw new RangeError(`tMul of ${className} must be a number from 1 on; ${tMul} came`);
  }
  return {
    className,
    config: {
      initial_learning_rate: initialLearningRate,
      first_decay_steps: firstDecaySteps,
      t_mul: tMul,
      m_mul: mMul,
      alpha,
      name,
    },
    learningRateAt(step) {
      const [round, progress] = roundAt(fround(step / first), growth);
      const height = fround(power(amplitude, round));
      return fround(initial * cosineShare(progress, fround(alpha), height));
    },
  };
}

/**
 * In which round, counted from 0, and how far in it.
 *
 * @param elapsed in lengths of the first round.
 */
function roundAt(elapsed: number, growth: number): [round: number, progress: number] {
  if (growth === 1) return [Math.floor(elapsed), fround(elapsed - Math.floor(elapsed))];
  // Rounds of the lengths 1, g, g², … have lasted (gʳ − 1)/(g − 1) at the beginning of round r.
  const reached = fround(1 - fround(elapsed * fround(1 - growth)));
  const round = Math.floor(fround(float32Logarithm(reached) / float32Logarithm(growth)));
  const length = fround(power(growth, round));
  const begin = fround(fround(1 - length) / fround(1 - growth));
  return [round, fround(fround(elapsed - begin) / length)];
}

function float32Logarithm(x: number): number {
  return fround(logarithm(x));
}

export function cosineDecayRestartsFromConfig(config: ConfigReader): LearningRateSchedule {
  return cosineDecayRestarts(config.number("initial_learning_rate"), config.number("first_decay_steps"), {
    tMul: config.optionalNumber("t_mul"),
    mMul: config.optionalNumber("m_mul"),
    alpha: config.optionalNumber("alpha"),
    name: config.string("name", "SGDRDecay"),
  });
}
