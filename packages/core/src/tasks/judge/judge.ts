/**
 * A judge of drawn samples: a small convolutional classifier that was trained on real ones. It says how far drawn samples lie from real
 * ones in what it sees of them, and whether another classifier can learn the real classes from drawn samples alone.
 *
 * Sources: M. Heusel et al.: GANs trained by a two time-scale update rule converge to a local Nash equilibrium, 2017 (the Fréchet distance,
 * there in Inception's features); S. Ravuri, O. Vinyals: Classification accuracy score for conditional generative models, 2019.
 */
import { frechetDistance } from "../../classic/index.ts";
import { dataset, rows } from "../../data/dataset.ts";
import type { Dataset, Labels } from "../../data/dataset.ts";
import { GraphError } from "../../graph/error.ts";
import { inFreshSession } from "../../models/fresh-session.ts";
import { countClasses } from "../../models/samples.ts";
import { dense, dropout } from "../../nn/layers/index.ts";
import { input } from "../../nn/layers/input-layer.ts";
import { model } from "../../nn/model/functional.ts";
import type { Model } from "../../nn/model/model.ts";
import { adam } from "../../nn/optimizers/index.ts";
import type { Device } from "../../runtime/device.ts";
import { Predictions } from "../../models/predictions.ts";
import { asImage, convEncoder } from "../../models/parts/conv-parts.ts";
import { denseLayers } from "../../models/parts/dense-parts.ts";

export interface JudgeOptions {
  /** Decides first weights and order; 0 unless given. */
  readonly seed?: number;
  /** Times to go through the real samples; 6 unless given. */
  readonly epochs?: number;
  /** Steps, of 128 samples each, that a classifier takes on drawn samples; 1,500 unless given. */
  readonly steps?: number;
  readonly device?: Device;
  /** Ends all that the judge does, with the signal's reason as the error. */
  readonly signal?: AbortSignal;
}

/** What a judge says of drawn samples. */
export interface Judgement {
  /** How many samples were judged. */
  readonly count: number;
  /** The share of real test samples that a classifier gets right which was trained on the drawn ones alone. */
  readonly accuracy: number;
  /** The Fréchet distance of the drawn samples to the real test samples, in the judge's features; 0 would be no difference. */
  readonly frechetDistance: number;
}

const STEPS = 1500;
const BATCH_SIZE = 128;
const FEATURES = 128;

export class Judge {
  /** The share of the real test samples that the judge itself gets right. */
  readonly accuracy: number;
  readonly #test: LabelledDataset;
  readonly #parts: Classifier;
  readonly #options: JudgeOptions;

  private constructor(test: LabelledDataset, parts: Classifier, accuracy: number, options: JudgeOptions) {
    this.#test = test;
    this.#parts = parts;
    this.accuracy = accuracy;
    this.#options = options;
  }

  /**
   * Trains a judge on real samples.
   *
   * @throws GraphError when samples have no labels, or the two sets do not go together.
   */
  static async train(training: Dataset, test: Dataset, options: JudgeOptions = {}): Promise<Judge> {
    const [real, held] = [labelled(training), labelled(test)];
    const { epochs = 6 } = options;
    const steps = epochs * Math.ceil(real.count / BATCH_SIZE);
    const parts = await trainClassifier(real, Math.max(countClasses(real), countClasses(held)), { ...options, steps });
    try {
      return new Judge(held, parts, await accuracyOf(parts, held, options), options);
    } catch (error) {
      await dispose(parts);
      throw error;
    }
  }

