/** How long a model trains, and how, where the user does not say. */
import { defaultLearningRate } from "./family-optimizer.ts";
import type { TrainingDefaults } from "./model-family.ts";
import type { Preset } from "./options/common-options.ts";

const EPOCHS: Readonly<Record<Preset, number>> = { fast: 0.4, balanced: 1, best: 3 };

/** An epoch of few samples has few steps, and a family's epochs are for many: so many steps teach a model at least, in so many epochs at most. */
const LEAST_STEPS = 2000;
const MOST_EPOCHS = 300;

/** What users may choose. */
export interface TrainingChoices {
  readonly epochs?: number | undefined;
  readonly batchSize?: number | undefined;
  readonly optimizer?: string | undefined;
  readonly learningRate?: number | undefined;
}

/** A training, all decided. */
export interface TrainingSettings extends TrainingDefaults {
  /** Whether the learning rate falls to nothing along half a cosine over each phase. */
  readonly decay: boolean;
}

/**
 * What the user chose, and the family's own settings for the rest, by the preset.
 *
 * @param count the samples to train on: small sets are gone through more often. Undefined where that changes nothing.
 * @throws RangeError when there is no such optimizer, or the epochs are no whole number from 1 on.
 */
export function completeTraining(
  defaults: TrainingDefaults,
  preset: Preset,
  choices: TrainingChoices,
  count?: number,
): TrainingSettings {
  const { optimizer = defaults.optimizer, epochs } = choices;
  if (epochs !== undefined && (!Number.isInteger(epochs) || epochs < 1)) {
    throw new RangeError(
      `epochs must be a whole number from 1 on; ${epochs} came. build(data) makes a model without training it`,
    );
  }
  // The learning rate of a family goes with its optimizer; another one has a default of its own.
  const ownRate = optimizer === defaults.optimizer ? defaults.learningRate : defaultLearningRate(optimizer);
  const batchSize = choices.batchSize ?? defaults.batchSize;
  const enough = count === undefined ? 1 : Math.min(MOST_EPOCHS, Math.ceil(LEAST_STEPS / Math.ceil(count / batchSize)));
  return {
    epochs: epochs ?? Math.max(1, Math.round(Math.max(defaults.epochs, enough) * EPOCHS[preset])),
    batchSize,
    optimizer,
    learningRate: choices.learningRate ?? ownRate,
    decay: preset === "best",
  };
}
