/** What temperature scaling does for a classifier: its calibration before and after. */
import type { ClassNumbers } from "./check-samples.ts";
import { confidenceReliability } from "./reliability.ts";
import type { Reliability, ReliabilityOptions } from "./reliability.ts";
import { brierScore, logLoss } from "./scoring-rules.ts";

export interface CalibrationFigures {
  readonly logLoss: number;
  readonly brierScore: number;
  /** Of the classes decided for: expected calibration error and its bins. */
  readonly reliability: Reliability;
}

/**
 * How far a classifier's probabilities can be relied on.
 *
 * @param probabilities `numClasses` for each sample, or one, that of class 1, where there are two classes.
 * @example
 * const before = calibrationFigures(labels, probabilitiesAt(1, logits, 10), 10);
 * const after = calibrationFigures(labels, probabilitiesAt(fitTemperature(validation, validationLogits, 10), logits, 10), 10);
 */
export function calibrationFigures(
  labels: ClassNumbers,
  probabilities: ArrayLike<number>,
  numClasses: number,
  options: ReliabilityOptions = {},
): CalibrationFigures {
  return {
    logLoss: logLoss(labels, probabilities, numClasses),
    brierScore: brierScore(labels, probabilities, numClasses),
    reliability: confidenceReliability(labels, probabilities, numClasses, options),
  };
}
