import { expect, test } from "vitest";
import { collectStatistics } from "./collect-statistics.ts";
import { decideColumns } from "./decide-columns.ts";
import { joinNotes, type ColumnNote } from "./join-notes.ts";
import { preprocessingNotes } from "./preprocessing-notes.ts";
import { TableChecker } from "./table-checker.ts";
import { numbers, texts, times } from "./testing/columns.ts";

const noteOn = (kind: "odd" | "even", number: number, detail?: string): ColumnNote<"odd" | "even"> => ({
  kind,
  column: `c${number}`,
  detail,
  text: `column "c${number}" is ${kind}`,
});

test("few are said one by one, many at once, each kind where it comes first", () => {
  const notes = [noteOn("even", 0), ...times(7, (number) => noteOn("odd", number)), noteOn("even", 2)];
  expect(
    joinNotes(notes, { odd: (columns) => `${columns} are odd`, even: (columns) => `${columns} are even` }),
  ).toEqual([
    'column "c0" is even',
    'column "c2" is even',
    '7 columns ("c0", "c1", "c2", "c3", "c4" and 2 more) are odd',
  ]);
});

test("what is a column's alone is said beside its name", () => {
  const notes = times(4, (number) => noteOn("odd", number, `${number} rows`));
  expect(joinNotes(notes, { odd: (columns) => `${columns} are odd` })).toEqual([
    '4 columns ("c0": 0 rows, "c1": 1 rows, "c2": 2 rows, "c3": 3 rows) are odd',
  ]);
});

test("kinds that cannot be joined keep their sentences", () => {
  expect(
    joinNotes(
      times(5, (number) => noteOn("odd", number)),
      {},
    ),
  ).toHaveLength(5);
});

test("columns that are left out for one reason are one line", () => {
  const columns = [
    ...times(30, (index) =>
      numbers(
        `same${index}`,
        times(40, () => 7),
      ),
    ),
    texts(
      "key",
      times(40, (row) => `k${row}`),
    ),
    numbers(
      "kept",
      times(40, (row) => row % 7),
    ),
  ];
  const notes = preprocessingNotes(decideColumns(collectStatistics(columns)));
  expect(notes).toEqual([
    '30 columns ("same0", "same1", "same2", "same3", "same4" and 25 more) are left out: all values of each are the same',
    expect.stringMatching(/^column "key" is left out: 40 of its 40 values are different/u),
  ]);
});

test("of many columns with many categories, and many that lack values, it is said once", () => {
  const columns = times(5, (index) =>
    texts(
      `c${index}`,
      times(100, (row) => `v${(row + index) % 10}`),
    ),
  );
  const preprocessing = decideColumns(collectStatistics(columns), { maxCategories: 2, buckets: 3 });
  expect(preprocessing.notes).toEqual([
    expect.stringMatching(/^5 columns \("c0": 10 categories, .*\) have more categories than are learned one by one/u),
  ]);
  const checker = new TableChecker(preprocessing);
  checker.check(columns.map(({ name }) => texts(name, ["v0", undefined])));
  expect(checker.notes()).toEqual([
    expect.stringMatching(/^5 columns \("c0": 1 of 2 rows, .*\) lack values; in training they always had one$/u),
  ]);
});
