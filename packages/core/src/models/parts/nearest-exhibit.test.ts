import { expect, test } from "vitest";
import { nearestOf } from "./nearest-exhibit.ts";

test("the nearest has the least mean squared difference; the first of several", () => {
  const candidates = Float32Array.of(0, 0, 1, 3, 4, 0, 1, 3);
  expect(nearestOf(Float32Array.of(1, 1), candidates)).toEqual({ index: 0, error: 1 });
  expect(nearestOf(Float32Array.of(1, 2.5), candidates)).toEqual({ index: 1, error: 0.125 });
  expect(nearestOf(Float32Array.of(4, 0), candidates)).toEqual({ index: 2, error: 0 });
});
