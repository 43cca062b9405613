import { expect, test } from "vitest";
import { rowNumbers } from "./row-numbers.ts";

const numbered = (count: number, leftOut?: Uint32Array): number[] =>
  Array.from({ length: count }, (_, row) => rowNumbers(leftOut)(row));

test("rows count from 1", () => {
  expect(numbered(3)).toEqual([1, 2, 3]);
});

test("rows that were left out keep their numbers", () => {
  // Of ten rows the first, the fourth and the fifth, and the last.
  expect(numbered(6, Uint32Array.of(0, 3, 4, 9))).toEqual([2, 3, 6, 7, 8, 9]);
  expect(numbered(2, Uint32Array.of(0, 1, 2))).toEqual([4, 5]);
});
