/** One training from its first epoch, or from where an earlier one ended, to its end, whatever that is. */
import {
  earlyStopping,
  TrainingDiverged,
  type AnyDataset,
  type Autoencoder,
  type AutoencoderSnapshot,
  type Callback,
  type PhaseSpan,
} from "@sandglass/core";
import { UserError } from "../errors.ts";
import type { EpochFigures } from "../runs/history-csv.ts";
import type { RunState, TrainingSettings } from "../runs/run-record.ts";
import { TrainingWatch } from "./training-watch.ts";
import type { SoFar, WatchOptions } from "./training-watch.ts";

export interface TrainOptions extends Omit<WatchOptions, "count" | "epochs" | "batchSize"> {
  readonly training: AnyDataset;
  readonly validation: AnyDataset | undefined;
  readonly settings: TrainingSettings;
  /** Ends the training after the step in which it is aborted. */
  readonly signal?: AbortSignal;
}

/** How a training went. */
export interface Outcome extends SoFar {
  readonly state: Exclude<RunState, "running">;
  /** Where it ended in the middle of an epoch, or why it failed. */
  readonly note?: string;
  /** The state at the end of the last whole epoch, where the model has gone beyond it. */
  readonly checkpoint?: AutoencoderSnapshot;
  /** For `diverged`. */
  readonly problem?: TrainingDiverged;
}

export async function train(model: Autoencoder, options: TrainOptions): Promise<Outcome> {
  const { training, validation, settings, history: earlier = [], progress = {}, signal } = options;
  const { patience, epochs, batchSize, optimizer, learningRate, augment, seed } = settings;
  const watch = new TrainingWatch(model, { ...options, count: training.count, epochs, batchSize });
  const monitor = validation === undefined ? "loss" : "val_loss";
  const outcome = (state: Outcome["state"], rest: Partial<Outcome> = {}): Outcome => ({
    state,
    ...watch.soFar(),
    ...rest,
  });
  // An early part of a training ends when it is due; only the last one may end early.
  const stopping = ({ from, isLast }: PhaseSpan): readonly Callback[] => {
    if (patience === undefined || !isLast) return [];
    return [requiring(monitor), goOn(earlyStopping({ monitor, patience }), earlier.slice(from))];
  };
  try {
    const { stopped } = await model.fit(training, {
      epochs,
      initialEpoch: earlier.length,
      batchSize,
      optimizer,
      learningRate,
      augment,
      seed,
      validationData: validation,
      signal,
      callbacks: (phase) => [watch.during(phase), ...stopping(phase)],
    });
    if (stopped === "callback") return outcome("stopped early");
    return stopped === "aborted" ? outcome("interrupted", watch.interruption()) : outcome("finished");
  } catch (error) {
    if (!(error instanceof TrainingDiverged)) throw error;
    return outcome("diverged", { note: error.message, problem: error });
  } finally {
    progress.end?.();
  }
}

/** Says at the end of the first epoch, not never, that there is nothing to go by. */
function requiring(figure: string): Callback {
  return {
    onEpochEnd: (_, logs) => {
      if (figure in logs) return;
      throw new UserError(
        `--patience goes by ${figure}, and this training measures ${Object.keys(logs).join(", ")}; leave --patience out`,
        { exitCode: 2 },
      );
    },
  };
}

/** A callback that has seen the earlier epochs, as if the training had never been interrupted. */
function goOn(callback: Callback, earlier: readonly EpochFigures[]): Callback {
  return {
    onTrainBegin: async (training) => {
      await callback.onTrainBegin?.(training);
      for (const [epoch, figures] of earlier.entries()) await callback.onEpochEnd?.(epoch, figures);
      training.stopTraining = false;
    },
    onEpochEnd: (epoch, figures) => callback.onEpochEnd?.(epoch, figures),
    onTrainEnd: (figures) => callback.onTrainEnd?.(figures),
  };
}
