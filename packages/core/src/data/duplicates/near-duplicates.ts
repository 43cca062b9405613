import { DisjointSets } from "./disjoint-sets.ts";
import { forEachNearPair } from "./near-pairs.ts";
import type { PerceptualHash } from "./perceptual-hash.ts";

/**
 * Groups of hashes that differ in `maxDistance` bits at most, directly or by way of others in between. Hashes without a near one
 * are in no group. 100,000 hashes of photographs take seconds.
 *
 * @returns the groups by their first members, each as ascending indices into `hashes`.
 * @throws DatasetError when the distance is no whole number from 0 to 64.
 */
export function nearDuplicates(hashes: readonly PerceptualHash[], maxDistance: number): number[][] {
  const sets = new DisjointSets(hashes.length);
  // Equal hashes are one: thousands of them would be millions of pairs.
  const firsts = new Map<string, number>();
  for (const [index, hash] of hashes.entries()) {
    const first = firsts.get(hash.join());
    if (first === undefined) firsts.set(hash.join(), index);
    else sets.join(first, index);
  }
  const distinct = [...firsts.values()];
  const at = (index: number): number => distinct[index] as number;
  forEachNearPair(
    distinct.map((index) => hashes[index] as PerceptualHash),
    maxDistance,
    (one, other) => sets.join(at(one), at(other)),
  );
  return sets.groups();
}
