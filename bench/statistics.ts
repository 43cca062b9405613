/** The few statistics the report needs. */

/** The middle value, or the mean of the two middle ones. */
export function median(values: readonly number[]): number {
  if (values.length === 0) throw new Error("the median of no values is not defined");
  const sorted = values.toSorted((a, b) => a - b);
  const upper = Math.floor(sorted.length / 2);
  const lower = Math.ceil(sorted.length / 2) - 1;
  return ((sorted[lower] as number) + (sorted[upper] as number)) / 2;
}

/**
 * How many times b's value a's is. Where both have every round, the median of a[i] / b[i], which compares what the two did
 * at the same time. A slow peer has fewer rounds, too few to judge single ones by: then the ratio of the medians.
 */
export function medianRatio(a: readonly number[], b: readonly number[]): number {
  if (a.length !== b.length) return median(a) / median(b);
  return median(a.map((value, round) => value / (b[round] as number)));
}
