import { describeUnknown } from "../nn/nearest-name.ts";
import { adam, adamax, adamW, lion, nadam, rmsprop, sgd } from "../nn/optimizers/index.ts";
import type { Optimizer } from "../nn/optimizers/optimizer.ts";
import type { LearningRateSchedule } from "../nn/schedules/learning-rate-schedule.ts";
import type { OptimizerOverrides } from "./model-family.ts";

const MAKERS = { adam, nadam, rmsprop, sgd, adamW, adamax, lion } as const;
type OptimizerName = keyof typeof MAKERS;

/** The names of the optimizers that models may be trained with. */
export const optimizerNames = Object.keys(MAKERS) as readonly OptimizerName[];

/** The optimizers whose moments families may set. */
const WITH_MOMENTS: ReadonlySet<string> = new Set<OptimizerName>(["adam", "nadam", "adamW", "adamax"]);

/**
 * An optimizer by its name.
 *
 * @throws RangeError when there is none of that name.
 */
export function familyOptimizer(
  name: string,
  learningRate: number | LearningRateSchedule | undefined,
  { beta1, beta2, averageMomentum }: OptimizerOverrides = {},
): Optimizer {
  if (!Object.hasOwn(MAKERS, name)) {
    throw new RangeError(`unknown optimizer ${describeUnknown(name, optimizerNames)}`);
  }
  const make = MAKERS[name as OptimizerName];
  return make({
    learningRate,
    ...(averageMomentum !== undefined && { useEma: true, emaMomentum: averageMomentum }),
    ...(WITH_MOMENTS.has(name) && { ...(beta1 !== undefined && { beta1 }), ...(beta2 !== undefined && { beta2 }) }),
  });
}

/** The learning rate that an optimizer has unless told otherwise. */
export function defaultLearningRate(name: string): number {
  return familyOptimizer(name, undefined).learningRate;
}
