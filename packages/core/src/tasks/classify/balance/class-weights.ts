/** What samples of rare classes must count so that no class is learned at the others' cost. */
import { checkClasses } from "../figures/check-samples.ts";
import type { ClassNumbers } from "../figures/check-samples.ts";

/**
 * The weights with which every class counts alike, n / (k · nₖ) for the k classes that have samples, as scikit-learn's `"balanced"`. The mean
 * over samples is 1. For `fit`'s `classWeight`.
 *
 * @throws RangeError when there is no sample, or a label is no class.
 * @example
 * balancedClassWeights([0, 0, 0, 1], 2); // { 0: 0.667, 1: 2 }
 */
export function balancedClassWeights(labels: ClassNumbers, numClasses: number): Readonly<Record<number, number>> {
  checkClasses("labels", labels, numClasses);
  const counts = new Map<number, number>();
  for (let sample = 0; sample < labels.length; sample++) {
    const label = labels[sample] as number;
    counts.set(label, (counts.get(label) ?? 0) + 1);
  }
  return Object.fromEntries([...counts].map(([label, count]) => [label, labels.length / (counts.size * count)]));
}
