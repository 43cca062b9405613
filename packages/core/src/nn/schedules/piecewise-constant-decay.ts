import type { ConfigReader } from "../config-reader.ts";
import { checkRate } from "./learning-rate-schedule.ts";
import type { LearningRateSchedule, ScheduleOptions } from "./learning-rate-schedule.ts";

const { fround } = Math;

/**
 * A rate for each stretch of steps: `values[0]` up to and including the step `boundaries[0]`, then `values[1]`, and so on.
 *
 * @example
 * sgd({ learningRate: piecewiseConstantDecay([1000, 2000], [0.1, 0.01, 0.001]) });
 *
 * @throws RangeError unless boundaries rise and there is one value more than there are boundaries.
 */
export function piecewiseConstantDecay(
  boundaries: readonly number[],
  values: readonly number[],
  { name = "PiecewiseConstant" }: ScheduleOptions = {},
): LearningRateSchedule {
  const className = "PiecewiseConstantDecay";
  if (boundaries.length === 0 || values.length !== boundaries.length + 1) {
    throw new RangeError(
      `${className} takes boundaries and one value more than these; ` +
        `${boundaries.length} boundaries and ${values.length} values came`,
    );
  }
  const isRising = boundaries.every((boundary, index) => boundary > (boundaries[index - 1] ?? -Infinity));
  if (!isRising) throw new RangeError(`boundaries of ${className} must rise; [${boundaries.join(", ")}] came`);
  for (const value of values) checkRate(className, "each value", value);
  // Keras compares with the boundaries as integers, which the step is.
  const lastSteps = boundaries.map(Math.trunc);
  return {
    className,
    config: { boundaries, values, name },
    learningRateAt(step) {
      const stretch = lastSteps.findIndex((last) => step <= last);
      return fround(values[stretch === -1 ? lastSteps.length : stretch] as number);
    },
  };
}

export function piecewiseConstantDecayFromConfig(config: ConfigReader): LearningRateSchedule {
  const options = { name: config.string("name", "PiecewiseConstant") };
  return piecewiseConstantDecay(config.numbers("boundaries"), config.numbers("values"), options);
}
