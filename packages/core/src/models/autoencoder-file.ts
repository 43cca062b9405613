/**
 * Models as files: a `.keras` file of all their layers, which Keras opens, and in it two entries of our own: how the model was made,
 * and what its optimizers keep, so that training can go on.
 */
import { KerasFileError, readExtra, saveModel } from "../formats/keras/index.ts";
import { parseUntrustedJson } from "../formats/untrusted-json.ts";
import type { Model } from "../nn/model/model.ts";
import type { Brief } from "./model-family.ts";
import type { OptionValue } from "./options/option.ts";
import type { TrainingState } from "./training-state.ts";
import { readState, TRAINING_ENTRY, writeState } from "./training-state-file.ts";

const DESCRIPTION = "sandglass.json";
const VERSION = 1;

/** How a model was made: with this and its weights it can be made again. */
export interface AutoencoderDescription {
  readonly family: string;
  readonly options: Readonly<Record<string, OptionValue | undefined>>;
  readonly brief: Brief;
  readonly seed: number;
}

/** What a file holds beside the layers. */
export interface AutoencoderContent {
  readonly model: Model;
  readonly description: AutoencoderDescription;
  readonly training: TrainingState | undefined;
}

/** The same bytes for the same content. */
export async function writeAutoencoder({ model, description, training }: AutoencoderContent): Promise<Uint8Array> {
  const text = JSON.stringify({ version: VERSION, ...description });
  return saveModel(model, {
    extras: {
      [DESCRIPTION]: new TextEncoder().encode(text),
      ...(training && { [TRAINING_ENTRY]: writeState(training) }),
    },
  });
}

/** @throws KerasFileError when there is none, or it is damaged. */
export function readDescription(bytes: Uint8Array): AutoencoderDescription {
  const entry = readExtra(bytes, DESCRIPTION);
  if (entry === undefined) {
    throw new KerasFileError(
      `the file holds a Keras model, and no ${DESCRIPTION}: no autoencoder was saved in it. Open it with loadModel`,
    );
  }
  return explaining(() => parseDescription(new TextDecoder().decode(entry)));
}

/** What the optimizers kept; undefined where that was not saved. */
export function readTraining(bytes: Uint8Array): TrainingState | undefined {
  const entry = readExtra(bytes, TRAINING_ENTRY);
  return entry && explaining(() => readState(entry));
}

/** What comes from the file is not trusted: whatever is wrong with it is wrong with the file. */
export function explaining<T>(action: () => T): T {
  try {
    return action();
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    throw new KerasFileError(`no model can be made as ${DESCRIPTION} says: ${error.message}`, { cause: error });
  }
}

function parseDescription(text: string): AutoencoderDescription {
  const value = parseUntrustedJson(text) as Partial<AutoencoderDescription> & { readonly version?: unknown };
  if (value.version !== VERSION) throw new Error(`it is of version ${String(value.version)}, and ${VERSION} is read`);
  const { family, options = {}, brief, seed = 0 } = value;
  if (typeof family !== "string") throw new Error("it names no family");
  return { family, options, brief: checkBrief(brief), seed };
}

/** More values than that in a sample are a damaged file. */
const MOST_VALUES = 2 ** 28;

function checkBrief(brief: Brief | undefined): Brief {
  const { shape, count, values, numClasses } = brief ?? {};
  const isWhole = (dim: unknown): boolean => Number.isInteger(dim) && (dim as number) > 0;
  if (!Array.isArray(shape) || shape.length === 0 || !shape.every(isWhole)) throw new Error("it names no shape");
  if (shape.reduce((product: number, dim: number) => product * dim, 1) > MOST_VALUES) {
    throw new Error(`samples of shape [${shape.join(", ")}] are too large`);
  }
  const { min, max, mean, variance } = values ?? {};
  if (![min, max, mean, variance].every(Number.isFinite)) throw new Error("it does not say what the values are like");
  if (!isWhole(count)) throw new Error("it does not say how many samples there were");
  if (!Number.isInteger(numClasses) || (numClasses as number) < 0 || (numClasses as number) > 256) {
    throw new Error("it does not say how many classes there are");
  }
  return { shape, count, values, numClasses } as Brief;
}
