/** How long and how fast a classifier is trained, where the user does not say. */
import { sizeOf } from "../../graph/tensor-type.ts";
import { completeTraining } from "../../models/presets.ts";
import type { ClassifierFitOptions, ClassifierTraining, SampleCounts } from "./classifier-options.ts";
import type { ClassifierNetwork } from "./networks/index.ts";

const BATCH_SIZE = 64;
/** Of few samples, an epoch has so many steps at least, as long as a batch has so many samples. */
const FEWEST_STEPS = 6;
const SMALLEST_BATCH = 8;
const RATE = 1e-3;
/** Of all weights; of a head on a base whose features are computed in each epoch; of one whose features are computed once. */
const EPOCHS = { whole: 10, head: 6, cached: 30 } as const;
/** What has learned already is changed so much more slowly, and for half as long, up to so many epochs, or so many steps. */
const TUNING_RATE = 0.1;
const MOST_TUNING_EPOCHS = 10;
const LEAST_TUNING_STEPS = 200;

/** Features of more bytes are computed anew in each epoch, so that large sets train in bounded memory. */
const MOST_CACHED_BYTES = 2 ** 29;

/** Whether the features of the samples are the same in every epoch, and few enough to be kept, so that they need not be computed again. */
function cachesFeatures(
  { transfer }: ClassifierNetwork,
  { augment }: Pick<ClassifierFitOptions, "augment">,
  { training, validation = 0 }: SampleCounts,
): boolean {
  if (transfer === undefined || augment !== undefined) return false;
  const perSample = Float32Array.BYTES_PER_ELEMENT * sizeOf(transfer.features.output.shape);
  return (training + validation) * perSample <= MOST_CACHED_BYTES;
}

/**
 * Completes the user's choices.
 *
 * @param counts few samples are gone through more often, in smaller batches.
 * @throws RangeError when a choice is out of range.
 */
export function planTraining(
  network: ClassifierNetwork,
  options: ClassifierFitOptions,
  counts: SampleCounts,
): ClassifierTraining {
  const count = counts.training;
  const isTransfer = network.transfer !== undefined;
  const isCached = cachesFeatures(network, options, counts);
  const usual = isTransfer ? (isCached ? EPOCHS.cached : EPOCHS.head) : EPOCHS.whole;
  const defaults = { epochs: usual, batchSize: batchSizeFor(count), optimizer: "adam", learningRate: RATE };
  // Where each epoch computes all of a large base, few samples are no reason for many epochs.
  const counted = isTransfer && !isCached ? undefined : count;
  const { epochs, batchSize, optimizer, learningRate } = completeTraining(defaults, "balanced", options, counted);
  const { fineTune } = options;
  if (fineTune !== undefined && !isTransfer) {
    throw new RangeError("there is nothing to fine-tune: the network has no base, and all of it learns from the start");
  }
  return {
    epochs,
    batchSize,
    optimizer,
    learningRate,
    isCached,
    fineTuning: fineTune && {
      from: fineTune.from,
      epochs: fineTune.epochs ?? tuningEpochs(epochs, Math.ceil(count / batchSize)),
      learningRate: fineTune.learningRate ?? learningRate * TUNING_RATE,
    },
  };
}

function batchSizeFor(count: number): number {
  return Math.min(BATCH_SIZE, Math.max(SMALLEST_BATCH, Math.floor(count / FEWEST_STEPS)));
}

function tuningEpochs(epochs: number, steps: number): number {
  const half = Math.max(1, Math.min(MOST_TUNING_EPOCHS, Math.round(epochs / 2)));
  return Math.max(half, Math.ceil(LEAST_TUNING_STEPS / steps));
}
