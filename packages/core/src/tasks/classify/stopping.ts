/** Early stopping that gives the best weights back, and that a training which is interrupted and goes on does not notice. */
import type { StoppingState } from "../../models/training-state.ts";
import { earlyStopping } from "../../nn/callbacks/index.ts";
import type { Callback, TrainingView } from "../../nn/training/callback.ts";

export class Stopping {
  readonly callbacks: readonly Callback[];
  readonly #stopping: Callback;
  #training: TrainingView | undefined;

  /** @param kept what it knew when the training was interrupted; undefined where it begins. */
  constructor(monitor: "loss" | "val_loss", patience: number, kept: StoppingState | undefined) {
    this.#stopping = earlyStopping({ monitor, patience, restoreBestWeights: true });
    const goOn: Callback = {
      onTrainBegin: async (training) => {
        this.#training = training;
        if (kept === undefined) return;
        await this.#stopping.restoreState?.(kept.state, kept.best);
        training.stopTraining = kept.hasStopped;
      },
    };
    this.callbacks = [this.#stopping, goOn];
  }

  /** What it knows between two epochs. */
  get state(): StoppingState {
    const { state = null, stateArrays: best = [] } = this.#stopping;
    return { state, hasStopped: this.#training?.stopTraining ?? false, best };
  }
}
