/** The contract of families: what each offers, and what it builds. The rest of the product goes by this and knows no family. */
import type { Shape } from "../graph/tensor-type.ts";
import type { Dataset } from "../data/dataset.ts";
import type { Node } from "../graph/node.ts";
import type { Logs } from "../nn/logs.ts";
import type { Model } from "../nn/model/model.ts";
import type { Device } from "../runtime/device.ts";
import type { OptimizerLike } from "../nn/optimizers/registry.ts";
import type { CustomStep, StepTerms } from "../nn/model/custom-trainer.ts";
import type { StepScope } from "../nn/training/step-scope.ts";
import type { SymbolicTensor } from "../nn/layers/layer.ts";
import type { RandomBits } from "../nn/random/random-bits.ts";
import type { Exhibit, Warning } from "./exhibit.ts";
import type { Exhibition } from "./exhibition.ts";
import type { OptionTable, OptionValues } from "./options/option.ts";
import type { ValueSummary } from "./values.ts";

/** How a family is trained unless the user says otherwise. */
export interface TrainingDefaults {
  readonly epochs: number;
  readonly batchSize: number;
  /** The name of an optimizer. */
  readonly optimizer: string;
  readonly learningRate: number;
}

/** What is known of the data when a model is built. */
export interface Brief {
  /** Of one sample. */
  readonly shape: Shape;
  /** The samples that it is trained on at first. */
  readonly count: number;
  readonly values: ValueSummary;
  /** How many classes the samples' labels tell apart; 0 without labels. */
  readonly numClasses: number;
}

/** A kind of model by its name. `Table` are its options, `Decided` those with everything decided. */
export interface ModelFamily<Table extends OptionTable = OptionTable, Decided = OptionValues<Table>> {
  readonly name: string;
  /** One line that tells it from the others. */
  readonly title: string;
  /** What it is for, in a sentence. */
  readonly purpose: string;
  /** The paper or book that it comes from, with its equation. */
  readonly source: string;
  /** What it costs beside the deep one, in words. */
  readonly cost: string;
  readonly options: Table;
  readonly training: TrainingDefaults;
  /** Whether it is solved at once, so that epochs, batches and optimizers mean nothing to it. */
  readonly isSolved?: true;
  /** Whether it can learn to make something else of samples than themselves: the targets of a data set. */
  readonly learnsTargets?: true;
  /**
   * Chooses what the user left open: the same options, all decided. They are kept with the model, and decide themselves.
   *
   * @throws RangeError when options do not go together.
   */
  decide(brief: Brief, options: OptionValues<Table>): Decided;
  /**
   * Builds the model with first weights that follow from the session's seed, for options as `decide` returns them.
   *
   * @throws GraphError when the family cannot be built for this shape; it says for which it can.
   */
  build(brief: Brief, options: Decided): Network;
}

/** What a family builds. */
export interface Network {
  /**
   * Everything that is kept, in one model of Keras's layers, which is what files hold: for an autoencoder the decoder of the
   * encoder. Its parts are nested models.
   */
  readonly model: Model;
  /** From a sample to its code; absent where samples have none. Of a conditional model, it takes the class, one-hot, as its second input. */
  readonly encoder?: Model | undefined;
  /** From a code to a sample, likewise. */
  readonly decoder: Model;
  /** Whether the halves take the class as a second input. */
  readonly isConditional?: boolean;
  /** Whether samples are disturbed on their way in, so that reconstructions of samples as they are say only half of it. */
  readonly corruptsInputs?: boolean;
  /** Bits that a code takes, where its numbers are whole ones of a known range. */
  readonly codeBits?: number;
  /** The parts of the training, one after the other. */
  readonly phases: readonly [Phase, ...Phase[]];
  /** Draws codes whose decodings are new samples; absent where the model does not generate. */
  readonly prior?: ((count: number, random: RandomBits) => Float32Array) | undefined;
  /**
   * How unusual each sample is, per sample of the shape []; the mean squared error of its reconstruction unless given. Larger is more
   * unusual. Inputs as those of the training.
   */
  readonly score?: ((scope: StepScope) => Node) | undefined;
  /** What the model finds wrong with its own training; it sees each epoch's figures, all of them so far. */
  readonly warnings?: ((history: readonly Logs[]) => readonly Warning[]) | undefined;
  /** What there is to see beside reconstructions, which all autoencoders show. */
  exhibits(exhibition: Exhibition): Promise<readonly Exhibit[]>;
}

/** A part of a training: so many epochs of steps, or a solution in one go. */
export type Phase = TrainedPhase | SolvedPhase;

export interface TrainedPhase {
  readonly kind: "trained";
  /** `training`, `layer 1`, `fine-tuning` */
  readonly name: string;
  /** Its share of the epochs; 1 where it is the only one. */
  readonly share: number;
  /** What enters: samples, and for conditional models classes. */
  readonly inputs: readonly SymbolicTensor[];
  steps(plan: PhasePlan): readonly [CustomStep, ...CustomStep[]];
  /** What is measured with validation data; the first step's terms unless given. */
  measure?(scope: StepScope): StepTerms;
}

/** What a phase may go by. */
export interface PhasePlan {
  /** Batches in an epoch. */
  readonly stepsPerEpoch: number;
  /** Of this phase. */
  readonly epochs: number;
  /** The optimizer that the user chose, or the family's own; each call makes another one. */
  optimizer(overrides?: OptimizerOverrides): OptimizerLike;
}

/** What a family wants of an optimizer where the user has not chosen one. */
export interface OptimizerOverrides {
  /** A factor on the learning rate. */
  readonly rate?: number;
  /** Adam's first moment; a GAN's is 0.5. */
  readonly beta1?: number;
  readonly beta2?: number;
  /** Momentum of a moving average of the weights, which take its values at the end of the training; none unless given. */
  readonly averageMomentum?: number;
}

export interface SolvedPhase {
  readonly kind: "solved";
  readonly name: string;
  /**
   * Sets the weights, and returns figures as an epoch's.
   *
   * @throws the reason of the signal once that is aborted, before any weight is set.
   */
  solve(data: Dataset, validation: Dataset | undefined, means: SolutionMeans): Promise<Logs>;
}

/** What a solution is found with. */
export interface SolutionMeans {
  /** Where to compute; the device that all models share unless given. */
  readonly device?: Device | undefined;
  readonly signal?: AbortSignal | undefined;
}
