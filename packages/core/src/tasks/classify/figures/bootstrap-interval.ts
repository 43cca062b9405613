/** Confidence intervals of anything that can be computed of samples, by drawing them anew. */
import { RandomStream } from "../../../data/random-stream.ts";
import { checkConfidence } from "./proportion.ts";
import type { Interval } from "./proportion.ts";
import { quantile } from "./quantile.ts";

export interface BootstrapOptions {
  /** Decides the draws; 0 unless given. */
  readonly seed?: number;
  /** How many times to draw; 1,000 unless given. */
  readonly draws?: number;
  /** 0.95 unless given. */
  readonly confidence?: number;
}

export interface BootstrapInterval extends Interval {
  /** The figure of the samples as they are. */
  readonly value: number;
  /** Draws of which there was a figure: one without samples of a class may have none. */
  readonly draws: number;
}

/**
 * The percentile interval: between which figures the middle draws lie, where each draws as many samples as there are, with replacement
 * (B. Efron, R. Tibshirani: An introduction to the bootstrap, 1993, section 13.3).
 *
 * @param count how many samples there are.
 * @param figure of the samples of these numbers; NaN where there is none. What is drawn twice comes twice.
 * @throws RangeError when an option is out of range, or no draw has a figure.
 * @example
 * bootstrapInterval(labels.length, (numbers) => {
 *   const at = (values: ArrayLike<number>) => Float64Array.from(numbers, (number) => values[number]);
 *   return matthewsCorrelation(confusionMatrix(at(labels), at(predictions), 2));
 * });
 */
export function bootstrapInterval(
  count: number,
  figure: (numbers: Uint32Array) => number,
  { seed = 0, draws = 1000, confidence = 0.95 }: BootstrapOptions = {},
): BootstrapInterval {
  checkConfidence(confidence);
  for (const [name, value] of Object.entries({ samples: count, draws })) {
    if (Number.isInteger(value) && value > 0) continue;
    throw new RangeError(`a bootstrap of ${value} ${name} was asked for; expected a whole number from 1 on`);
  }
  const figures = Array.from({ length: draws }, (_, draw) => {
    const random = new RandomStream(seed, draw);
    return figure(Uint32Array.from({ length: count }, () => random.integer(count)));
  })
    .filter((value) => !Number.isNaN(value))
    .toSorted((a, b) => a - b);
  if (figures.length === 0) throw new RangeError(`none of ${draws} draws of ${count} samples has a figure`);
  return {
    value: figure(Uint32Array.from({ length: count }, (_, number) => number)),
    low: quantile(figures, (1 - confidence) / 2),
    high: quantile(figures, (1 + confidence) / 2),
    draws: figures.length,
  };
}
