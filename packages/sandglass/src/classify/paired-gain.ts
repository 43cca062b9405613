/** How much better one classifier is than another, over the same samples. */

/** 95 % of a normal distribution lie so many deviations around its mean. */
const DEVIATIONS = 1.96;

/**
 * The difference of two accuracies over the same n samples with its 95 % interval. With b samples that the first alone gets right and c that
 * the second alone does:
 *
 *     (b − c) / n ± 1.96 √(b + c − (b − c)² / n) / n
 *
 * Source: A. Agresti: Categorical data analysis, 2002, section 10.1.1.
 */
export function pairedGain(
  first: readonly boolean[],
  second: readonly boolean[],
): { readonly value: number; readonly low: number; readonly high: number } {
  const n = first.length;
  const only = (these: readonly boolean[], those: readonly boolean[]): number =>
    these.filter((right, index) => right && those[index] !== true).length;
  const [b, c] = [only(first, second), only(second, first)];
  const value = (b - c) / n;
  const half = (DEVIATIONS * Math.sqrt(b + c - (b - c) ** 2 / n)) / n;
  return { value, low: value - half, high: value + half };
}
