/** Single figures of a confusion matrix. */
import type { ConfusionMatrix } from "./confusion-matrix.ts";

/** The share of samples that are right. */
export function accuracy({ correct, total }: ConfusionMatrix): number {
  return correct / total;
}

/** The mean recall of the classes that have samples: 1 / numClasses by chance, however uneven the classes are. */
export function balancedAccuracy({ counts, support }: ConfusionMatrix): number {
  const recalls = counts.flatMap((row, index) => {
    const samples = support[index] as number;
    return samples === 0 ? [] : [(row[index] as number) / samples];
  });
  return recalls.reduce((sum, recall) => sum + recall, 0) / recalls.length;
}

/**
 * Matthews's correlation of labels and predictions, for any number of classes: 1 where all are right, 0 by chance, and 0 where
 * all labels or all predictions are of one class. With c right of s samples, t of each class and p taken for it:
 *
 *     (c·s − Σ pₖtₖ) / √((s² − Σ pₖ²)(s² − Σ tₖ²))
 *
 * Source: J. Gorodkin: Comparing two K-category assignments by a K-category correlation coefficient, 2004, eq. 8.
 */
export function matthewsCorrelation({ correct, total, support, predicted }: ConfusionMatrix): number {
  const [common, ofPredictions, ofLabels] = [dot(predicted, support), dot(predicted, predicted), dot(support, support)];
  const scale = Math.sqrt((total * total - ofPredictions) * (total * total - ofLabels));
  return scale === 0 ? 0 : (correct * total - common) / scale;
}

/**
 * Cohen's kappa: how much of the agreement that chance does not explain was reached, (observed − expected) / (1 − expected).
 * NaN where all labels and all predictions are of one class, so that chance explains everything.
 *
 * Source: J. Cohen: A coefficient of agreement for nominal scales, 1960, eq. 1.
 */
export function cohensKappa({ correct, total, support, predicted }: ConfusionMatrix): number {
  const expected = dot(predicted, support) / total;
  return (correct - expected) / (total - expected);
}

function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, index) => sum + value * (b[index] as number), 0);
}
