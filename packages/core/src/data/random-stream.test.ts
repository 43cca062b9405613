import { describe, expect, it } from "vitest";
import { RandomStream } from "./random-stream.ts";

const draw = (stream: RandomStream, count: number): number[] => Array.from({ length: count }, () => stream.uint32());

describe("RandomStream", () => {
  it("gives the same numbers for the same seed and stream, whatever the machine", () => {
    expect(draw(new RandomStream(1, 2), 3)).toEqual(draw(new RandomStream(1, 2), 3));
    expect(draw(new RandomStream(0), 3)).toEqual([1363572419, 145230303, 808754475]);
  });

  it("gives other numbers for another seed or stream, up to the largest", () => {
    const firsts = [
      ...[0, 1, 2 ** 31, 2 ** 32, 2 ** 32 + 1, Number.MAX_SAFE_INTEGER].map((seed) => new RandomStream(seed).uint32()),
      ...[1, 2, 2 ** 31, 2 ** 32 - 1].map((stream) => new RandomStream(0, stream).uint32()),
    ];
    expect(new Set(firsts).size).toBe(firsts.length);
  });

  it("is uniform", () => {
    const random = new RandomStream(5);
    const count = 100_000;
    const values = Array.from({ length: count }, () => random.uniform(-1, 3));
    expect(Math.min(...values.slice(0, 1000))).toBeGreaterThanOrEqual(-1);
    const mean = values.reduce((sum, value) => sum + value, 0) / count;
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / count;
    // Standard error of the mean: 4/√12/√100,000 = 0.0037.
    expect(Math.abs(mean - 1)).toBeLessThan(0.015);
    expect(Math.abs(variance - 16 / 12)).toBeLessThan(0.02);
    const counts = new Array<number>(7).fill(0);
    for (let i = 0; i < 70_000; i++) {
      const side = random.integer(7);
      counts[side] = (counts[side] ?? 0) + 1;
    }
    // Standard deviation of a count: √(70,000 · 6/49) = 93.
    for (const side of counts) expect(Math.abs(side - 10_000)).toBeLessThan(400);
    const heads = Array.from({ length: 10_000 }, () => random.chance(0.3)).filter(Boolean).length;
    expect(Math.abs(heads - 3000)).toBeLessThan(200);
  });

  it("shuffles into every order equally often", () => {
    const random = new RandomStream(9);
    const orders = new Map<string, number>();
    for (let i = 0; i < 6000; i++) {
      const values = [0, 1, 2];
      random.shuffle(values);
      orders.set(values.join(""), (orders.get(values.join("")) ?? 0) + 1);
    }
    expect(orders.size).toBe(6);
    for (const times of orders.values()) expect(Math.abs(times - 1000)).toBeLessThan(150);
  });

  it("refuses seeds that are no natural numbers", () => {
    expect(() => new RandomStream(-1)).toThrow(/seed must be an integer from 0 to 9007199254740991; -1 came/);
    expect(() => new RandomStream(0.5)).toThrow(/0.5 came/);
    expect(() => new RandomStream(0, 2 ** 32)).toThrow(/stream must be an integer from 0 to 4294967295/);
  });
});
