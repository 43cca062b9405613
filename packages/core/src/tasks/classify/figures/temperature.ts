/**
 * Temperature scaling: one number that makes a network as sure as it may be, without changing what it decides.
 *
 * With logits z, the probabilities are softmax(z / T). T minimizes the log loss on validation data; above 1, the network was too sure of
 * itself. The log loss is convex in β = 1/T, its slope Σ (Σₖ pₖzₖ − z of the label), its curvature the variance of z under p.
 *
 * Where few samples were all answered rightly, no certainty would be too much for the log loss. Platt's targets keep a doubt that becomes
 * smaller the more samples there are: of n samples of a class, (n + 1) / (n + 2) instead of 1 (the rest is the other classes' alike).
 *
 * Sources: C. Guo, G. Pleiss, Y. Sun, K. Weinberger: On calibration of modern neural networks, 2017, section 4.2, eq. 9; J. Platt:
 * Probabilistic outputs for support vector machines and comparisons to regularized likelihood methods, 1999, section 2.2.
 */
import { checkClasses, scoresPerSample } from "./check-samples.ts";
import type { ClassNumbers } from "./check-samples.ts";
import { HALF_A_ROUNDING } from "./predicted-classes.ts";

/** No network is so unsure, or so sure, that it would have to be divided by more, or by less. */
const LEAST = 0.01;
/** The temperature of logits that say nothing of the labels. */
export const MOST_TEMPERATURE = 100;

export interface TemperatureOptions {
  /** What the probabilities are to be near to: the labels as they are, or Platt's targets; `labels` unless given. */
  readonly targets?: "labels" | "platt";
}

/**
 * The temperature that suits these samples best, from 0.01 to 100. It is 100 where logits say nothing of the labels, and, without Platt's
 * targets, 0.01 where every label has the largest logit, so that no certainty would be too much.
 *
 * @param labels of validation data: on the training data, networks are right too often.
 * @param logits `numClasses` for each sample, or one, whose sigmoid is the probability of class 1, where there are two classes.
 * @throws RangeError when numbers do not fit, or a logit is not finite.
 */
export function fitTemperature(
  labels: ClassNumbers,
  logits: ArrayLike<number>,
  numClasses: number,
  { targets = "labels" }: TemperatureOptions = {},
): number {
  checkClasses("labels", labels, numClasses);
  const width = scoresPerSample(labels, logits, numClasses);
  checkFinite(logits, width);
  const certainty = targets === "labels" ? new Float64Array(numClasses).fill(1) : plattTargets(labels, numClasses);
  const slopeAt = (beta: number): Slope => slopeOfLogLoss(labels, logits, { width, certainty }, beta);
  if (slopeAt(1 / MOST_TEMPERATURE).slope >= 0) return MOST_TEMPERATURE;
  if (slopeAt(1 / LEAST).slope <= 0) return LEAST;
  return 1 / rootOf(slopeAt, 1 / MOST_TEMPERATURE, 1 / LEAST);
}

/** Of each class, the probability that its samples are to have. */
function plattTargets(labels: ClassNumbers, numClasses: number): Float64Array {
  const counts = new Float64Array(numClasses);
  for (let sample = 0; sample < labels.length; sample++) counts[labels[sample] as number]!++;
  return counts.map((count) => (count + 1) / (count + 2));
}

/** Newton's steps from 1 on, and the middle of what is left where one leads out of it or is no less than half the last one. */
function rootOf(slopeAt: (beta: number) => Slope, least: number, most: number): number {
  let [low, high] = [least, most];
  let beta = 1;
  let step = most - least;
  while (Math.abs(step) > 1e-12 * beta) {
    const { slope, curvature } = slopeAt(beta);
    if (slope < 0) low = beta;
    else high = beta;
    const newton = slope / curvature;
    const isGood = beta - newton > low && beta - newton < high && Math.abs(newton) < Math.abs(step) / 2;
    step = isGood ? newton : beta - (low + high) / 2;
    beta -= step;
  }
  return beta;
}

