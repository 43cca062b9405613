/** How a model is trained: what the user chose, and the family's own settings for the rest. */
import { optimizers, type ModelFamily } from "@sandglass/core";
import type { TrainingSettings } from "../runs/run-record.ts";

type Optimizer = ReturnType<typeof optimizers.adam>;

const OPTIMIZERS = {
  adam: optimizers.adam,
  nadam: optimizers.nadam,
  rmsprop: optimizers.rmsprop,
  sgd: optimizers.sgd,
} as const satisfies Readonly<Record<string, (options?: { learningRate?: number }) => Optimizer>>;

/** What the user may choose. */
export type TrainingChoices = { readonly [Key in keyof TrainingSettings]?: TrainingSettings[Key] | undefined };

/** All settings of a training. */
export function completeSettings(family: ModelFamily, choices: TrainingChoices): TrainingSettings {
  const { epochs, batchSize, optimizer, loss } = { ...family.training, ...withoutUndefined(choices) };
  // The learning rate of a family goes with its optimizer; another one has a default of its own.
  const ownRate = optimizer === family.training.optimizer ? family.training.learningRate : undefined;
  return {
    epochs,
    batchSize,
    optimizer,
    learningRate: choices.learningRate ?? ownRate ?? createOptimizer(optimizer).learningRate,
    loss,
    ...(choices.patience !== undefined && { patience: choices.patience }),
    seed: choices.seed ?? 0,
    deterministic: choices.deterministic ?? false,
  };
}

/**
 * An optimizer by its name.
 *
 * @throws RangeError when there is none.
 */
export function createOptimizer(name: string, learningRate?: number): Optimizer {
  if (!Object.hasOwn(OPTIMIZERS, name)) {
    throw new RangeError(`unknown optimizer "${name}"; known: ${Object.keys(OPTIMIZERS).join(", ")}`);
  }
  const make = OPTIMIZERS[name as keyof typeof OPTIMIZERS];
  return make(learningRate === undefined ? {} : { learningRate });
}

function withoutUndefined(choices: TrainingChoices): Partial<TrainingSettings> {
  return Object.fromEntries(Object.entries(choices).filter(([, value]) => value !== undefined));
}
