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
  const [straight, ranked] = [values.map(comparable), values.map((all) => comparable(ranksOf(all)))];
  const found: CorrelatedPair[] = [];
  for (let one = 0; one < some.length; one++) {
    for (let other = one + 1; other < some.length; other++) {
      const pearson = compare(straight[one] as Comparable, straight[other] as Comparable);
      const spearman = compare(ranked[one] as Comparable, ranked[other] as Comparable);
      if (Math.abs(pearson) < NEAR_PERFECT && Math.abs(spearman) < NEAR_PERFECT) continue;
      found.push({ one: some[one]?.name ?? "", other: some[other]?.name ?? "", pearson, spearman });
    }
  }
  return found.toSorted((a, b) => strength(b) - strength(a));
}

function strength({ pearson, spearman }: CorrelatedPair): number {
  return Math.max(Math.abs(pearson), Math.abs(spearman));
}

interface Comparable {
  readonly values: Float64Array;
  /** Where no value is missing: differences from the mean, of length 1. */
  readonly direction: Float64Array | undefined;
}

function comparable(values: Float64Array): Comparable {
  const mean = values.reduce((sum, value) => sum + value / values.length, 0);
  const difference = values.map((value) => value - mean);
  const length = Math.hypot(...chunkLengths(difference));
  const isWhole = length > 0 && length < Infinity && values.length >= FEWEST_ROWS;
  return { values, direction: isWhole ? difference.map((value) => value / length) : undefined };
}

/** The lengths of parts of a vector, each of few enough numbers to be arguments. */
function chunkLengths(vector: Float64Array): number[] {
  return Array.from({ length: Math.ceil(vector.length / 1024) }, (_, part) =>
    Math.hypot(...vector.subarray(1024 * part, 1024 * (part + 1))),
  );
}

function compare(one: Comparable, other: Comparable): number {
  if (one.direction === undefined || other.direction === undefined) return correlation(one.values, other.values);
  const [a, b] = [one.direction, other.direction];
  let product = 0;
  for (let row = 0; row < a.length; row++) product += (a[row] as number) * (b[row] as number);
  return Math.max(-1, Math.min(1, product));
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
