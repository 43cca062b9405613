/** Classifiers by what they are made of. */
import type { Shape } from "../../graph/tensor-type.ts";
import { inFreshSession } from "../../models/fresh-session.ts";
import type { OptionValue } from "../../models/options/option.ts";
import type { Model } from "../../nn/model/model.ts";
import type { Device } from "../../runtime/device.ts";
import { Classifier } from "./classifier.ts";
import { readClassifier } from "./classifier-file.ts";
import { freshNetwork } from "./networks/fresh-network.ts";
import { cnnClassifier, decideCnn, transferClassifier } from "./networks/index.ts";
import type { CnnOptions, TransferSettings } from "./networks/index.ts";

export interface NewClassifier {
  /** The names of the classes, in the order of their labels. */
  readonly classNames: readonly string[];
  /** Of two classes, the one that is looked for, which threshold, sensitivity and ROC curve go by: 0 or 1; 1 unless given. */
  readonly positive?: number | undefined;
  /** Decides the first weights, and later the order of samples; 0 unless given. */
  readonly seed?: number | undefined;
  /** Where to compute; the device that all models share unless given. */
  readonly device?: Device | undefined;
}

/**
 * A convolutional classifier that learns from the start.
 *
 * @param shape of a sample.
 * @throws RangeError or GraphError as `cnnClassifier`.
 * @example
 * const clothes = classify.cnn([28, 28, 1], { classNames: fashion.classNames });
 * await clothes.fit(fashion, { epochs: 10, validationSplit: 0.1 });
 */
export function cnn(
  shape: Shape,
  { classNames, positive, seed = 0, device }: NewClassifier,
  options: CnnOptions = {},
): Classifier {
  const network = inFreshSession(seed, () => cnnClassifier(shape, classNames.length, options));
  // Options decided once decide the same network again.
  const decided: Readonly<Record<string, OptionValue | undefined>> = decideCnn(shape, options);
  return new Classifier(network, { kind: "cnn", classNames, positive, options: decided, seed, device });
}

/**
 * A classifier on a base that has learned before, of which the head is new.
 *
 * @throws RangeError or GraphError as `transferClassifier`.
 * @example
 * const pets = classify.transfer(base, { classNames: ["cat", "dog"] }, { inputValues: "symmetric" });
 * await pets.fit(photos, { fineTune: { from: 0.3 } });
 */
export function transfer(
  base: Model,
  { classNames, positive, seed = 0, device }: NewClassifier,
  options: Omit<TransferSettings, "numClasses"> = {},
): Classifier {
  const network = inFreshSession(seed, () => transferClassifier(base, { ...options, numClasses: classNames.length }));
  const { shape: _, ...kept } = options;
  return new Classifier(network, { kind: base.name, classNames, positive, options: kept, seed, device });
}

/**
 * The same network with new weights, all of which learn: what a classifier on a base is compared with, to see whether the base is a gain.
 *
 * @example
 * const scratch = classify.fromScratch(classifier, { seed: 1 });
 * await scratch.fit(few);
 */
export function fromScratch(
  { model, classNames, positive, description }: Classifier,
  { seed = 0, device }: Pick<NewClassifier, "seed" | "device"> = {},
): Classifier {
  const network = inFreshSession(seed, () => freshNetwork(model));
  const { options } = description;
  return new Classifier({ model: network }, { kind: "from scratch", classNames, positive, options, seed, device });
}

/**
 * The classifier of a file that `save` wrote.
 *
 * @throws KerasFileError when the file is damaged, or holds no classifier.
 */
export async function load(
  bytes: Uint8Array,
  { device }: { readonly device?: Device | undefined } = {},
): Promise<Classifier> {
  const { network, description, training } = await readClassifier(bytes);
  if (network.transfer !== undefined) network.transfer.base.trainable = false;
  const classifier = new Classifier(network, { ...description, device });
  if (training !== undefined) classifier.restoreTraining(training);
  return classifier;
}
