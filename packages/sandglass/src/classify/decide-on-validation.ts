/** What is chosen with validation data once the network has learned: the temperature, and the threshold. */
import { classify, type AnyDataset } from "@sandglass/core";
import { UserError } from "../errors.ts";
import { formatSamples, formatShare } from "../text/number-format.ts";
import type { Decision } from "./classifier-record.ts";
import { isOfClass } from "./is-of-class.ts";
import { describeRule, type ThresholdChoice } from "./threshold-rule.ts";

export interface Decided {
  /** The threshold, and what it is worth on the validation data, which flatters it; undefined where none was chosen by a rule. */
  readonly threshold?: Decision;
  /** Why none keeps the rule, and what is done instead. */
  readonly problem?: string;
  /** Whether certainty says nothing of the labels, so that no temperature gives probabilities a meaning; it stays at 1. */
  readonly isMeaningless?: boolean;
}

/**
 * Sets a classifier's temperature, and, where there are two classes, its threshold by a rule. Where none keeps the rule, it stays as it is.
 *
 * @throws UserError when a threshold is asked for that there cannot be, as `checkThreshold`.
 */
export async function decideOnValidation(
  classifier: classify.Classifier,
  validation: AnyDataset | undefined,
  choice: ThresholdChoice | undefined,
  signal?: AbortSignal,
): Promise<Decided> {
  const { numClasses, positive } = classifier;
  checkThreshold(choice, numClasses, validation);
  if (choice?.kind === "fixed") classifier.threshold = choice.threshold;
  const { labels } = validation ?? {};
  if (validation === undefined || labels === undefined) return {};
  const own = await classifier.predict(validation, { signal, temperature: 1 });
  const logits = classify.logitsOf(own, numClasses);
  const temperature = classify.fitTemperature(labels, logits, numClasses, { targets: "platt" });
  const isMeaningless = temperature === classify.MOST_TEMPERATURE;
  // At the largest one, every sample would get the same probabilities, and hide what the network says.
  classifier.temperature = isMeaningless ? 1 : temperature;
  const doubt = isMeaningless ? { isMeaningless } : {};
  if (choice === undefined || choice.kind === "fixed") return doubt;
  const probabilities = classify.probabilitiesAt(classifier.temperature, logits, numClasses);
  try {
    const scores = classify.scoresOfClass(probabilities, 2, positive);
    const chosen = classify.chooseThreshold(isOfClass(labels, positive), scores, choice);
    classifier.threshold = chosen.threshold;
    return { threshold: { ...chosen, rule: describeRule(choice) }, ...doubt };
  } catch (error) {
    // Only the trained network shows it, so that a whole training would be in vain.
    if (!(error instanceof RangeError)) throw error;
    return { ...doubt, problem: `${error.message}. Until then it decides at ${formatShare(classifier.threshold)}.` };
  }
}

/**
 * Whether a threshold can be chosen, which can be known before the training.
 *
 * @throws UserError when it cannot.
 */
export function checkThreshold(
  choice: ThresholdChoice | undefined,
  numClasses: number,
  validation: AnyDataset | undefined,
): void {
  if (choice === undefined) return;
  if (numClasses !== 2) {
    throw new UserError(`--threshold is for two classes; there are ${numClasses}, of which the likeliest is taken`, {
      exitCode: 2,
    });
  }
  if (choice.kind === "fixed") return;
  if (validation?.labels === undefined) {
    throw new UserError("a threshold is chosen by samples that were held back; hold some back with --validation 0.1", {
      exitCode: 2,
    });
  }
  if (new Set(validation.labels).size === 2) return;
  throw new UserError(
    `a threshold is chosen by samples of both classes; the ${formatSamples(validation.count, "validation")} are of one. ` +
      "Hold more back with --validation 0.2",
    { exitCode: 2 },
  );
}
