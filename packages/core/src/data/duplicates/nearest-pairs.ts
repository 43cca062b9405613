import { forEachNearPair } from "./near-pairs.ts";
import type { PerceptualHash } from "./perceptual-hash.ts";

/** Two hashes, by index, and in how many bits they differ; `one` is the larger index. */
export interface HashPair {
  readonly one: number;
  readonly other: number;
  readonly distance: number;
}

/** Pairs of near hashes, the nearest first. */
export interface NearestPairs {
  readonly pairs: readonly HashPair[];
  /** False when there are more pairs than could be kept. */
  readonly complete: boolean;
}

/**
 * The pairs of hashes that differ in `maxDistance` bits at most, but no more than `most` of them: where there are more, those that
 * differ in the most bits are left out. Sets whose images all look alike (one camera, one product) have millions.
 *
 * @param isWanted whether a pair is of interest; all are unless given.
 * @throws DatasetError when the distance is no whole number from 0 to 64.
 */
export function nearestPairs(
  hashes: readonly PerceptualHash[],
  maxDistance: number,
  most: number,
  isWanted: (one: number, other: number) => boolean = () => true,
): NearestPairs {
  const byDistance: HashPair[][] = [];
  /** Pairs of this distance and more are left out. */
  let limit = maxDistance + 1;
  let kept = 0;
  let complete = true;
  forEachNearPair(hashes, maxDistance, (one, other, distance) => {
    if (distance >= limit || !isWanted(one, other)) return;
    (byDistance[distance] ??= []).push({ one, other, distance });
    if (++kept <= most) return;
    complete = false;
    const farthest = byDistance.findLastIndex((pairs) => pairs !== undefined);
    const pairs = byDistance[farthest] ?? [];
    if (pairs.length === kept) {
      pairs.pop();
      kept--;
    } else {
      byDistance.length = farthest;
      kept -= pairs.length;
      limit = farthest;
    }
  });
  return { pairs: byDistance.flat(), complete };
}