/**
 * The probabilities at a temperature, in the layout of the logits: softmax(logits / T), or sigmoid(logits / T) of one a sample.
 *
 * @param perSample logits of a sample: the number of classes, or 1.
 * @throws RangeError when the temperature is not above 0.
 */
export function probabilitiesAt(temperature: number, logits: ArrayLike<number>, perSample: number): Float32Array {
  if (!(temperature > 0 && temperature < Number.POSITIVE_INFINITY)) {
    throw new RangeError(`the temperature is ${temperature}; expected a number above 0`);
  }
  const result = new Float32Array(logits.length);
  const row = new Float64Array(Math.max(2, perSample));
  for (let sample = 0; sample * perSample < logits.length; sample++) {
    softmaxInto(row, logits, sample, perSample, 1 / temperature);
    result.set(perSample === 1 ? row.subarray(1) : row, sample * perSample);
  }
  return result;
}

/**
 * Logits that give these probabilities, for models that end in a softmax or a sigmoid: log p, or log p / (1 − p) of one a sample. They
 * differ from the model's own by a number for each sample, which no temperature notices. Probabilities that float32 rounded
 * to 0 count as its smallest number, those that it rounded to 1 as half a rounding away.
 *
 * @param perSample probabilities of a sample: the number of classes, or 1.
 */
export function logitsOf(probabilities: ArrayLike<number>, perSample: number): Float64Array {
  return Float64Array.from(probabilities, (probability) => {
    const log = Math.log(Math.max(2 ** -126, probability));
    return perSample === 1 ? log - Math.log(Math.max(HALF_A_ROUNDING, 1 - probability)) : log;
  });
}

interface Slope {
  readonly slope: number;
  readonly curvature: number;
}

/** @param certainty the target of a sample's label, by class; the other classes share the rest. */
function slopeOfLogLoss(
  labels: ClassNumbers,
  logits: ArrayLike<number>,
  { width, certainty }: { readonly width: number; readonly certainty: Float64Array },
  beta: number,
): Slope {
  let [slope, curvature] = [0, 0];
  const row = new Float64Array(Math.max(2, width));
  for (let sample = 0; sample < labels.length; sample++) {
    softmaxInto(row, logits, sample, width, beta);
    const label = labels[sample] as number;
    const sure = certainty[label] as number;
    let [mean, square, wanted] = [0, 0, 0];
    for (let index = 0; index < row.length; index++) {
      const logit = logitAt(logits, sample, width, index);
      mean += (row[index] as number) * logit;
      square += (row[index] as number) * logit * logit;
      wanted += (index === label ? sure : (1 - sure) / (row.length - 1)) * logit;
    }
    slope += mean - wanted;
    curvature += square - mean * mean;
  }
  return { slope, curvature };
}

/** Of one logit a sample, that of class 0 is 0. */
function logitAt(logits: ArrayLike<number>, sample: number, width: number, index: number): number {
  if (width > 1) return logits[sample * width + index] as number;
  return index === 1 ? (logits[sample] as number) : 0;
}

function softmaxInto(row: Float64Array, logits: ArrayLike<number>, sample: number, width: number, beta: number): void {
  let largest = Number.NEGATIVE_INFINITY;
  for (let index = 0; index < row.length; index++) {
    largest = Math.max(largest, beta * logitAt(logits, sample, width, index));
  }
  let sum = 0;
  for (let index = 0; index < row.length; index++) {
    const power = Math.exp(beta * logitAt(logits, sample, width, index) - largest);
    row[index] = power;
    sum += power;
  }
  for (let index = 0; index < row.length; index++) row[index] = (row[index] as number) / sum;
}

function checkFinite(logits: ArrayLike<number>, width: number): void {
  for (let place = 0; place < logits.length; place++) {
    if (Number.isFinite(logits[place])) continue;
    throw new RangeError(
      `the logits of sample ${Math.floor(place / width)} hold ${logits[place]}; expected finite numbers`,
    );
  }
}
