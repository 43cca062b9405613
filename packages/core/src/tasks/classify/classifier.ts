/** The object that tells classes apart: fit, predict, evaluate, save. */
import { splitAny } from "../../data/streamed-dataset.ts";
import type { AnyDataset } from "../../data/streamed-dataset.ts";
import { dataset, DatasetError } from "../../data/dataset.ts";
import { GraphError } from "../../graph/error.ts";
import { sizeOf } from "../../graph/tensor-type.ts";
import type { Shape } from "../../graph/tensor-type.ts";
import { perPart } from "../../models/autoencoder-inference.ts";
import type { BatchOptions } from "../../models/autoencoder-options.ts";
import type { OptionValue } from "../../models/options/option.ts";
import type { PhaseSpan } from "../../models/phase-spans.ts";
import { Predictions } from "../../models/predictions.ts";
import { briefOf, toSamples } from "../../models/samples.ts";
import type { SamplesLike } from "../../models/samples.ts";
import { rangeOfValues } from "../../models/values.ts";
import type { Logs } from "../../nn/logs.ts";
import type { Model } from "../../nn/model/model.ts";
import type { Device } from "../../runtime/device.ts";
import { balancedClassWeights } from "./balance/index.ts";
import { writeClassifier } from "./classifier-file.ts";
import type { ClassifierDescription } from "./classifier-file.ts";
import type {
  ClassifierFitOptions,
  ClassifierHistory,
  ClassifierPredictOptions,
  ClassifierTraining,
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
import { unfreezeFrom } from "./networks/index.ts";
import type { ClassifierNetwork } from "./networks/index.ts";
import { cachesFeatures, planTraining } from "./plan-training.ts";
import { cachedHead, trainPart, transferPart, wholePart } from "./train-classifier.ts";
import type { PartTraining, TrainedPart } from "./train-classifier.ts";

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
  readonly threshold?: number;
  readonly temperature?: number;
}

/** A part of a training, before it is known how long it takes. */
interface Phase extends Pick<PhaseSpan, "name"> {
  readonly epochs: number;
  readonly learningRate: number;
  /** Begins it; what it gives is trained. */
  begin(): TrainedPart;
  /** Whether it sees features that were computed before. */
  readonly isCached?: boolean;
}

export class Classifier {
  readonly network: ClassifierNetwork;
  /** From which probability on a sample counts as class 1, where there are two classes. */
  threshold: number;
  /** What logits are divided by, so that probabilities mean what they say; 1 changes nothing. */
  temperature: number;
  readonly #settings: ClassifierSettings;
  readonly #predictions: Predictions;
  #isTraining = false;

  constructor(network: ClassifierNetwork, settings: ClassifierSettings) {
    this.network = network;
    this.threshold = settings.threshold ?? DEFAULT_THRESHOLD;
    this.temperature = settings.temperature ?? 1;
    this.#settings = settings;
    this.#predictions = new Predictions(settings.device);
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
    const { threshold, temperature, network } = this;
    const base = network.transfer?.base.name;
    return { kind, classNames, options, seed, threshold, temperature, ...(base !== undefined && { base }) };
  }

  /**
   * How `fit` trains with these choices.
   *
   * @throws RangeError when one is out of range.
   */
  trainingSettings(options: ClassifierFitOptions, count: number): ClassifierTraining {
    return planTraining(this.network, options, count);
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
    const plan = planTraining(this.network, options, training.count);
    this.#isTraining = true;
    try {
      return await this.#train(training, validation, plan, options);
    } finally {
      this.#isTraining = false;
    }
  }

