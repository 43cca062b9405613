import { describe, expect, it, test } from "vitest";
import { DatasetError } from "../dataset.ts";
import { RandomStream } from "../random-stream.ts";
import { DisjointSets } from "./disjoint-sets.ts";
import { forEachNearPair } from "./near-pairs.ts";
import { nearDuplicates } from "./near-duplicates.ts";
import { nearestPairs } from "./nearest-pairs.ts";
import { hammingDistance, type PerceptualHash } from "./perceptual-hash.ts";

/** Random hashes, a quarter of which are others with up to `flips` bits changed. */
function randomHashes(count: number, flips: number, seed: number): PerceptualHash[] {
  const random = new RandomStream(seed);
  const hashes: [number, number][] = [];
  for (let index = 0; index < count; index++) {
    const model = hashes[random.integer(Math.max(1, index))];
    const hash: [number, number] =
      model !== undefined && random.chance(0.25) ? [...model] : [random.uint32(), random.uint32()];
    for (let flip = random.integer(flips + 1); flip > 0; flip--) {
      const word = random.integer(2);
      hash[word] = ((hash[word] as number) ^ (1 << random.integer(32))) >>> 0;
    }
    hashes.push(hash);
  }
  return hashes;
}

const pairsOf = (hashes: readonly PerceptualHash[], maxDistance: number): string[] => {
  const pairs: string[] = [];
  forEachNearPair(hashes, maxDistance, (one, other, distance) => pairs.push(`${one} ${other} ${distance}`));
  return pairs.toSorted();
};

function bruteForce(hashes: readonly PerceptualHash[], maxDistance: number): string[] {
  const pairs: string[] = [];
  for (const [one, hash] of hashes.entries()) {
    for (const [at, other] of hashes.slice(0, one).entries()) {
      const distance = hammingDistance(hash, other);
      if (distance <= maxDistance) pairs.push(`${one} ${at} ${distance}`);
    }
  }
  return pairs.toSorted();
}

describe("near pairs", () => {
  // 1,500 hashes: up to 12 bits by bands (1,108 probes for each hash), beyond by comparing all.
  test.for([0, 1, 2, 3, 4, 6, 8, 11, 12, 13])("of %d bits are those of all against all, each once", (distance) => {
    const hashes = randomHashes(1500, 18, distance);
    const expected = bruteForce(hashes, distance);
    expect(expected.length).toBeGreaterThan(10);
    expect(pairsOf(hashes, distance)).toEqual(expected);
  });

  it("are all pairs when all bits may differ", () => {
    expect(pairsOf(randomHashes(40, 3, 1), 64).length).toBe((40 * 39) / 2);
  });

  test.for([-1, 65, 1.5, NaN])("%d bits are refused", (distance) => {
    expect(() => forEachNearPair([], distance, () => 0)).toThrow(DatasetError);
    expect(() => forEachNearPair([], distance, () => 0)).toThrow(/expected a whole number from 0 to 64/);
  });
});

describe("nearest pairs", () => {
  const hashes = randomHashes(1500, 12, 5);

  it("are all, the nearest first, when there is room", () => {
    const { pairs, complete } = nearestPairs(hashes, 10, 1e6);
    expect(complete).toBe(true);
    expect(pairs.map(({ one, other, distance }) => `${one} ${other} ${distance}`).toSorted()).toEqual(
      pairsOf(hashes, 10),
    );
    expect(pairs.map(({ distance }) => distance)).toEqual(
      pairs.map(({ distance }) => distance).toSorted((a, b) => a - b),
    );
  });

  it("leave out the farthest where there are too many", () => {
    const all = nearestPairs(hashes, 10, 1e6).pairs;
    const { pairs, complete } = nearestPairs(hashes, 10, 100);
    expect(complete).toBe(false);
    const farthest = pairs.at(-1)?.distance ?? 0;
    expect(pairs.length).toBe(all.filter(({ distance }) => distance <= farthest).length);
    expect(pairs.length).toBeLessThanOrEqual(100);
    expect(all.filter(({ distance }) => distance <= farthest + 1).length).toBeGreaterThan(100);
  });

  it("are some of those that are equally near, where these are too many", () => {
    const equal = Array.from({ length: 50 }, (): PerceptualHash => [7, 9]);
    expect(nearestPairs(equal, 3, 20)).toMatchObject({ complete: false, pairs: { length: 20 } });
  });
});

describe("near duplicates", () => {
  it("are joined by those in between", () => {
    const hashes: PerceptualHash[] = [
      [0, 0],
      [0xffff, 0],
      [0b1, 0],
      [0b111, 0],
      [0xffff, 0],
      [0xf0f0f0f0, 0xf0f0f0f0],
    ];
    expect(nearDuplicates(hashes, 2)).toEqual([
      [0, 2, 3],
      [1, 4],
    ]);
    expect(nearDuplicates(hashes, 0)).toEqual([[1, 4]]);
    expect(nearDuplicates([], 5)).toEqual([]);
  });

  it("are found among 20,000, and among thousands that are equal", () => {
    const hashes = randomHashes(20_000, 6, 8);
    const twins = hashes.map((_, index) => index).filter((index) => index % 1000 === 0);
    const copies = twins
      .map((index) => hashes[index] as PerceptualHash)
      .map(([a, b]): PerceptualHash => [a, (b ^ 0x81) >>> 0]);
    const groupOf = new Map(
      nearDuplicates(
        [...hashes, ...copies, ...Array.from({ length: 20_000 }, (): PerceptualHash => [1, 2])],
        6,
      ).flatMap((group) => group.map((member) => [member, group[0]] as const)),
    );
    for (const [copy, index] of twins.entries()) expect(groupOf.get(20_000 + copy)).toBe(groupOf.get(index));
    expect(groupOf.get(20_020)).toBe(groupOf.get(40_019));
  });
});

test("disjoint sets grow together", () => {
  const sets = new DisjointSets(7);
  for (const [one, other] of [
    [1, 5],
    [2, 3],
    [5, 6],
    [6, 1],
    [3, 2],
  ] as const) {
    sets.join(one, other);
  }
  expect(sets.groups()).toEqual([
    [1, 5, 6],
    [2, 3],
  ]);
  expect(sets.find(0)).toBe(0);
});
