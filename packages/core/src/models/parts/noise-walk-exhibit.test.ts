import { expect, test } from "vitest";
import { sphericalMean } from "./noise-walk-exhibit.ts";

test("between codes of one length, all are of that length", () => {
  const [a, b] = [Float32Array.of(3, 0, 4), Float32Array.of(0, 5, 0)];
  expect([...sphericalMean(a, b, 0)]).toEqual([3, 0, 4]);
  expect([...sphericalMean(a, b, 1)].map((value) => Math.round(value * 1e6) / 1e6)).toEqual([0, 5, 0]);
  for (const t of [0.25, 0.5, 0.9]) expect(Math.hypot(...sphericalMean(a, b, t))).toBeCloseTo(5, 5);
  // Half-way between directions at right angles, both count by √½.
  expect(sphericalMean(a, b, 0.5)[1]).toBeCloseTo(5 * Math.SQRT1_2, 5);
});

test("parallel codes are joined by a straight line", () => {
  expect([...sphericalMean(Float32Array.of(1, 2), Float32Array.of(2, 4), 0.5)]).toEqual([1.5, 3]);
  expect([...sphericalMean(Float32Array.of(1), Float32Array.of(-1), 0.5)].every(Number.isFinite)).toBe(true);
});
