/**
 * Classifiers as files: a `.keras` file of all their layers, which Keras opens, and in it entries of our own: how the classifier was made,
 * and, of a training that is to go on, what its optimizer keeps.
 */
import { KerasFileError, loadModel, readExtra, saveModel } from "../../formats/keras/index.ts";
import { parseUntrustedJson } from "../../formats/untrusted-json.ts";
import type { OptionValue } from "../../models/options/option.ts";
import type { TrainingState } from "../../models/training-state.ts";
import { readState, TRAINING_ENTRY, writeState } from "../../models/training-state-file.ts";
import type { Layer } from "../../nn/layers/layer.ts";
import { Model } from "../../nn/model/model.ts";
import type { ClassifierNetwork } from "./networks/index.ts";

const DESCRIPTION = "sandglass-classifier.json";
const VERSION = 1;

/** How a classifier was made, and how it decides. */
export interface ClassifierDescription {
  /** `cnn`, or what its base is called. */
  readonly kind: string;
  /** The names of the classes, in the order of the probabilities. */
  readonly classNames: readonly string[];
  readonly options: Readonly<Record<string, OptionValue | undefined>>;
  readonly seed: number;
  /** Of two classes, the one that is looked for: 0 or 1. */
  readonly positive: number;
  /** From which probability on a sample counts as the positive class, where there are two. */
  readonly threshold: number;
  /** What logits are divided by for probabilities that mean what they say. */
  readonly temperature: number;
  /** What the base is called among the layers of `features`; undefined where there is none. */
  readonly base?: string | undefined;
}

/** What a file holds. */
export interface ClassifierContent {
  readonly network: ClassifierNetwork;
  readonly description: ClassifierDescription;
  /** To go on with the training; undefined where it is over. */
  readonly training: TrainingState | undefined;
}

/** The same bytes for the same content. */
export function writeClassifier({ network, description, training }: ClassifierContent): Promise<Uint8Array> {
  const text = JSON.stringify({ version: VERSION, ...description });
  return saveModel(network.model, {
    includeOptimizer: false,
    extras: {
      [DESCRIPTION]: new TextEncoder().encode(text),
      ...(training && { [TRAINING_ENTRY]: writeState(training) }),
    },
  });
}

/** Whether bytes are those of a classifier. */
export function isClassifierFile(bytes: Uint8Array): boolean {
  return readExtra(bytes, DESCRIPTION) !== undefined;
}

/** @throws KerasFileError when no classifier was saved in the file, or it is damaged. */
export async function readClassifier(bytes: Uint8Array): Promise<ClassifierContent> {
  const entry = readExtra(bytes, DESCRIPTION);
  if (entry === undefined) {
    throw new KerasFileError(
      `the file holds a Keras model, and no ${DESCRIPTION}: no classifier was saved in it. Open it with loadModel`,
    );
  }
  const model = await loadModel(bytes, { compile: false });
  try {
    const description = parseDescription(new TextDecoder().decode(entry));
    const training = readExtra(bytes, TRAINING_ENTRY);
    return { network: partsOf(model, description), description, training: training && readState(training) };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    throw new KerasFileError(`no classifier can be made as ${DESCRIPTION} says: ${error.message}`, { cause: error });
  }
}

function parseDescription(text: string): ClassifierDescription {
  const value = parseUntrustedJson(text) as Partial<ClassifierDescription> & { readonly version?: unknown };
  if (value.version !== VERSION) throw new Error(`it is of version ${String(value.version)}, and ${VERSION} is read`);
  const { kind, classNames, options = {}, seed = 0, positive = 1, threshold = 0.5, temperature = 1, base } = value;
  if (typeof kind !== "string") throw new Error("it does not say what the classifier is");
  const areNames = Array.isArray(classNames) && classNames.every((name) => typeof name === "string");
  if (!areNames || classNames.length < 2) throw new Error("it does not name two classes or more");
  if (positive !== 0 && positive !== 1) throw new Error(`its positive class is ${String(positive)}`);
  if (!(threshold >= 0 && threshold <= 1)) throw new Error(`its threshold is ${String(threshold)}`);
  if (!(temperature > 0 && Number.isFinite(temperature))) throw new Error(`its temperature is ${String(temperature)}`);
  return { kind, classNames, options, seed, positive, threshold, temperature, ...(base !== undefined && { base }) };
}

function partsOf(model: Model, { classNames, base }: ClassifierDescription): ClassifierNetwork {
  const [width] = model.output.shape;
  if (model.output.shape.length !== 1 || width !== (classNames.length === 2 ? 1 : classNames.length)) {
    throw new Error(`it names ${classNames.length} classes, and the model gives ${String(width)} numbers`);
  }
  if (base === undefined) return { model };
  const features = modelIn(model, "features");
  return { model, transfer: { features, base: modelIn(features, base), head: modelIn(model, "head") } };
}

function modelIn(model: Model, name: string): Model {
  const found: Layer | undefined = model.layers.find((layer) => layer.name === name);
  if (found instanceof Model) return found;
  throw new Error(`the model "${model.name}" has no part "${name}"`);
}
