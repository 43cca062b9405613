/** Columns of numbers that say nearly the same. */
import type { tables } from "@sandglass/core";
import { ranksOf } from "./ranks.ts";

export interface CorrelatedPair {
  readonly one: string;
  readonly other: string;
  /** Of the values: 1 and −1 where one follows from the other by a straight line. */
  readonly pearson: number;
  /** Of the ranks (C. Spearman, 1904): 1 and −1 where one grows, or falls, whenever the other grows. */
  readonly spearman: number;
}

/** From this strength on, of either sign. */
export const NEAR_PERFECT = 0.98;
/** With fewer rows in which both have values anything may correlate. */
const FEWEST_ROWS = 20;
/** Products that are computed. */
const MOST_PRODUCTS = 4e8;
const MOST_COLUMNS = 400;

/** The pairs of columns that are nearly perfectly correlated, the strongest first. Of wide tables fewer rows are looked at. */
export function findCorrelatedPairs(columns: readonly tables.NumberColumn[]): readonly CorrelatedPair[] {
  const some = columns.slice(0, MOST_COLUMNS);
  const pairs = (some.length * (some.length - 1)) / 2;
  const rows = Math.floor(MOST_PRODUCTS / Math.max(1, pairs));
  const values = some.map(({ values: all }) => all.subarray(0, rows));
  const ranks = values.map(ranksOf);
  const found: CorrelatedPair[] = [];
  for (let one = 0; one < some.length; one++) {
    for (let other = one + 1; other < some.length; other++) {
      const pearson = correlation(values[one] as Float64Array, values[other] as Float64Array);
      const spearman = correlation(ranks[one] as Float64Array, ranks[other] as Float64Array);
      if (Math.abs(pearson) < NEAR_PERFECT && Math.abs(spearman) < NEAR_PERFECT) continue;
      found.push({ one: some[one]?.name ?? "", other: some[other]?.name ?? "", pearson, spearman });
    }
  }
  return found.toSorted((a, b) => strength(b) - strength(a));
}

function strength({ pearson, spearman }: CorrelatedPair): number {
  return Math.max(Math.abs(pearson), Math.abs(spearman));
}

/** Pearson's, over the rows in which both have a value; 0 where there are too few of them, or one is always the same. */
export function correlation(one: Float64Array, other: Float64Array): number {
  let [count, meanA, meanB, squareA, squareB, product] = [0, 0, 0, 0, 0, 0];
  for (let row = 0; row < one.length; row++) {
    const [a, b] = [one[row] as number, other[row] as number];
    // A comparison with NaN is false.
    if (!(a - b < Infinity && a - b > -Infinity)) continue;
    count++;
    // The means so far, and the sums of squared differences from them (B. Welford, 1962): large means leave digits for small differences.
    const [fromA, fromB] = [a - meanA, b - meanB];
    meanA += fromA / count;
    meanB += fromB / count;
    squareA += fromA * (a - meanA);
    squareB += fromB * (b - meanB);
    product += fromA * (b - meanB);
  }
  if (count < FEWEST_ROWS || squareA === 0 || squareB === 0) return 0;
  const value = product / Math.sqrt(squareA) / Math.sqrt(squareB);
  return Number.isFinite(value) ? Math.max(-1, Math.min(1, value)) : 0;
}
