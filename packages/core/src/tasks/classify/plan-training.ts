/** How long and how fast a classifier is trained, where the user does not say. */
import { completeTraining } from "../../models/presets.ts";
import type { ClassifierFitOptions, ClassifierTraining } from "./classifier-options.ts";
import type { ClassifierNetwork } from "./networks/index.ts";

const BATCH_SIZE = 64;
const RATE = 1e-3;
/** Of all weights; of a head on a base whose features are computed in each epoch; of one whose features are computed once. */
const EPOCHS = { whole: 10, head: 6, cached: 30 } as const;
/** What has learned already is changed so much more slowly. */
const TUNING_RATE = 0.1;

/** Whether the features of the samples are the same in every epoch, so that they need not be computed again. */
export function cachesFeatures(
  network: ClassifierNetwork,
  { augment }: Pick<ClassifierFitOptions, "augment">,
): boolean {
  return network.transfer !== undefined && augment === undefined;
}

/**
 * Completes the user's choices.
 *
 * @param count the samples to train on: of few, a network that learns everything goes through them more often.
 * @throws RangeError when a choice is out of range.
 */
export function planTraining(
  network: ClassifierNetwork,
  options: ClassifierFitOptions,
  count: number,
): ClassifierTraining {
  const isTransfer = network.transfer !== undefined;
  const usual = isTransfer ? (cachesFeatures(network, options) ? EPOCHS.cached : EPOCHS.head) : EPOCHS.whole;
  const defaults = { epochs: usual, batchSize: BATCH_SIZE, optimizer: "adam", learningRate: RATE };
  const { epochs, batchSize, optimizer, learningRate } = completeTraining(
    defaults,
    "balanced",
    options,
    isTransfer ? undefined : count,
  );
  const { fineTune } = options;
  if (fineTune !== undefined && !isTransfer) {
    throw new RangeError("there is nothing to fine-tune: the network has no base, and all of it learns from the start");
  }
  return {
    epochs,
    batchSize,
    optimizer,
    learningRate,
    fineTuning: fineTune && {
      from: fineTune.from,
      epochs: fineTune.epochs ?? Math.max(1, Math.min(10, Math.round(epochs / 2))),
      learningRate: fineTune.learningRate ?? learningRate * TUNING_RATE,
    },
  };
}
