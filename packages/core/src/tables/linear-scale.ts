import { LARGEST_FEATURE } from "./linear-feature.ts";
import type { LinearScale, Scaling } from "./preprocessing.ts";
import type { Spread } from "./statistics.ts";

/** What a scaling takes as the centre, and what it divides by: the first that is above 0 and finite. */
const SCALES: Readonly<
  Record<Exclude<Scaling, "none">, (spread: Spread) => { readonly centre: number; readonly scales: number[] }>
> = {
  standard: ({ mean, std }) => ({ centre: mean, scales: [std] }),
  minmax: ({ min }) => ({ centre: min, scales: [] }),
  // Where most values are the same, the quartiles are too, and say nothing of the others.
  robust: ({ q1, median, q3, std }) => ({ centre: median, scales: [q3 - q1, std] }),
};

/** How a column is scaled; undefined where its range is too large for numbers to express, or nothing. */
export function linearScale(spread: Spread, scaling: Scaling): LinearScale | undefined {
  if (scaling === "none") {
    const most = Math.max(Math.abs(spread.min), Math.abs(spread.max));
    return most <= LARGEST_FEATURE ? { centre: 0, scale: 1 } : undefined;
  }
  const { centre, scales } = SCALES[scaling](spread);
  const scale = [...scales, spread.max - spread.min].find((candidate) => candidate > 0 && candidate < Infinity);
  return scale === undefined || !Number.isFinite(centre) ? undefined : { centre, scale };
}

/** Whether values differ by no more than rounding. */
export function isConstant({ min, max }: Spread): boolean {
  return max - min <= 16 * Number.EPSILON * Math.max(Math.abs(min), Math.abs(max));
}
