/** Figures of several seeds. */

export interface Spread {
  readonly mean: number;
  /** The standard deviation of the sample; 0 of one value. */
  readonly deviation: number;
}

/** 97.5 % of Student's t distribution lie below, for 1, 2, 3 … degrees of freedom. */
const STUDENT = [12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262];

/** @throws Error when there are no values. */
export function spreadOf(values: readonly number[]): Spread {
  if (values.length === 0) throw new Error("no values have no mean");
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, deviation: values.length === 1 ? 0 : Math.sqrt(squares / (values.length - 1)) };
}

export interface Gain {
  readonly value: number;
  /** The ends of the 95 % interval. */
  readonly low: number;
  readonly high: number;
}

/**
 * How much larger `values` are than `others`, which come from the same seeds in the same order: the mean difference d̄ with the 95 % interval
 * of Student's paired test, d̄ ± t · s / √n.
 *
 * @throws Error when they are not of 2 to 10 seeds.
 */
export function gainOf(values: readonly number[], others: readonly number[]): Gain {
  const degrees = values.length - 1;
  const quantile = STUDENT[degrees - 1];
  if (quantile === undefined || values.length !== others.length) {
    throw new Error(`a gain is that of 2 to 10 seeds, both ways; ${values.length} and ${others.length} came`);
  }
  const { mean, deviation } = spreadOf(values.map((value, index) => value - (others[index] as number)));
  const half = (quantile * deviation) / Math.sqrt(values.length);
  return { value: mean, low: mean - half, high: mean + half };
}
