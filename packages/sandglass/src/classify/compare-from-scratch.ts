/** Whether what a base has learned is a gain: the same network, from new weights, on the same few samples. */
import { classify, type AnyDataset, type Device } from "@sandglass/core";
import type { ScratchComparison } from "./classifier-record.ts";
import { decideOnValidation } from "./decide-on-validation.ts";
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
}

/**
 * Trains the same network from scratch, all of it, and compares both on the samples of an examination.
 *
 * @param classifier on a base, trained.
 */
export async function compareFromScratch(
  classifier: classify.Classifier,
  { labels, data, decisions }: Examination,
  { labelsPerClass, training, validation, fit, threshold, seed, device }: ScratchRequest,
): Promise<ScratchComparison> {
  const scratch = classify.fromScratch(classifier, { seed, device });
  try {
    // All of it learns, for as long as such networks do.
    const { fineTune: _, epochs: __, ...options } = fit;
    await scratch.fit(training, { ...options, validationData: validation });
    await decideOnValidation(scratch, validation, threshold, fit.signal);
    const answers = scratch.decide(await scratch.predict(data, { signal: fit.signal }));
    const right = (given: ArrayLike<number>): readonly boolean[] =>
      Array.from(given, (answer, index) => answer === labels[index]);
    const [ours, theirs] = [right(decisions), right(answers)];
    const share = (list: readonly boolean[]): number => list.filter(Boolean).length / list.length;
    return {
      labelsPerClass,
      accuracy: share(ours),
      scratchAccuracy: share(theirs),
      gain: pairedGain(ours, theirs),
    };
  } finally {
    await scratch.dispose();
  }
}
