import { afterEach, describe, expect, test } from "vitest";
import { normalQuantile } from "./normal-quantile.ts";
import { permutation } from "./permutation.ts";
import { RandomBits } from "./random-bits.ts";
import { nextStream, sessionSeed, setRandomSeed } from "./session-seed.ts";

describe("RandomBits", () => {
  test("a value depends on seed, stream and index only, not on the order of reading", () => {
    const forwards = new RandomBits(7, 3);
    const backwards = new RandomBits(7, 3);
    const indices = [0, 1, 2, 3, 4, 5, 6, 7, 8];
    const read = indices.map((index) => forwards.word(index));
    expect(indices.toReversed().map((index) => backwards.word(index))).toEqual(read.toReversed());
    expect(new Set(read).size).toBe(indices.length);
    expect(new RandomBits(8, 3).word(0)).not.toBe(read[0]);
    expect(new RandomBits(7 + 2 ** 32, 3).word(0)).not.toBe(read[0]);
    expect(new RandomBits(7, 4).word(0)).not.toBe(read[0]);
  });

  test("refuses seeds that are no natural numbers", () => {
    expect(() => new RandomBits(-1)).toThrow("the seed must be an integer from 0 to 9007199254740991; -1 came");
    expect(() => new RandomBits(0.5)).toThrow("0.5 came");
  });
});

describe("normalQuantile", () => {
  // Computed by Python's statistics.NormalDist().inv_cdf.
  test.each([
    [0.5, 0],
    [0.75, 0.6744897501960817],
    [0.05, -1.6448536269514729],
    [0.975, 1.9599639845400536],
    [1e-5, -4.264890793922825],
    [1e-12, -7.034483825301132],
    [0.9999999, 5.199337582290661],
  ])("of %d is %d", (probability, expected) => {
    expect(normalQuantile(probability)).toBeCloseTo(expected, 13);
  });
});

describe("permutation", () => {
  test("holds every number once, and follows seed and stream", () => {
    const order = permutation(1000, 5, 2);
    expect(order.toSorted()).toEqual(Uint32Array.from({ length: 1000 }, (_, index) => index));
    expect(order).toEqual(permutation(1000, 5, 2));
    expect(order).not.toEqual(permutation(1000, 5, 3));
    expect(order).not.toEqual(permutation(1000, 6, 2));
  });

  test("puts each of the six orders of three numbers first about equally often", () => {
    const counts = new Map<string, number>();
    for (let stream = 0; stream < 6000; stream++) {
      const order = permutation(3, 1, stream).join("");
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    expect(counts.size).toBe(6);
    // Binomial with mean 1000 and standard deviation 29.
    for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(120);
  });

  test("of nothing and of one", () => {
    expect(permutation(0, 1, 0)).toEqual(new Uint32Array(0));
    expect(permutation(1, 1, 0)).toEqual(Uint32Array.of(0));
  });
});

describe("setRandomSeed", () => {
  afterEach(() => setRandomSeed(0));

  test("starts the streams again", () => {
    setRandomSeed(42);
    expect([nextStream(), nextStream()]).toEqual([0, 1]);
    setRandomSeed(42);
    expect(nextStream()).toBe(0);
    expect(sessionSeed()).toBe(42);
    expect(() => setRandomSeed(Number.NaN)).toThrow("NaN came");
  });
});
