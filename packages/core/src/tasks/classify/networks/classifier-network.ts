/** What classifiers are made of, whatever they learned before. */
import type { Model } from "../../../nn/model/model.ts";

export interface ClassifierNetwork {
  /** From a sample to the probabilities of the classes: [classes] of a softmax or, of two classes, [1], that of class 1, of a sigmoid. */
  readonly model: Model;
  /** Where the network stands on one that has learned before: its two parts, both layers of the model. */
  readonly transfer?: TransferParts | undefined;
}

export interface TransferParts {
  /** From a sample to its features [n], the base within. */
  readonly features: Model;
  /** What has learned before: a layer of `features`. */
  readonly base: Model;
  /** From features to probabilities. */
  readonly head: Model;
}
