/** What is chosen with validation data once the network has learned: the temperature, and the threshold. */
import { classify, type AnyDataset } from "@sandglass/core";
import { UserError } from "../errors.ts";
import type { Decision } from "./classifier-record.ts";
import { isOfClass } from "./is-of-class.ts";
import { describeRule, type ThresholdChoice } from "./threshold-rule.ts";

/**
 * Sets a classifier's temperature, and, where there are two classes, its threshold by a rule.
 *
 * @returns the threshold, and what it is worth on the validation data, which flatters it; undefined where none was asked for.
 * @throws UserError when a threshold is asked for that there cannot be.
 */
export async function decideOnValidation(
  classifier: classify.Classifier,
  validation: AnyDataset | undefined,
  choice: ThresholdChoice | undefined,
  signal?: AbortSignal,
): Promise<Decision | undefined> {
  const { numClasses, positive } = classifier;
  checkThreshold(choice, numClasses, validation);
  if (choice?.kind === "fixed") classifier.threshold = choice.threshold;
  const { labels } = validation ?? {};
  if (validation === undefined || labels === undefined) return undefined;
  const own = await classifier.predict(validation, { signal, temperature: 1 });
  const logits = classify.logitsOf(own, numClasses);
  classifier.temperature = classify.fitTemperature(labels, logits, numClasses, { targets: "platt" });
  if (choice === undefined || choice.kind === "fixed") return undefined;
  const probabilities = classify.probabilitiesAt(classifier.temperature, logits, numClasses);
  try {
    const scores = classify.scoresOfClass(probabilities, 2, positive);
    const chosen = classify.chooseThreshold(isOfClass(labels, positive), scores, choice);
    classifier.threshold = chosen.threshold;
    return { ...chosen, rule: describeRule(choice) };
  } catch (error) {
    if (error instanceof RangeError) throw new UserError(error.message, { cause: error });
    throw error;
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
  if (choice.kind === "fixed" || validation?.labels !== undefined) return;
  throw new UserError("a threshold is chosen by samples that were held back; hold some back with --validation 0.1", {
    exitCode: 2,
  });
}
