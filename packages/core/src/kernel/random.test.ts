import { describe, expect, it } from "vitest";
import { philoxReference } from "./philox-reference.ts";
import type { Words } from "./philox-reference.ts";
import { philox, toNormal, toUniform } from "./random.ts";
import { mapLanes } from "./testing/map-lanes.ts";
import type { LaneMap } from "./testing/map-lanes.ts";
import { MULTIPLY_ADDS } from "./testing/run-kernel.ts";
import { worstError } from "./testing/ulp-error.ts";

/** The published answers of philox4x32-10: Random123, kat_vectors. */
const knownAnswers: readonly { counter: Words; key: readonly [number, number]; bits: Words }[] = [
  {
    counter: [0, 0, 0, 0],
    key: [0, 0],
    bits: [0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8],
  },
  {
    counter: [0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff],
    key: [0xffffffff, 0xffffffff],
    bits: [0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd],
  },
  {
    counter: [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344],
    key: [0xa4093822, 0x299f31d0],
    bits: [0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1],
  },
];

/** The words of an operand or result. */
const words = (array: Float32Array | undefined): Uint32Array =>
  array === undefined ? new Uint32Array() : new Uint32Array(array.buffer, array.byteOffset, array.length);

const philoxMap = (length: number): LaneMap =>
  mapLanes(length, 6, (k, c0, c1, c2, c3, k0, k1) => philox(k, [c0, c1, c2, c3], [k0, k1]));

/** 2 × `length` random words: those of the counters (i, 0, 0, 0) under one key. */
function randomBits(length: number): readonly [Uint32Array, Uint32Array] {
  const bits = Array.from({ length }, (_, i) => philoxReference([i, 0, 0, 0], [20240607, 1]));
  return [Uint32Array.from(bits, ([a]) => a), Uint32Array.from(bits, ([, b]) => b)];
}

describe("philox", () => {
  it.each(knownAnswers)("gives the published bits for counter $counter", ({ counter, key, bits }) => {
    expect(philoxReference(counter, key)).toEqual(bits);
    // The other lanes hold other counters: none may look at its neighbour.
    const map = philoxMap(4);
    for (const [i, word] of [...counter, ...key].entries()) words(map.operands[i]).set([word, i, word ^ 1, ~word]);
    map.run();
    expect(map.results.map((result) => words(result)[0])).toEqual(bits);
  });

  it("gives the reference's bits in every lane", () => {
    const length = 64;
    const map = philoxMap(length);
    const input = (i: number, lane: number): number => Math.imul(lane * 6 + i + 1, 0x9e3779b1) >>> 0;
    for (const [i, operand] of map.operands.entries())
      words(operand).set(Array.from({ length }, (_, j) => input(i, j)));
    map.run();
    for (let lane = 0; lane < length; lane++) {
      const [c0 = 0, c1 = 0, c2 = 0, c3 = 0, k0 = 0, k1 = 0] = map.operands.map((operand) => words(operand)[lane]);
      const expected = philoxReference([c0, c1, c2, c3], [k0, k1]);
      expect(map.results.map((result) => words(result)[lane])).toEqual(expected);
    }
  });

  it("takes integers as JavaScript writes them, negative or not", () => {
    expect(philoxReference([-1, -1, -1, -1], [-1, -1])).toEqual(knownAnswers[1]?.bits);
  });
});

describe("toUniform", () => {
  it("takes the upper 24 bits as a fraction", () => {
    const map = mapLanes(4, 1, (_, bits) => [toUniform(bits)]);
    words(map.operands[0]).set([0, 0xff, 0x80000000, 0xffffffff]);
    map.run();
    expect([...(map.results[0] ?? [])]).toEqual([0, 0, 0.5, 1 - 2 ** -24]);
  });
});

describe("toNormal", () => {
  const length = 2 ** 16;
  const [bitsA, bitsB] = randomBits(length);

  function normals(relaxed: boolean): readonly [Float32Array, Float32Array] {
    const map = mapLanes(length, 2, (k, a, b) => toNormal(k, a, b), relaxed);
    words(map.operands[0]).set(bitsA);
    words(map.operands[1]).set(bitsB);
    map.run();
    return [map.results[0] ?? new Float32Array(), map.results[1] ?? new Float32Array()];
  }

  it.each(MULTIPLY_ADDS)("is Box and Muller's transformation to 5 ulp (relaxed: %s)", (relaxed) => {
    const radius = Float64Array.from(bitsA, (a) => Math.sqrt(-2 * Math.log(((a >>> 8) + 1) / 2 ** 24)));
    const angle = Float64Array.from(bitsB, (b) => (2 * Math.PI * (b >>> 8)) / 2 ** 24);
    const [cosines, sines] = normals(relaxed);
    const expectedCosines = radius.map((r, i) => r * Math.cos(angle[i] ?? 0));
    const expectedSines = radius.map((r, i) => r * Math.sin(angle[i] ?? 0));
    expect(worstError(expectedCosines, cosines, 0).ulps).toBeLessThan(5);
    expect(worstError(expectedSines, sines, 0).ulps).toBeLessThan(5);
  });

  it("has the moments of two independent normal distributions", () => {
    const [x, y] = normals(false);
    const mean = (value: (x: number, y: number) => number): number =>
      x.reduce((sum, _, i) => sum + value(x[i] ?? 0, y[i] ?? 0), 0) / length;
    // Five standard deviations of each mean, √(variance / length).
    const within = (variance: number): number => 5 * Math.sqrt(variance / length);
    expect(Math.abs(mean((a) => a))).toBeLessThan(within(1));
    expect(Math.abs(mean((_, b) => b))).toBeLessThan(within(1));
    expect(Math.abs(mean((a) => a ** 2) - 1)).toBeLessThan(within(2));
    expect(Math.abs(mean((_, b) => b ** 2) - 1)).toBeLessThan(within(2));
    expect(Math.abs(mean((a) => a ** 4) - 3)).toBeLessThan(within(96));
    expect(Math.abs(mean((a, b) => a * b))).toBeLessThan(within(1));
    expect(Math.abs(mean((a, b) => a ** 2 * b ** 2) - 1)).toBeLessThan(within(8));
  });

  it("is finite at the ends of its range", () => {
    const map = mapLanes(4, 2, (k, a, b) => toNormal(k, a, b));
    words(map.operands[0]).set([0, 0xffffffff, 0, 0xffffffff]);
    words(map.operands[1]).set([0, 0, 0x40000000, 0xffffffff]);
    map.run();
    const largest = Math.fround(Math.sqrt(-2 * Math.log(2 ** -24)));
    expect([...(map.results[0] ?? [])].map((value) => value + 0)).toEqual([largest, 0, 0, 0]);
    expect([...(map.results[1] ?? [])].map((value) => value + 0)).toEqual([0, 0, largest, 0]);
  });
});