  /** The probabilities of the classes of each sample, one sample after the other, at the classifier's temperature. */
  async predict(data: SamplesLike, options: ClassifierPredictOptions = {}): Promise<Float32Array> {
    const samples = toSamples(data, this.shape);
    const { batchSize = BATCH_SIZE, signal, temperature = this.temperature } = options;
    const raw = await perPart(samples, (part) => this.#predictions.predict(this.model, [part], { batchSize, signal }));
    const width = sizeOf(this.model.output.shape);
    const sure = temperature === 1 ? raw : probabilitiesAt(temperature, logitsOf(raw, width), width);
    return width === 1 ? Float32Array.from(bothClasses(sure)) : sure;
  }

  /** The class of each sample: the likeliest or, of two, class 1 from the threshold on. */
  decide(probabilities: Float32Array): Uint16Array {
    const { numClasses, threshold } = this;
    return numClasses === 2
      ? Uint16Array.from(decideByThreshold(scoresOfClass(probabilities, 2, 1), threshold))
      : predictedClasses(probabilities, numClasses);
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
  save(): Promise<Uint8Array> {
    return writeClassifier(this.network, this.description);
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

  async #train(
    training: AnyDataset,
    validation: AnyDataset | undefined,
    plan: ClassifierTraining,
    options: ClassifierFitOptions,
  ): Promise<ClassifierHistory> {
    const { seed = this.#settings.seed ?? 0, callbacks = () => [], patience, signal, verbose = 0 } = options;
    const range = rangeOfValues((await briefOf(training)).values);
    const entries: { epoch: number; logs: Logs }[] = [];
    const phases: PhaseSpan[] = [];
    const planned = this.#phases(plan, options);
    for (const [index, phase] of planned.entries()) {
      const from = entries.length;
      const span = { name: phase.name, from, to: from + phase.epochs, isLast: index === planned.length - 1 };
      const part = phase.begin();
      const see = async (data: AnyDataset): Promise<AnyDataset> =>
        phase.isCached === true ? this.#featuresOf(data, signal) : data;
      const settings: PartTraining = {
        span,
        numClasses: this.numClasses,
        labelSmoothing: options.labelSmoothing,
        classWeight: this.#weights(training, options),
        batchSize: plan.batchSize,
        optimizer: plan.optimizer,
        learningRate: phase.learningRate,
        seed,
        balancedSampling: options.balancedSampling ?? false,
        augment: options.augment,
        valueRange: range,
        patience,
        callbacks: callbacks(span),
        verbose,
        signal,
        device: this.#settings.device,
      };
      const history = await trainPart(part, await see(training), validation && (await see(validation)), settings);
      entries.push(...history.entries);
      phases.push({ ...span, to: entries.length });
      if (history.stopped === "aborted" || (history.stopped === "callback" && span.isLast)) {
        return { epochs: entries, phases, stopped: history.stopped };
      }
    }
    return { epochs: entries, phases, stopped: "finished" };
  }

  #phases({ epochs, learningRate, fineTuning }: ClassifierTraining, options: ClassifierFitOptions): readonly Phase[] {
    const { network } = this;
    const { transfer } = network;
    if (transfer === undefined) return [{ name: "training", epochs, learningRate, begin: () => wholePart(network) }];
    const isCached = cachesFeatures(network, options);
    const freeze = (): void => {
      transfer.base.trainable = false;
    };
    const head: Phase = {
      name: "head",
      epochs,
      learningRate,
      isCached,
      begin: () => {
        freeze();
        return isCached ? cachedHead(transfer.head) : transferPart(network);
      },
    };
    if (fineTuning === undefined) return [head];
    // Before anything is trained, so that a wrong name does not cost the head's training.
    unfreezeFrom(transfer.base, fineTuning.from);
    const tuning: Phase = {
      name: "fine-tuning",
      epochs: fineTuning.epochs,
      learningRate: fineTuning.learningRate,
      begin: () => {
        unfreezeFrom(transfer.base, fineTuning.from);
        return transferPart(network);
      },
    };
    return [head, tuning];
  }

  /** What the frozen base sees of samples, with their labels. */
  async #featuresOf(data: AnyDataset, signal: AbortSignal | undefined): Promise<AnyDataset> {
    const { features } = this.network.transfer as NonNullable<ClassifierNetwork["transfer"]>;
    const values = await perPart(data, (part) =>
      this.#predictions.predict(features, [part], { batchSize: BATCH_SIZE, signal }),
    );
    const { labels, classNames, name } = data;
    return dataset(name, features.output.shape, values, { labels, classNames });
  }

  #weights(
    { labels = new Uint8Array() }: AnyDataset,
    { classWeight, balancedSampling = false }: ClassifierFitOptions,
  ): Readonly<Record<number, number>> | undefined {
    if (classWeight === undefined) return undefined;
    if (balancedSampling) {
      throw new RangeError(
        "classes are balanced by weights or by sampling; both came, and rare ones would count twice",
      );
    }
    return classWeight === "balanced" ? balancedClassWeights(labels, this.numClasses) : classWeight;
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
