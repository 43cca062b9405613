import { RandomStream, type tables } from "@sandglass/core";
import { expect, test } from "vitest";
import { findLabelLeaks } from "./label-leaks.ts";

const COUNT = 2000;
const random = new RandomStream(9);
const chance = Array.from({ length: COUNT }, () => random.uniform(0, 1));
const number = (name: string, value: (row: number) => number): tables.Column => ({
  name,
  type: "number",
  values: Float64Array.from({ length: COUNT }, (_, row) => value(row)),
});
const text = (name: string, value: (row: number) => string | undefined): tables.Column => ({
  name,
  type: "text",
  values: Array.from({ length: COUNT }, (_, row) => value(row)),
});
const of = (row: number): number => chance[row] as number;

test("thresholds, intervals and categories give a label away, be it ever so rare; what merely has to do with it does not", () => {
  // 1 % of the rows.
  const label = chance.map((value) => (value > 0.4 && value < 0.41 ? "odd" : "usual"));
  const columns = [
    number("interval", of),
    number("with gaps", (row) => (row % 10 === 0 ? NaN : of(row))),
    number("noise", () => random.uniform(0, 1)),
    number("hint", (row) => of(row) + random.uniform(-0.1, 0.1)),
    number("always", () => 3),
    text("answer", (row) => (label[row] === "odd" ? "ja" : row % 3 === 0 ? undefined : "nein")),
    text("town", (row) => ["Oslo", "Rome", "Bonn"][row % 3]),
  ];
  const found = findLabelLeaks(columns, label, 1);
  expect(found.map(({ column }) => column).toSorted()).toEqual(["answer", "interval", "with gaps"]);
  expect(found.find(({ column }) => column === "answer")?.strength).toBe(1);
});

test("classes with numbers for names are told as well", () => {
  const label = chance.map((value) => Math.floor(value * 5));
  expect(findLabelLeaks([number("a", of), number("b", (row) => row)], label, 1)).toEqual([
    { column: "a", strength: 1 },
  ]);
});

test("nothing is said of a label of one class, of very few rows, or of none", () => {
  expect(
    findLabelLeaks(
      [number("a", of)],
      chance.map(() => "all"),
      1,
    ),
  ).toEqual([]);
  expect(findLabelLeaks([number("a", (row) => row)], ["x", "x", "y", "y"], 1)).toEqual([]);
  expect(findLabelLeaks([number("a", of)], [], 1)).toEqual([]);
});
