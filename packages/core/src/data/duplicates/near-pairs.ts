/**
 * Finds the pairs of hashes that differ in few bits, without comparing all with all: multi-index hashing (M. Norouzi, A. Punjani,
 * D. Fleet, "Fast Search in Hamming Space with Multi-Index Hashing", CVPR 2012). The 64 bits are four bands of 16. Hashes that
 * differ in D bits at most differ in r₀ = ⌊D/4⌋ at most in the first band, or in r₁ = ⌊(D − 1)/4⌋ at most in the second, and so
 * on: otherwise they would differ in Σ (r + 1) = D + 1. So each hash is compared only with those of a similar band.
 */
import { DatasetError } from "../dataset.ts";
import { countBits, hammingDistance } from "./perceptual-hash.ts";
import type { PerceptualHash } from "./perceptual-hash.ts";

const BANDS = 4;
const BAND_BITS = 16;
const BAND_VALUES = 2 ** BAND_BITS;

/** The hashes of a band, ordered by its value: those of value v are `hashes` from `starts[v]` up to `starts[v + 1]`, ascending. */
interface Band {
  readonly values: Uint16Array;
  readonly starts: Uint32Array;
  readonly hashes: Uint32Array;
  /** What a value is combined with to reach all similar ones. */
  readonly flips: readonly number[];
  readonly radius: number;
}

/**
 * Calls `visit` once for each pair of hashes that differ in `maxDistance` bits at most, the larger index first.
 *
 * @throws DatasetError when the distance is no whole number from 0 to 64.
 */
export function forEachNearPair(
  hashes: readonly PerceptualHash[],
  maxDistance: number,
  visit: (one: number, other: number, distance: number) => void,
): void {
  if (!Number.isInteger(maxDistance) || maxDistance < 0 || maxDistance > 64) {
    throw new DatasetError(
      `${maxDistance} came as the most bits that hashes may differ in; expected a whole number from 0 to 64`,
    );
  }
  const radii = Array.from({ length: BANDS }, (_, band) => Math.floor((maxDistance - band) / BANDS));
  const probes = radii.reduce((sum, radius) => sum + countFlips(radius), 0);
  if (probes >= hashes.length) visitAll(hashes, maxDistance, visit);
  else visitSimilar(hashes, radii, maxDistance, visit);
}

function visitAll(
  hashes: readonly PerceptualHash[],
  maxDistance: number,
  visit: (one: number, other: number, distance: number) => void,
): void {
  for (const [one, hash] of hashes.entries()) {
    for (let other = 0; other < one; other++) {
      const distance = hammingDistance(hash, hashes[other] as PerceptualHash);
      if (distance <= maxDistance) visit(one, other, distance);
    }
  }
}

function visitSimilar(
  hashes: readonly PerceptualHash[],
  radii: readonly number[],
  maxDistance: number,
  visit: (one: number, other: number, distance: number) => void,
): void {
  const words = Uint32Array.from(hashes.flat());
  const bands = radii.map((radius, band) => makeBand(words, band, radius));

  function visitBucket(one: number, bandNumber: number, value: number): void {
    const band = bands[bandNumber] as Band;
    const end = band.starts[value + 1] as number;
    for (let at = band.starts[value] as number; at < end; at++) {
      const other = band.hashes[at] as number;
      if (other >= one) return;
      const distance =
        countBits((words[2 * one] as number) ^ (words[2 * other] as number)) +
        countBits((words[2 * one + 1] as number) ^ (words[2 * other + 1] as number));
      if (distance <= maxDistance && !foundBefore(one, other, bandNumber)) visit(one, other, distance);
    }
  }

  /** Whether the pair has been met in an earlier band. */
  function foundBefore(one: number, other: number, bandNumber: number): boolean {
    for (let earlier = 0; earlier < bandNumber; earlier++) {
      const { values, radius } = bands[earlier] as Band;
      if (countBits((values[one] as number) ^ (values[other] as number)) <= radius) return true;
    }
    return false;
  }

  for (let one = 0; one < hashes.length; one++) {
    for (const [bandNumber, { values, flips }] of bands.entries()) {
      for (const flip of flips) visitBucket(one, bandNumber, (values[one] as number) ^ flip);
    }
  }
}

function makeBand(words: Uint32Array, band: number, radius: number): Band {
  const count = words.length / 2;
  const values = Uint16Array.from(
    { length: count },
    (_, hash) => (words[2 * hash + (band >> 1)] as number) >>> (16 * (band & 1)),
  );
  const starts = new Uint32Array(BAND_VALUES + 1);
  for (const value of values) starts[value + 1] = (starts[value + 1] as number) + 1;
  for (let value = 0; value < BAND_VALUES; value++) {
    starts[value + 1] = (starts[value + 1] as number) + (starts[value] as number);
  }
  const next = starts.slice();
  const hashes = new Uint32Array(count);
  values.forEach((value, hash) => {
    const place = next[value] as number;
    next[value] = place + 1;
    hashes[place] = hash;
  });
  return { values, starts, hashes, flips: flipsWithin(radius), radius };
}

/** All words of 16 bits with `radius` bits set at most. */
function flipsWithin(radius: number): number[] {
  return Array.from({ length: BAND_VALUES }, (_, flip) => flip).filter((flip) => countBits(flip) <= radius);
}

/** How many those are: Σ C(16, k). */
function countFlips(radius: number): number {
  let [sum, ways] = [0, 1];
  for (let bits = 0; bits <= radius; bits++) {
    sum += ways;
    ways = (ways * (BAND_BITS - bits)) / (bits + 1);
  }
  return sum;
}
