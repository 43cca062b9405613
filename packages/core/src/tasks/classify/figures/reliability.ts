/** Whether probabilities mean what they say: of the samples with 0.8, do 80 % have it? */
import { checkCount, checkClasses, checkProbabilities } from "./check-samples.ts";
import type { ClassNumbers } from "./check-samples.ts";
import { bothClasses, predictedClasses } from "./predicted-classes.ts";
import { quantile } from "./quantile.ts";

/** Samples with probabilities in a range. */
export interface ReliabilityBin {
  /** Probabilities above this (in the first bin, from this on) … */
  readonly low: number;
  /** … up to this. */
  readonly high: number;
  readonly count: number;
  /** Their mean probability. */
  readonly probability: number;
  /** The share of them that it came true for. */
  readonly frequency: number;
}

export interface ReliabilityOptions {
  /** 10 unless given; 15 in Guo et al. */
  readonly bins?: number;
  /** Whether bins are equally wide, or hold equally many samples (as far as equal probabilities allow); `width` unless given. */
  readonly equal?: "width" | "count";
}

export interface Reliability {
  /** Those that have samples, in order. */
  readonly bins: readonly ReliabilityBin[];
  /**
   * The expected calibration error: how far probability and frequency are apart, averaged over samples (C. Guo et al.: On calibration of
   * modern neural networks, 2017, eq. 3).
   */
  readonly expectedCalibrationError: number;
  /** How far they are apart in the worst bin (there, eq. 5). */
  readonly maximumCalibrationError: number;
}

/**
 * Compares probabilities with how often they came true, as scikit-learn's `calibration_curve`.
 *
 * @param outcomes 1 where it came true, else 0.
 * @param probabilities that it does.
 * @throws RangeError when there are not as many of both, or an option is out of range.
 */
export function reliability(
  outcomes: ClassNumbers,
  probabilities: ArrayLike<number>,
  { bins = 10, equal = "width" }: ReliabilityOptions = {},
): Reliability {
  checkCount(outcomes, probabilities.length, "probabilities");
  checkProbabilities(outcomes, probabilities, 2);
  if (!Number.isInteger(bins) || bins < 1) throw new RangeError(`${bins} bins came; expected a whole number from 1 on`);
  const edges = EDGES[equal](bins, probabilities);
  // What lies on an edge between two bins belongs to the lower one.
  const inner = edges.slice(1, -1);
  const sums = Array.from({ length: bins }, () => ({ count: 0, probability: 0, hits: 0 }));
  for (let sample = 0; sample < outcomes.length; sample++) {
    const probability = probabilities[sample] as number;
    const place = inner.findIndex((edge) => probability <= edge);
    const sum = sums[place === -1 ? bins - 1 : place] as (typeof sums)[number];
    sum.count++;
    sum.probability += probability;
    sum.hits += outcomes[sample] as number;
  }
  const filled = sums.flatMap(({ count, probability, hits }, index): ReliabilityBin[] =>
    count === 0
      ? []
      : [
          {
            low: edges[index] as number,
            high: edges[index + 1] as number,
            count,
            probability: probability / count,
            frequency: hits / count,
          },
        ],
  );
  const gap = ({ probability, frequency }: ReliabilityBin): number => Math.abs(probability - frequency);
  return {
    bins: filled,
    expectedCalibrationError: filled.reduce((sum, bin) => sum + gap(bin) * bin.count, 0) / outcomes.length,
    maximumCalibrationError: filled.reduce((most, bin) => Math.max(most, gap(bin)), 0),
  };
}

/**
 * The reliability of the classes that a classifier decides for: how sure it is of them, and how often they are right (Guo et al., section 2).
 *
 * @param probabilities `numClasses` for each sample, or one, that of class 1, where there are two classes.
 */
export function confidenceReliability(
  labels: ClassNumbers,
  probabilities: ArrayLike<number>,
  numClasses: number,
  options: ReliabilityOptions = {},
): Reliability {
  checkClasses("labels", labels, numClasses);
  const width = checkProbabilities(labels, probabilities, numClasses);
  const all = width === 1 ? bothClasses(probabilities) : probabilities;
  const decided = predictedClasses(all, numClasses);
  return reliability(
    Uint8Array.from(decided, (own, sample) => (own === labels[sample] ? 1 : 0)),
    Float64Array.from(decided, (own, sample) => all[sample * numClasses + own] as number),
    options,
  );
}

type Edges = (bins: number, probabilities: ArrayLike<number>) => readonly number[];

const EDGES: Readonly<Record<"width" | "count", Edges>> = {
  width: (bins) => Array.from({ length: bins + 1 }, (_, edge) => edge / bins),
  count(bins, probabilities) {
    const sorted = Float64Array.from(probabilities).toSorted();
    return Array.from({ length: bins + 1 }, (_, edge) => quantile(sorted, edge / bins));
  },
};
