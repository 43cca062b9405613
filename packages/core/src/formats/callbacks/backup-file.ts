/** What a training needs to go on as if it had never been interrupted, as a safetensors file. */
import type { JsonValue } from "../../nn/keras-object.ts";
import type { Callback, TrainingView } from "../../nn/training/callback.ts";
import type { FigureState } from "../../nn/training/figures.ts";
import type { HistoryEntry } from "../../nn/training/history.ts";
import type { SlotValues } from "../../nn/training/optimizer-state.ts";
import type { Variable } from "../../nn/variable.ts";
import { readSafetensors, writeSafetensors } from "../safetensors/safetensors.ts";
import type { SafeTensor } from "../safetensors/safetensors.ts";
import { SafetensorsError } from "../safetensors/safetensors-error.ts";
import { BackupError } from "./backup-error.ts";

const METADATA = "sandglass_training";

/** Where a training stands: after so many batches of an epoch, with what the figures have added up to. */
export interface Position {
  readonly epoch: number;
  readonly batch: number;
  readonly figures: FigureState | undefined;
}

/** Everything but arrays. */
export interface BackupDescription {
  readonly epoch: number;
  readonly batch: number;
  readonly figures: FigureState | null;
  /** The epochs that are done. */
  readonly history: readonly HistoryEntry[];
  readonly stopTraining: boolean;
  readonly seed: number;
  /** Batches in an epoch; null where only the end of a stream tells. */
  readonly steps: number | null;
  readonly optimizer: string;
  readonly iterations: number;
  /** Null where a schedule is in charge. */
  readonly learningRate: number | null;
  /** Of those that have a state to go on from. */
  readonly callbacks: readonly { readonly name: string; readonly state: JsonValue }[];
}

export interface Backup {
  readonly description: BackupDescription;
  readonly tensors: ReadonlyMap<string, SafeTensor>;
}

/** The callbacks whose states are saved. */
export function statefulCallbacks({ callbacks }: TrainingView): readonly Callback[] {
  return callbacks.filter(({ restoreState }) => restoreState !== undefined);
}

/** The names of the arrays: those of variables say which they are, and their place makes them different. */
export const tensorNames = {
  variable: (index: number, { path }: Variable) => `variables/${index}/${path}`,
  slot: (index: number, { path }: Variable, slot: string) => `optimizer/${index}/${path}/${slot}`,
  callback: (callback: number, index: number) => `callbacks/${callback}/${index}`,
} as const;

export function encodeBackup(training: TrainingView, { epoch, batch, figures }: Position): Uint8Array {
  const { model, optimizer, optimizerState, seed, steps, stopTraining } = training;
  const callbacks = statefulCallbacks(training);
  const description: BackupDescription = {
    epoch,
    batch,
    figures: figures ?? null,
    history: training.history.entries,
    stopTraining,
    seed,
    steps: steps ?? null,
    optimizer: optimizer.className,
    iterations: optimizerState.iterations,
    learningRate: optimizer.schedule === undefined ? optimizer.learningRate : null,
    callbacks: callbacks.map(({ name = "", state = null }) => ({ name, state })),
  };
  const tensors = new Map<string, SafeTensor>([
    ...model.variables.map(
      (variable, index) =>
        [tensorNames.variable(index, variable), { shape: variable.shape, data: variable.read() }] as const,
    ),
    ...optimizerState
      .read()
      .variables.flatMap((values) => slotTensors(model.variables.indexOf(values.variable), values)),
    ...callbacks.flatMap(({ stateArrays = [] }, callback) =>
      stateArrays.map(
        (data, index) => [tensorNames.callback(callback, index), { shape: [data.length], data }] as const,
      ),
    ),
  ]);
  return writeSafetensors(tensors, { [METADATA]: JSON.stringify(description) });
}

function slotTensors(index: number, { variable, slots }: SlotValues): (readonly [string, SafeTensor])[] {
  return Object.entries(slots).map(([slot, data]) => [
    tensorNames.slot(index, variable, slot),
    { shape: variable.shape, data },
  ]);
}

/**
 * The content of such a file.
 *
 * @param path for messages.
 * @throws BackupError when it is none, or damaged.
 */
export function decodeBackup(bytes: Uint8Array, path: string): Backup {
  try {
    const { tensors, metadata } = readSafetensors(bytes);
    const text = metadata[METADATA];
    if (text !== undefined) return { description: parseDescription(text), tensors };
  } catch (error) {
    if (!(error instanceof SafetensorsError || error instanceof SyntaxError)) throw error;
    throw new BackupError(`the backup ${path} is damaged (${error.message}); remove it to train anew`, {
      cause: error,
    });
  }
  throw new BackupError(`${path} is no backup of a training; give backupAndRestore a folder of its own`);
}

/** @throws SyntaxError when the text is no such description. */
function parseDescription(text: string): BackupDescription {
  const description = JSON.parse(text) as Partial<BackupDescription> | null;
  const { epoch, batch, iterations, seed, callbacks, history } = description ?? {};
  if ([epoch, batch, iterations, seed].every(isCount) && [callbacks, history].every(Array.isArray)) {
    return description as BackupDescription;
  }
  throw new SyntaxError("it does not say where the training stood");
}

function isCount(value: unknown): boolean {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}
