import type { Logs } from "../logs.ts";
import type { Callback, TrainingView } from "../training/callback.ts";

class TerminateOnNaN implements Callback {
  readonly name = "terminateOnNaN";
  #training: TrainingView | undefined;

  onTrainBegin(training: TrainingView): void {
    this.#training = training;
    training.allowNonFinite = true;
  }

  onTrainBatchEnd(_batch: number, { loss }: Logs): void {
    if (!Number.isFinite(loss)) (this.#training as TrainingView).stopTraining = true;
  }
}

/**
 * Ends a training quietly when its loss becomes NaN or infinite, as Keras's TerminateOnNaN: the epoch ends after that
 * step with the figures and weights as they are. Without this callback such a training fails with `TrainingDiverged` and
 * has the weights of its last good epoch again, which is what Keras's `raise_error` is for.
 */
export function terminateOnNaN(): Callback {
  return new TerminateOnNaN();
}
