/** What families look at to show what a model has learned: samples, and the means to put them through it. */
import type { Dataset, Labels } from "../data/dataset.ts";
import type { Node } from "../graph/node.ts";
import type { StepScope } from "../nn/training/step-scope.ts";

export interface Exhibition {
  /** Samples that the model was not trained on where there are such; some thousands at most. */
  readonly data: Dataset;
  /** Samples that the model was trained on, some thousands at most, where they are at hand: what it could have copied. */
  readonly training?: Dataset | undefined;
  /** Decides what is drawn. */
  readonly seed: number;
  /** Codes of samples, sample after sample. */
  encode(data: Dataset): Promise<Float32Array>;
  /** Samples of codes; of a conditional model, of codes and classes. */
  decode(codes: Float32Array, labels?: Labels): Promise<Float32Array>;
  reconstruct(data: Dataset): Promise<Float32Array>;
  /** New samples; of a conditional model, of the classes. */
  sample(count: number, labels?: Labels): Promise<Float32Array>;
  /** Anything computed of samples, such as what noise makes of them; inputs as those of the training. */
  compute(data: Dataset, compute: (scope: StepScope) => readonly Node[]): Promise<readonly Float32Array[]>;
}
