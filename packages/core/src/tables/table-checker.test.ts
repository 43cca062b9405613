import { describe, expect, it } from "vitest";
import type { Column } from "./column.ts";
import { TableChecker } from "./table-checker.ts";
import { TableError } from "./table-error.ts";
import { decide, numbers, texts, times } from "./testing/columns.ts";

const training = [
  numbers(
    "id",
    times(40, (row) => row),
  ),
  numbers(
    "price",
    times(40, (row) => row % 7),
  ),
  texts(
    "city",
    times(40, (row) => (row % 2 === 0 ? "Rome" : "Oslo")),
  ),
  texts(
    "note",
    times(40, (row) => (row % 3 === 0 ? undefined : "ok")),
  ),
];
const preprocessing = decide(training);
const [, price, city, note] = training as [Column, Column, Column, Column];

describe("TableChecker", () => {
  it("has nothing to say of the table that was trained on", () => {
    const checker = new TableChecker(preprocessing);
    // What was left out may be there or not.
    expect(checker.check(training)).toEqual([price, city, note]);
    expect(checker.check([price, city, note])).toEqual([price, city, note]);
    expect(checker.notes()).toEqual([]);
  });

  it("counts what was not so in training, over all pieces", () => {
    const checker = new TableChecker(preprocessing);
    const extra = numbers("weight", [1, 2, 3]);
    checker.check([
      numbers("price", [1, null, 2]),
      texts("city", ["Nice", "Rome", undefined]),
      texts("note", ["ok", undefined, "ok"]),
      extra,
    ]);
    checker.check([numbers("price", [null]), texts("city", ["Nice"]), texts("note", ["late"])]);
    expect(checker.notes()).toEqual([
      'training had no column "weight", which makes no difference here',
      'column "price" has no value in 2 of 4 rows; in training it always had one',
      'column "city" has no value in 1 of 4 rows; in training it always had one',
      'column "city" has category "Nice" that training did not have, in 2 of 4 rows',
      'column "note" has category "late" that training did not have, in 1 of 4 rows',
    ]);
  });

  it("names a few of many", () => {
    const checker = new TableChecker(preprocessing);
    const count = 1500;
    checker.check([
      numbers(
        "price",
        times(count, () => 1),
      ),
      texts(
        "city",
        times(count, (row) => `city ${row}`),
      ),
      texts(
        "note",
        times(count, () => "ok"),
      ),
      ...times(7, (index) =>
        texts(
          `extra ${index}`,
          times(count, () => "x"),
        ),
      ),
    ]);
    expect(checker.notes()).toEqual([
      'training had no 7 columns ("extra 0", "extra 1", "extra 2", "extra 3", "extra 4", …), which makes no difference here',
      'column "city" has at least 1,000 categories ("city 0", "city 1", "city 2", "city 3", "city 4", …) that training did not have, in 1,500 of 1,500 rows',
    ]);
  });

  it("says nothing of categories where it cannot tell", () => {
    const many = texts(
      "x",
      times(90, (row) => (row < 60 ? "often" : `seldom ${row % 10}`)),
    );
    const checker = new TableChecker(decide([many], { maxCategories: 1 }));
    checker.check([texts("x", ["never seen"])]);
    expect(checker.notes()).toEqual([]);
  });

  it.each(["standard", "minmax", "robust"] as const)("says which numbers seem to be in another unit: %s", (scaling) => {
    const grams = texts("city", ["Rome", "Oslo", "Rome"]);
    const notesOf = (weights: (number | null)[]): readonly string[] => {
      const checker = new TableChecker(decide([price, city], { scaling }));
      checker.check([numbers("price", weights), grams]);
      return checker.notes().filter((line) => line.includes("far"));
    };
    expect(notesOf([1000, 6000, 3])).toEqual([
      'column "price" lies far from what it was in training, in 2 of 3 rows; if it is in another unit here, convert it',
    ]);
    // Outliers are no other unit, nor is what is missing.
    expect(notesOf([1000, 6, 3])).toEqual([]);
    expect(notesOf([null, 8, -2])).toEqual([]);
  });

  it("counts the rows of errors through all pieces", () => {
    const checker = new TableChecker(preprocessing);
    checker.check(training);
    expect(() =>
      checker.check([texts("price", ["1", "n/a"]), texts("city", ["Rome", "Rome"]), texts("note", ["ok", "ok"])]),
    ).toThrow(/column "price" held numbers in training, and text came: "n\/a" in row 42/);
    expect(() => checker.check([price, city])).toThrow(TableError);
  });

  it("calls the rows of errors as it is told", () => {
    const checker = new TableChecker(preprocessing, { rowNumber: (row) => 100 + row });
    checker.check(training);
    expect(() => checker.check([texts("price", ["n/a"]), texts("city", ["Rome"]), texts("note", ["ok"])])).toThrow(
      /"n\/a" in row 140;/,
    );
  });
});
