import { expect, test } from "vitest";
import { randomPart } from "./random-part.ts";

test("draws different numbers, in their order, and the same ones for the same seed", () => {
  const part = randomPart(1000, 50, 7);
  expect(part).toHaveLength(50);
  expect(new Set(part).size).toBe(50);
  expect([...part]).toEqual([...part].toSorted((a, b) => a - b));
  expect(Math.max(...part)).toBeGreaterThan(800);
  expect(randomPart(1000, 50, 7)).toEqual(part);
  expect(randomPart(1000, 50, 8)).not.toEqual(part);
});

test("gives all where there are no more, and none of none", () => {
  expect([...randomPart(3, 3, 0)]).toEqual([0, 1, 2]);
  expect([...randomPart(3, 5, 0)]).toEqual([0, 1, 2]);
  expect([...randomPart(0, 5, 0)]).toEqual([]);
});
