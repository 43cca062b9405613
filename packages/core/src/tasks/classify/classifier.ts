/** The object that tells classes apart: fit, predict, evaluate, save. */
import { splitAny } from "../../data/streamed-dataset.ts";
import type { AnyDataset } from "../../data/streamed-dataset.ts";
import { DatasetError } from "../../data/dataset.ts";
import { GraphError } from "../../graph/error.ts";
import { sizeOf } from "../../graph/tensor-type.ts";
import type { Shape } from "../../graph/tensor-type.ts";
import type { BatchOptions } from "../../models/autoencoder-options.ts";
import type { OptionValue } from "../../models/options/option.ts";
import { perPart } from "../../models/per-part.ts";
import { Predictions } from "../../models/predictions.ts";
import { toSamples } from "../../models/samples.ts";
import type { SamplesLike } from "../../models/samples.ts";
import type { TrainingState } from "../../models/training-state.ts";
import type { Logs } from "../../nn/logs.ts";
import type { Model } from "../../nn/model/model.ts";
import type { Device } from "../../runtime/device.ts";
import { writeClassifier } from "./classifier-file.ts";
import type { ClassifierDescription } from "./classifier-file.ts";
import type {
  ClassifierFitOptions,
  ClassifierHistory,
  ClassifierPredictOptions,
  ClassifierSnapshot,
  ClassifierTraining,
  SampleCounts,
  SaveClassifierOptions,
} from "./classifier-options.ts";
import {
  accuracy,
  bothClasses,
  confusionMatrix,
  decideByThreshold,
  logitsOf,
  logLoss,
  predictedClasses,
  probabilitiesAt,
  scoresOfClass,
} from "./figures/index.ts";
import type { ClassifierNetwork } from "./networks/index.ts";
import { PhasedTraining } from "./phased-training.ts";
import { planTraining } from "./plan-training.ts";

const BATCH_SIZE = 64;
const DEFAULT_THRESHOLD = 0.5;

export interface ClassifierSettings {
  /** `cnn`, or what its base is called. */
  readonly kind: string;
  /** In the order of the probabilities. */
  readonly classNames: readonly string[];
  /** Those that the network was made with. */
  readonly options?: Readonly<Record<string, OptionValue | undefined>>;
  /** Decided the first weights, and decides the order of samples; 0 unless given. */
  readonly seed?: number | undefined;
  /** Where to compute; the device that all models share unless given. */
  readonly device?: Device | undefined;
  /** Of two classes, the one that is looked for: 0 or 1; 1 unless given. */
  readonly positive?: number | undefined;
  readonly threshold?: number | undefined;
  readonly temperature?: number | undefined;
}

export class Classifier {
  readonly network: ClassifierNetwork;
  /** Of two classes, the one that is looked for, which threshold, sensitivity and ROC curve go by: 0 or 1. */
  readonly positive: number;
  /** From which probability on a sample counts as the positive class, where there are two classes. */
  threshold: number;
  /** What logits are divided by, so that probabilities mean what they say; 1 changes nothing. */
  temperature: number;
  readonly #settings: ClassifierSettings;
  readonly #predictions: Predictions;
  readonly #training: PhasedTraining;
  #isTraining = false;

  /** @throws RangeError when the positive class is none of two. */
  constructor(network: ClassifierNetwork, settings: ClassifierSettings) {
    const { classNames, seed = 0, device, positive = 1 } = settings;
    if (positive !== 0 && positive !== 1) {
      throw new RangeError(`the positive class is one of two, 0 or 1; ${positive} came`);
    }
    this.network = network;
    this.positive = positive;
    this.threshold = settings.threshold ?? DEFAULT_THRESHOLD;
    this.temperature = settings.temperature ?? 1;
    this.#settings = settings;
    const predictions = new Predictions(device);
    this.#predictions = predictions;
    this.#training = new PhasedTraining({ network, numClasses: classNames.length, seed, device, predictions });
  }

  /** The network as one Keras model: to print, to export, to look into. */
  get model(): Model {
    return this.network.model;
  }

  get classNames(): readonly string[] {
    return this.#settings.classNames;
  }

  get numClasses(): number {
    return this.classNames.length;
  }

  /** Of one sample. */
  get shape(): Shape {
    return this.model.inputs[0]?.shape ?? [];
  }

  /** How the classifier was made, and how it decides. */
  get description(): ClassifierDescription {
    const { kind, classNames, options = {}, seed = 0 } = this.#settings;
    const { positive, threshold, temperature, network } = this;
    const base = network.transfer?.base.name;
    return { kind, classNames, options, seed, positive, threshold, temperature, ...(base !== undefined && { base }) };
  }

  /** What a training that is to go on keeps beside the weights; undefined before there is any. */
  get trainingState(): TrainingState | undefined {
    return this.#training.state;
  }

