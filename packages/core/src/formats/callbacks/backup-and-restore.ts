import type { Logs } from "../../nn/logs.ts";
import type { Callback, TrainingView } from "../../nn/training/callback.ts";
import { joinPath } from "../files.ts";
import type { Files } from "../files.ts";
import { decodeBackup, encodeBackup } from "./backup-file.ts";
import type { Position } from "./backup-file.ts";
import { restoreBackup } from "./restore-backup.ts";
import { BatchCounter } from "./save-frequency.ts";
import type { SaveFrequency } from "./save-frequency.ts";

const FILE_NAME = "training.safetensors";

export interface BackupAndRestoreOptions {
  /** Where the backup goes. */
  readonly files: Files;
  /** `epoch`, or the number of batches between two savings; `epoch` unless given. */
  readonly saveFreq?: SaveFrequency;
  /** Whether to remove the backup when the training has ended well; true unless given. */
  readonly deleteCheckpoint?: boolean;
}

class BackupAndRestore implements Callback {
  readonly name = "backupAndRestore";
  /** What the others know of an event belongs to the backup that it makes. */
  readonly comesLast = true;
  readonly #path: string;
  readonly #files: Files;
  readonly #deleteCheckpoint: boolean;
  readonly #batches: BatchCounter;
  #training: TrainingView | undefined;
  #epoch = 0;

  constructor(folder: string, { files, saveFreq = "epoch", deleteCheckpoint = true }: BackupAndRestoreOptions) {
    if (folder === "") throw new RangeError("backupAndRestore needs a folder; an empty text came");
    this.#path = joinPath(folder, FILE_NAME);
    this.#files = files;
    this.#deleteCheckpoint = deleteCheckpoint;
    this.#batches = new BatchCounter(this.name, saveFreq);
  }

  async onTrainBegin(training: TrainingView): Promise<void> {
    this.#training = training;
    this.#batches.begin();
    const bytes = await this.#files.read(this.#path);
    if (bytes !== undefined) await restoreBackup(training, decodeBackup(bytes, this.#path), this.#path);
  }

  onEpochBegin(epoch: number): void {
    this.#epoch = epoch;
  }

  async onTrainBatchEnd(batch: number, { loss }: Logs): Promise<void> {
    if (!this.#batches.next()) return;
    const { figureState: figures } = this.#training as TrainingView;
    await this.#save({ epoch: this.#epoch, batch: batch + 1, figures }, loss);
  }

  async onEpochEnd(epoch: number, { loss }: Logs): Promise<void> {
    if (this.#batches.isPerEpoch) await this.#save({ epoch: epoch + 1, batch: 0, figures: undefined }, loss);
  }

  async onTrainEnd(): Promise<void> {
    const wasAborted = this.#training?.history.stopped === "aborted";
    if (this.#deleteCheckpoint && !wasAborted) await this.#files.remove(this.#path);
    this.#training = undefined;
  }

  async #save(position: Position, loss: number | undefined): Promise<void> {
    // From a model that has diverged nobody wants to go on.
    if (!Number.isFinite(loss)) return;
    await this.#files.write(this.#path, encodeBackup(this.#training as TrainingView, position));
  }
}

/**
 * Saves a training again and again, and lets one that was interrupted go on where it was, as Keras's BackupAndRestore:
 * build and compile the same model in a new process, call `fit` with the same data and options, and the outcome is bit for
 * bit that of a training that was never interrupted. The backup holds the weights, what the optimizer keeps, the epoch, the
 * batch, the history, what the epoch's figures have added up to, and what the other callbacks know. It is removed when the training
 * has ended, and kept when it was aborted or failed. A stream of batches must give the same batches again, and one that goes
 * on from epoch to epoch (`stepsPerEpoch`) must be given from where it was.
 *
 * @param folder one that nothing else writes to.
 * @example
 * await model.fit(x, x, { epochs: 100, callbacks: [backupAndRestore("backup", { files, saveFreq: 50 })] });
 *
 * @throws BackupError when training begins, and the backup there is damaged or of another training; it says what differs.
 */
export function backupAndRestore(folder: string, options: BackupAndRestoreOptions): Callback {
  return new BackupAndRestore(folder, options);
}
