/** What labels, predictions and probabilities must be before figures are made of them. */
import { counted } from "../../../data/counted.ts";

/** Class numbers, one a sample. */
export type ClassNumbers = ArrayLike<number>;

/** @throws RangeError when there is no sample, or a label is no class. */
export function checkClasses(what: string, classes: ClassNumbers, numClasses: number): void {
  if (!Number.isInteger(numClasses) || numClasses < 2) {
    throw new RangeError(`there are ${numClasses} classes; expected a whole number from 2 on`);
  }
  if (classes.length === 0) throw new RangeError(`no ${what} came; figures need at least one sample`);
  for (let sample = 0; sample < classes.length; sample++) {
    const number = classes[sample] as number;
    if (Number.isInteger(number) && number >= 0 && number < numClasses) continue;
    throw new RangeError(
      `the ${what} hold ${number} for sample ${sample}; expected the number of a class, from 0 to ${numClasses - 1}`,
    );
  }
}

/** @throws RangeError when there is not one label for each of `count` samples. */
export function checkCount(labels: ClassNumbers, count: number, what: string): void {
  if (labels.length === count) return;
  throw new RangeError(
    `${counted(labels.length, "label")} and ${what} of ${counted(count, "sample")} came; expected one label a sample`,
  );
}

/**
 * Probabilities, `numClasses` for each sample, or one (that of class 1) where there are two classes.
 *
 * @returns how many there are for a sample.
 * @throws RangeError when there are others, or one is outside of 0 to 1.
 */
export function checkProbabilities(labels: ClassNumbers, probabilities: ArrayLike<number>, numClasses: number): number {
  checkClasses("labels", labels, numClasses);
  const width = scoresPerSample(labels, probabilities, numClasses);
  for (let place = 0; place < probabilities.length; place++) {
    const value = probabilities[place] as number;
    // A softmax in float32 may exceed 1 by its rounding.
    if (value >= 0 && value <= 1 + 1e-5) continue;
    throw new RangeError(
      `sample ${Math.floor(place / width)} has the probability ${value}; expected numbers from 0 to 1 (of logits, take ` +
        "the softmax or the sigmoid first)",
    );
  }
  return width;
}

/**
 * How many scores there are for each sample: `numClasses`, or 1 where there are two classes.
 *
 * @throws RangeError when there are others.
 */
export function scoresPerSample(labels: ClassNumbers, scores: ArrayLike<number>, numClasses: number): number {
  const width = scores.length / labels.length;
  if (width === numClasses || (width === 1 && numClasses === 2)) return width;
  const expected = numClasses === 2 ? "one or two for each" : `${numClasses} for each`;
  throw new RangeError(`${scores.length} scores came for ${counted(labels.length, "sample")}; expected ${expected}`);
}