  /**
   * How `fit` trains with these choices.
   *
   * @throws RangeError when one is out of range.
   */
  trainingSettings(options: ClassifierFitOptions, counts: SampleCounts): ClassifierTraining {
    return planTraining(this.network, options, counts);
  }

  /**
   * Trains on samples with labels. Of a network on a base, the head first, then, if asked for, a part of the base, too.
   *
   * @throws DatasetError when samples have no labels.
   * @throws GraphError when they do not fit the network, or it is being trained already.
   * @throws RangeError when an option is out of range.
   * @throws TrainingDiverged when the loss becomes NaN or infinite.
   * @example
   * await classifier.fit(xrays, { validationSplit: 0.1, classWeight: "balanced", augment: "flip, rotate=5" });
   */
  async fit(data: SamplesLike, options: ClassifierFitOptions = {}): Promise<ClassifierHistory> {
    if (this.#isTraining) throw new GraphError("the classifier is being trained already; wait for that to end");
    const all = this.#labelled(data);
    const { training, validation } = this.#divide(all, options);
    const plan = planTraining(this.network, options, {
      training: training.count,
      validation: validation?.count,
    });
    this.#isTraining = true;
    try {
      return await this.#training.train(training, validation, plan, options);
    } finally {
      this.#isTraining = false;
    }
  }

  /** The probabilities of the classes of each sample, one sample after the other, at the classifier's temperature. */
  async predict(data: SamplesLike, options: ClassifierPredictOptions = {}): Promise<Float32Array> {
    const samples = toSamples(data, this.shape);
    const { batchSize = BATCH_SIZE, signal, temperature = this.temperature } = options;
    const raw = await perPart(samples, (part) => this.#predictions.predict(this.model, [part], { batchSize, signal }));
    const own = sizeOf(this.model.output.shape) === 1 ? Float32Array.from(bothClasses(raw)) : raw;
    return temperature === 1 ? own : probabilitiesAt(temperature, logitsOf(own, this.numClasses), this.numClasses);
  }

  /** The class of each sample: the likeliest or, of two, the positive one from the threshold on. */
  decide(probabilities: Float32Array): Uint16Array {
    const { numClasses, positive, threshold } = this;
    if (numClasses > 2) return predictedClasses(probabilities, numClasses);
    const found = decideByThreshold(scoresOfClass(probabilities, 2, positive), threshold);
    return Uint16Array.from(found, (isPositive) => (isPositive === 1 ? positive : 1 - positive));
  }

  /** How good the classifier is on samples with labels. */
  async evaluate(data: SamplesLike, options: BatchOptions = {}): Promise<Logs> {
    const samples = this.#labelled(data);
    const probabilities = await this.predict(samples, options);
    const { labels = [] } = samples;
    const matrix = confusionMatrix(labels, this.decide(probabilities), this.numClasses);
    return { loss: logLoss(labels, probabilities, this.numClasses), accuracy: accuracy(matrix) };
  }

  /** The classifier as the bytes of a `.keras` file, which Keras opens as well. The same bytes for the same classifier. */
  save({ includeOptimizer = false }: SaveClassifierOptions = {}): Promise<Uint8Array> {
    const { network, description } = this;
    return writeClassifier({ network, description, training: includeOptimizer ? this.trainingState : undefined });
  }

  /** The state of the network and its training, to go back to. */
  takeSnapshot(): ClassifierSnapshot {
    const [weights, state] = [this.model.getWeights(), this.trainingState];
    return {
      restore: () => {
        this.model.setWeights(weights);
        this.#training.restore(state);
      },
    };
  }

  /** Puts a training's state back that was saved with the weights, so that `fit` with `initialEpoch` goes on with it. */
  restoreTraining(state: TrainingState): void {
    this.#training.restore(state);
  }

  /** Prints the layers, as Keras does, and returns the text. */
  summary(options: Parameters<Model["summary"]>[0] = {}): string {
    return this.model.summary(options);
  }

  /** Gives the memory of the programs back. Weights stay, and the classifier can be used again. */
  async dispose(): Promise<void> {
    await this.#predictions.dispose();
    await this.model.dispose();
  }

  #labelled(data: SamplesLike): AnyDataset {
    const samples = toSamples(data, this.shape);
    const { labels, name } = samples;
    if (labels === undefined) {
      throw new DatasetError(`${name} has no labels; a classifier learns from samples whose classes are known`);
    }
    const unknown = labels.find((label) => label >= this.numClasses);
    if (unknown === undefined) return samples;
    throw new DatasetError(`${name} has a label ${unknown}; the classifier knows classes 0 to ${this.numClasses - 1}`);
  }

  #divide(
    all: AnyDataset,
    { validationSplit = 0, validationData }: ClassifierFitOptions,
  ): { readonly training: AnyDataset; readonly validation: AnyDataset | undefined } {
    if (validationData !== undefined) return { training: all, validation: this.#labelled(validationData) };
    return validationSplit === 0
      ? { training: all, validation: undefined }
      : splitAny(all, { validation: validationSplit });
  }
}
