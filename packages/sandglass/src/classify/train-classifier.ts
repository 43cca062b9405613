/** One training of a classifier from its first epoch, or from where an earlier one ended, to its end, whatever that is. */
import { TrainingDiverged, type AnyDataset, type classify } from "@sandglass/core";
import { asWrongUsage } from "../errors.ts";
import type { RunState } from "../runs/run-record.ts";
import { TrainingWatch, type SoFar, type WatchOptions } from "../training/training-watch.ts";

export interface TrainClassifierOptions extends WatchOptions {
  readonly fit: classify.ClassifierFitOptions;
}

/** How a training went. */
export interface ClassifierOutcome extends SoFar {
  readonly state: Exclude<RunState, "running">;
  /** Where it ended in the middle of an epoch, or why it failed. */
  readonly note?: string;
  /** The state at the end of the last whole epoch, where the training was interrupted. */
  readonly checkpoint?: classify.ClassifierSnapshot | undefined;
}

/** @throws UserError when an option is out of range. */
export async function trainClassifier(
  classifier: classify.Classifier,
  training: AnyDataset,
  { fit, ...options }: TrainClassifierOptions,
): Promise<ClassifierOutcome> {
  const { history: earlier = [], progress } = options;
  const watch = new TrainingWatch(classifier, options);
  try {
    const { stopped } = await classifier.fit(training, {
      ...fit,
      initialEpoch: earlier.length,
      callbacks: (span) => [watch.during(span)],
    });
    if (stopped === "callback") return { ...watch.soFar(), state: "stopped early" };
    if (stopped === "finished") return { ...watch.soFar(), state: "finished" };
    // Early stopping has given the best weights back, so that the last ones are in the checkpoint only.
    return { ...watch.soFar(), ...watch.interruption(), state: "interrupted", checkpoint: watch.lastWhole };
  } catch (error) {
    if (error instanceof TrainingDiverged) return { ...watch.soFar(), state: "diverged", note: error.message };
    return asWrongUsage(() => {
      throw error;
    });
  } finally {
    progress?.end?.();
  }
}
