/** The parts that the training of a classifier comes in: all of it at once; or the head of one that has learned before, then some of its base. */
import type { ClassifierTraining } from "./classifier-options.ts";
import { unfreezeFrom } from "./networks/index.ts";
import type { ClassifierNetwork } from "./networks/index.ts";
import { cachedHead, transferPart, wholePart } from "./trained-part.ts";
import type { TrainedPart } from "./trained-part.ts";

export interface PlannedPhase {
  readonly name: string;
  readonly epochs: number;
  readonly learningRate: number;
  /** Whether it sees features that were computed before. */
  readonly isCached: boolean;
  /** Freezes what keeps still; what it gives is trained. */
  begin(): TrainedPart;
}

/** @throws RangeError when there is no layer to tune from. */
export function planPhases(
  network: ClassifierNetwork,
  { epochs, learningRate, fineTuning, isCached }: ClassifierTraining,
): readonly PlannedPhase[] {
  const { transfer } = network;
  if (transfer === undefined) {
    return [{ name: "training", epochs, learningRate, isCached: false, begin: () => wholePart(network) }];
  }
  const head: PlannedPhase = {
    name: "head",
    epochs,
    learningRate,
    isCached,
    begin: () => {
      transfer.base.trainable = false;
      return isCached ? cachedHead(transfer.head) : transferPart(network);
    },
  };
  if (fineTuning === undefined) return [head];
  // Before anything is trained, so that a wrong name does not cost the head's training.
  unfreezeFrom(transfer.base, fineTuning.from);
  const tuning: PlannedPhase = {
    name: "fine-tuning",
    epochs: fineTuning.epochs,
    learningRate: fineTuning.learningRate,
    isCached: false,
    begin: () => {
      unfreezeFrom(transfer.base, fineTuning.from);
      return transferPart(network);
    },
  };
  return [head, tuning];
}
