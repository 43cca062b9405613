/** What every kind of autoencoder offers: how it is built for the data's shape, and how it is usually trained. */
import type { Shape } from "../graph/tensor-type.ts";
import type { Model } from "../nn/model/model.ts";

/** A model that gives back its input, and its two halves, which share its weights. */
export interface Autoencoder {
  /** `decoder(encoder(input))` */
  readonly model: Model;
  /** From a sample to its code. */
  readonly encoder: Model;
  /** From a code to a sample. */
  readonly decoder: Model;
}

/** How a family is trained unless the user says otherwise. */
export interface TrainingDefaults {
  readonly epochs: number;
  readonly batchSize: number;
  /** The name of an optimizer. */
  readonly optimizer: string;
  readonly learningRate: number;
  /** The name of a loss. */
  readonly loss: string;
}

/** A kind of autoencoder by its name. */
export interface ModelFamily {
  readonly name: string;
  /** One line that tells it from the others. */
  readonly title: string;
  /** Where the architecture comes from. */
  readonly source: string;
  /** The sizes that it can be built for, in words. */
  readonly fits: string;
  readonly training: TrainingDefaults;
  /**
   * Builds the model with first weights that follow from the session's seed.
   *
   * @param shape of one sample.
   * @throws GraphError when the family cannot be built for this shape; it says for which it can.
   */
  build(shape: Shape): Autoencoder;
}
