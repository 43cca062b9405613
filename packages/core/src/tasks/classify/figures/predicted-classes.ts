/** From scores to classes. */

/**
 * The class of each sample's largest score; the first of equal ones.
 *
 * @param scores `numClasses` for each sample, one sample after the other: probabilities or logits.
 */
export function predictedClasses(scores: ArrayLike<number>, numClasses: number): Uint16Array {
  const classes = new Uint16Array(scores.length / numClasses);
  for (let sample = 0; sample < classes.length; sample++) {
    const first = sample * numClasses;
    let largest = 0;
    for (let index = 1; index < numClasses; index++) {
      if ((scores[first + index] as number) > (scores[first + largest] as number)) largest = index;
    }
    classes[sample] = largest;
  }
  return classes;
}

/** 1 for each score that reaches the threshold, else 0. */
export function decideByThreshold(scores: ArrayLike<number>, threshold: number): Uint8Array {
  return Uint8Array.from({ length: scores.length }, (_, sample) => ((scores[sample] as number) >= threshold ? 1 : 0));
}

/** The scores of one class, or the only ones: what curves and thresholds are made of. */
export function scoresOfClass(scores: ArrayLike<number>, numClasses: number, index: number): Float64Array {
  return Float64Array.from(
    { length: scores.length / numClasses },
    (_, sample) => scores[sample * numClasses + index] as number,
  );
}

/** What float32 rounds to 1 is as near to it as this, or nearer. */
export const HALF_A_ROUNDING = 2 ** -25;

/**
 * The probabilities of class 0 and class 1 of each sample, of those of class 1: what a sigmoid gives, as a softmax gives it. Of a class 1 that float32
 * rounded to 1, class 0 keeps half a rounding: 0 would be a certainty of which the sigmoid says nothing.
 */
export function bothClasses(probabilities: ArrayLike<number>): Float64Array {
  return Float64Array.from({ length: 2 * probabilities.length }, (_, place) => {
    const value = probabilities[place >> 1] as number;
    return place % 2 === 1 ? value : Math.max(HALF_A_ROUNDING, 1 - value);
  });
}
