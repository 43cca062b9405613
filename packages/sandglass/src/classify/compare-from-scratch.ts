/** Whether what a base has learned is a gain: the same network, from new weights, on the same few samples. */
import { classify, TrainingDiverged, type AnyDataset, type Callback, type Device, type Warning } from "@sandglass/core";
import type { ScratchComparison } from "./classifier-record.ts";
import { decideOnValidation } from "./decide-on-validation.ts";
import { formatFigure } from "../text/number-format.ts";
import { pairedGain } from "./paired-gain.ts";
import type { Examination } from "./examine-classifier.ts";
import type { ThresholdChoice } from "./threshold-rule.ts";

export interface ScratchRequest {
  readonly labelsPerClass: number;
  readonly training: AnyDataset;
  readonly validation: AnyDataset | undefined;
  readonly fit: classify.ClassifierFitOptions;
  /** By which rule both decide. */
  readonly threshold: ThresholdChoice | undefined;
  readonly seed: number;
  readonly device: Device;
  /** Is told now and then how far the training from scratch is. */
  readonly note: (text: string) => void;
}

/** So many times a training from scratch says how far it is. */
const NOTES = 10;

/** A comparison, or why there is none; and what must not be overlooked of it. */
export interface Compared {
  readonly comparison?: ScratchComparison;
  readonly warnings: readonly Warning[];
}

/**
 * Trains the same network from scratch, all of it, and compares both on the samples of an examination.
 *
 * @param classifier on a base, trained.
 */
export async function compareFromScratch(
  classifier: classify.Classifier,
  { labels, data, decisions }: Examination,
  { labelsPerClass, training, validation, fit, threshold, seed, device, note }: ScratchRequest,
): Promise<Compared> {
  const scratch = classify.fromScratch(classifier, { seed, device });
  try {
    // All of it learns, for as long as such networks do.
    const { fineTune: _, epochs: __, ...options } = fit;
    await scratch.fit(training, {
      ...options,
      // Nobody looks at its epochs one by one: it is measured in them only where patience ends it by that.
      validationData: fit.patience === undefined ? undefined : validation,
      callbacks: ({ to }) => [nowAndThen(to, note)],
    });
    const { problem } = await decideOnValidation(scratch, validation, threshold, fit.signal);
    const answers = scratch.decide(await scratch.predict(data, { signal: fit.signal }));
    const right = (given: ArrayLike<number>): readonly boolean[] =>
      Array.from(given, (answer, index) => answer === labels[index]);
    const [ours, theirs] = [right(decisions), right(answers)];
    const share = (list: readonly boolean[]): number => list.filter(Boolean).length / list.length;
    return {
      comparison: {
        labelsPerClass,
        accuracy: share(ours),
        scratchAccuracy: share(theirs),
        gain: pairedGain(ours, theirs),
      },
      warnings:
        problem === undefined
          ? []
          : [{ title: "No threshold of the network from scratch keeps the rule.", text: problem }],
    };
  } catch (error) {
    if (!(error instanceof TrainingDiverged)) throw error;
    const title = "The network from scratch diverged, so that the base is compared with nothing.";
    return { warnings: [{ title, text: error.message }] };
  } finally {
    await scratch.dispose();
  }
}

/** Says how far a training is, after each tenth of its epochs. */
function nowAndThen(epochs: number, note: (text: string) => void): Callback {
  const every = Math.ceil(epochs / NOTES);
  return {
    onEpochEnd: (epoch, { loss }) => {
      const done = epoch + 1;
      if (done % every !== 0 && done !== epochs) return;
      note(`from scratch: epoch ${done}/${epochs}${loss === undefined ? "" : `  loss ${formatFigure(loss)}`}`);
    },
  };
}
