/** How often samples of each class were taken for each class. */
import { checkClasses, checkCount } from "./check-samples.ts";
import type { ClassNumbers } from "./check-samples.ts";

export interface ConfusionMatrix {
  readonly numClasses: number;
  /** `counts[label][prediction]`: rows are the classes that samples have, columns those that they were taken for. */
  readonly counts: readonly (readonly number[])[];
  /** How many samples there are of each class. */
  readonly support: readonly number[];
  /** How many samples were taken for each class. */
  readonly predicted: readonly number[];
  /** How many samples there are. */
  readonly total: number;
  /** How many of them are right. */
  readonly correct: number;
}

/**
 * Counts samples by the class that they have and the one that they were taken for.
 *
 * @param labels the class of each sample, from 0 on.
 * @param predictions the class that each was taken for.
 * @throws RangeError when there are not as many of both, or a number is no class.
 * @example
 * confusionMatrix([0, 0, 1], [0, 1, 1], 2).counts; // [[1, 1], [0, 1]]
 */
export function confusionMatrix(labels: ClassNumbers, predictions: ClassNumbers, numClasses: number): ConfusionMatrix {
  checkCount(labels, predictions.length, "predictions");
  checkClasses("labels", labels, numClasses);
  checkClasses("predictions", predictions, numClasses);
  const counts = Array.from({ length: numClasses }, () => new Array<number>(numClasses).fill(0));
  for (let sample = 0; sample < labels.length; sample++) {
    const row = counts[labels[sample] as number] as number[];
    const column = predictions[sample] as number;
    row[column] = (row[column] as number) + 1;
  }
  return {
    numClasses,
    counts,
    support: counts.map((row) => sum(row)),
    predicted: counts.map((_, column) => sum(counts.map((row) => row[column] as number))),
    total: labels.length,
    correct: sum(counts.map((row, index) => row[index] as number)),
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
