/** The callbacks that write files, with the files of the disk unless others are given. */
import { callbacks } from "@sandglass/core";
import type {
  BackupAndRestoreOptions,
  Callback,
  CsvLoggerOptions,
  Files,
  ModelCheckpointOptions,
  TensorBoardOptions,
} from "@sandglass/core";
import { nodeFiles } from "../files/node-files.ts";

/** Options in which `files` may be missing. */
type OnDisk<Options extends { readonly files: Files }> = Omit<Options, "files"> & Partial<Pick<Options, "files">>;

/**
 * Saves the model while it is trained, as Keras's ModelCheckpoint. The path may name the epoch, the batch and figures in
 * Python's formats.
 *
 * @example
 * modelCheckpoint("models/{epoch:02d}-{val_loss:.4f}.keras", { saveBestOnly: true });
 */
export function modelCheckpoint(path: string, options: OnDisk<ModelCheckpointOptions> = {}): Callback {
  return callbacks.modelCheckpoint(path, { files: nodeFiles(), ...options });
}

/** Writes the figures of each epoch as a line of a CSV file, as Keras's CSVLogger. */
export function csvLogger(path: string, options: OnDisk<CsvLoggerOptions> = {}): Callback {
  return callbacks.csvLogger(path, { files: nodeFiles(), ...options });
}

/**
 * Saves a training again and again, and lets one that was interrupted or killed go on where it was, as Keras's
 * BackupAndRestore: run the same program again, and the outcome is that of a training that was never interrupted.
 *
 * @param folder one that nothing else writes to.
 */
export function backupAndRestore(folder: string, options: OnDisk<BackupAndRestoreOptions> = {}): Callback {
  return callbacks.backupAndRestore(folder, { files: nodeFiles(), ...options });
}

/**
 * Writes what TensorBoard shows of a training, as Keras's TensorBoard: look at it with `tensorboard --logdir logs`.
 *
 * @param logDir `logs` unless given.
 */
export function tensorBoard(logDir = "logs", options: OnDisk<TensorBoardOptions> = {}): Callback {
  return callbacks.tensorBoard(logDir, { files: nodeFiles(), ...options });
}