  /**
   * Judges drawn samples by the classes that they were drawn as; without labels, by those that the judge takes them for.
   *
   * @throws GraphError when they have another shape than the real ones.
   */
  async judge(samples: Dataset): Promise<Judgement> {
    const drawn = samples.labels === undefined ? await this.#label(samples) : labelled(samples);
    const held = rows(this.#test, 0, Math.min(this.#test.count, samples.count));
    const [ours, theirs] = [await this.#see(samples), await this.#see(held)];
    // Drawn samples may lack classes, and those of a collapsed generator do.
    const numClasses = Math.max(this.#numClasses, countClasses(drawn));
    const { steps = STEPS } = this.#options;
    const other = await trainClassifier(drawn, numClasses, { ...this.#options, steps });
    try {
      const accuracy = await accuracyOf(other, this.#test, this.#options);
      return { count: samples.count, accuracy, frechetDistance: frechetDistance(ours, theirs) };
    } finally {
      await dispose(other);
    }
  }

  /** Gives the memory of the judge's programs back. */
  dispose(): Promise<void> {
    return dispose(this.#parts);
  }

  /** Those of the real samples. */
  get #numClasses(): number {
    return this.#parts.classifier.outputs[0]?.shape[0] ?? 1;
  }

  async #label(samples: Dataset): Promise<LabelledDataset> {
    const probabilities = await this.#compute(this.#parts.classifier, samples);
    return { ...samples, labels: largest(probabilities, samples.count) };
  }

  async #see(samples: Dataset): Promise<Dataset> {
    return dataset("features", [FEATURES], await this.#compute(this.#parts.features, samples));
  }

  #compute(part: Model, samples: Dataset): Promise<Float32Array> {
    const { signal } = this.#options;
    return this.#parts.predictions.predict(part, [samples], { batchSize: BATCH_SIZE, signal });
  }
}

type LabelledDataset = Dataset & { readonly labels: Labels };

interface Classifier {
  readonly classifier: Model;
  /** What its last hidden layer makes of samples. */
  readonly features: Model;
  /** What both of them compute, on the judge's device. */
  readonly predictions: Predictions;
}

async function trainClassifier(
  data: LabelledDataset,
  numClasses: number,
  { seed = 0, steps, device, signal }: JudgeOptions & { readonly steps: number },
): Promise<Classifier> {
  const built = inFreshSession(seed, () => buildClassifier(data.shape, numClasses));
  const parts = { ...built, predictions: new Predictions(device) };
  parts.classifier.compile({
    optimizer: adam(),
    loss: "sparse_categorical_crossentropy",
    metrics: ["accuracy"],
    ...(device && { device }),
  });
  const epochs = Math.max(1, Math.round(steps / Math.ceil(data.count / BATCH_SIZE)));
  try {
    await parts.classifier.fit(data, data.labels, { epochs, batchSize: BATCH_SIZE, seed, ...(signal && { signal }) });
    signal?.throwIfAborted();
    return parts;
  } catch (error) {
    await dispose(parts);
    throw error;
  }
}

async function dispose({ classifier, features, predictions }: Classifier): Promise<void> {
  for (const owner of [predictions, classifier, features]) await owner.dispose();
}

/** Two convolutions, a dense layer of features, dropout and the classes. */
function buildClassifier(shape: readonly number[], numClasses: number): Omit<Classifier, "predictions"> {
  const sample = input(shape, { name: "sample" });
  const maps = convEncoder(asImage(sample, "judge"), {
    filters: [16, 32],
    kernel: 3,
    activation: "relu",
    batchNorm: false,
    downsampling: "pooling",
  });
  const seen = denseLayers(maps, [FEATURES], "relu");
  const classes = dense(numClasses, { activation: "softmax" })(dropout(0.3)(seen));
  return { classifier: model(sample, classes, { name: "judge" }), features: model(sample, seen, { name: "features" }) };
}

async function accuracyOf(
  { classifier }: Classifier,
  test: LabelledDataset,
  { signal }: Pick<JudgeOptions, "signal">,
): Promise<number> {
  const { accuracy = 0 } = await classifier.evaluate(test, test.labels, { batchSize: BATCH_SIZE, signal });
  return accuracy;
}

function labelled(data: Dataset): LabelledDataset {
  const { labels } = data;
  if (labels !== undefined) return { ...data, labels };
  throw new GraphError(`a judge learns the classes of real samples, and "${data.name}" has no labels`);
}

/** The place of the largest of each sample's probabilities. */
function largest(probabilities: Float32Array, count: number): Uint8Array {
  const size = probabilities.length / count;
  return Uint8Array.from({ length: count }, (_, sample) => {
    const own = probabilities.subarray(sample * size, (sample + 1) * size);
    return own.indexOf(own.reduce((most, value) => Math.max(most, value), 0));
  });
}
