import { describe, expect, it } from "vitest";
import { collectStatistics } from "./collect-statistics.ts";
import type { Column } from "./column.ts";
import { decideColumns } from "./decide-columns.ts";
import type { CategoryPreprocessing, ColumnPreprocessing, LeftOutColumn } from "./preprocessing.ts";
import type { TableChoices } from "./table-choices.ts";
import { TableError } from "./table-error.ts";
import { dates, decide, numbers, texts, times } from "./testing/columns.ts";

/** A column that takes part, so that the table is not empty. */
const counts = (rows: number): Column => {
  const values = times(rows, (row) => row % 7);
  return numbers("other", values);
};
const other = counts(40);

/** What is decided of a column. */
function decideOf(column: Column, choices: TableChoices = {}): ColumnPreprocessing | LeftOutColumn {
  const { columns, leftOut } = decide([column, counts(column.values.length)], choices);
  return [...columns, ...leftOut].find(({ name }) => name === column.name) as ColumnPreprocessing | LeftOutColumn;
}

const categoryOf = (column: Column, choices: TableChoices = {}): CategoryPreprocessing =>
  decideOf(column, choices) as CategoryPreprocessing;

describe("numbers", () => {
  const skewed = numbers("x", [1000, ...times(39, (row) => (row % 3) / 2)]);
  it.each([
    ["standard", { centre: expect.closeTo(1019.5 / 40, 12), scale: expect.closeTo(156.01, 1) }],
    ["minmax", { centre: 0, scale: 1000 }],
    ["robust", { centre: 0.5, scale: 1 }],
    ["none", { centre: 0, scale: 1 }],
  ] as const)("have a %s scaling", (scaling, expected) => {
    expect(decideOf(skewed, { scaling })).toEqual({
      name: "x",
      role: "number",
      ...expected,
      fill: 0.5,
      hasIndicator: false,
      isInteger: false,
    });
  });

  it("whose squares do not add up in float32 are not taken as they are", () => {
    const large = numbers(
      "x",
      times(40, (row) => row * 1e16),
    );
    expect(decideOf(large, { scaling: "none" })).toMatchObject({
      reason: "range",
      note: expect.stringContaining("are too large to be taken as they are; take their logarithms"),
    });
  });

  it("whose quartiles are the same are scaled by their deviation, robustly or not", () => {
    const rare = numbers(
      "x",
      times(40, (row) => (row === 0 ? 8 : 2)),
    );
    const deviation = 6 * Math.sqrt((1 / 40) * (39 / 40));
    expect(decideOf(rare, { scaling: "robust" })).toMatchObject({ centre: 2, scale: expect.closeTo(deviation, 12) });
  });

  it("with missing values have an indicator", () => {
    expect(decideOf(numbers("x", [null, 3, ...times(38, (row) => row % 5)]))).toMatchObject({
      hasIndicator: true,
      fill: 2,
    });
  });

  it("stay numbers where there are few, unless the user says otherwise", () => {
    const zip = numbers(
      "zip",
      times(40, (row) => 75001 + (row % 3)),
    );
    expect(decideOf(zip)).toMatchObject({ role: "number" });
    expect(decideOf(zip, { roles: { zip: "category" } })).toEqual({
      name: "zip",
      role: "category",
      type: "number",
      categories: ["75001", "75002", "75003"],
      hasMissing: false,
      others: [],
    });
  });

  it("that are all the same but for missing ones are a category", () => {
    expect(
      decideOf(
        numbers(
          "x",
          times(40, (row) => (row % 3 === 0 ? null : 0.5)),
        ),
      ),
    ).toMatchObject({
      role: "category",
      type: "number",
      categories: ["0.5"],
      hasMissing: true,
    });
  });

  it.each<[string, Column, string]>([
    [
      "rows counted",
      numbers(
        "x",
        times(40, (row) => 1001 + row),
      ),
      "identifier",
    ],
    // Rows held back for validation leave gaps.
    [
      "rows counted with gaps",
      numbers(
        "x",
        times(40, (row) => 3 * row),
      ),
      "identifier",
    ],
    [
      "rows counted backward",
      numbers(
        "x",
        times(40, (row) => -row),
      ),
      "identifier",
    ],
    [
      "keys with large gaps",
      numbers(
        "orderId",
        times(40, (row) => 1000 * row + (row % 9)),
      ),
      "identifier",
    ],
    [
      "one value",
      numbers(
        "x",
        times(40, () => 7),
      ),
      "constant",
    ],
    [
      "rounding alone",
      numbers(
        "x",
        times(40, (row) => (row % 2 === 0 ? 0.3 : 0.1 + 0.2)),
      ),
      "constant",
    ],
    [
      "rounding and missing values",
      numbers("x", [null, ...times(39, (row) => (row % 2 === 0 ? 0.3 : 0.1 + 0.2))]),
      "constant",
    ],
    [
      "no values",
      numbers(
        "x",
        times(40, () => null),
      ),
      "empty",
    ],
    [
      "an infinite range",
      numbers(
        "x",
        times(40, (row) => (row % 2 === 0 ? -1.7e308 : 1.7e308)),
      ),
      "range",
    ],
  ])("of %s are left out", (_, column, reason) => {
    expect(decideOf(column)).toMatchObject({
      reason,
      note: expect.stringContaining(`column "${column.name}" is left out: `),
    });
  });

  it.each<[string, Column]>([
    [
      "whole and all different",
      numbers(
        "cents",
        times(40, (row) => 1000 * row + (row % 9)),
      ),
    ],
    [
      "counted, but not whole",
      numbers(
        "x",
        times(40, (row) => row + 0.5),
      ),
    ],
    [
      "called an identifier, but not unique",
      numbers(
        "shop_id",
        times(40, (row) => row % 20),
      ),
    ],
    [
      "a little apart around a huge mean",
      numbers(
        "x",
        times(40, (row) => 1.7e12 + ((row * 17) % 20)),
      ),
    ],
    [
      "of a word that ends like an identifier",
      numbers(
        "paid",
        times(40, (row) => 1000 * row),
      ),
    ],
  ])("that are %s take part", (_, column) => {
    expect(decideOf(column)).toMatchObject({ role: "number" });
  });

  it("called an identifier are noted", () => {
    expect(
      decide([
        numbers(
          "shop_id",
          times(40, (row) => row % 20),
        ),
      ]).notes,
    ).toEqual([
      `column "shop_id" is taken as a number, though its name sounds like an identifier; if larger does not mean more, ` +
        `give it the role "category" or "ignore"`,
    ]);
  });

  it("that number the rows take part when the user says so", () => {
    expect(
      decideOf(
        numbers(
          "id",
          times(40, (row) => row),
        ),
        { roles: { id: "number" } },
      ),
    ).toMatchObject({ role: "number" });
  });
});

describe("texts", () => {
  const cities = times(40, (row) => (row < 20 ? "Rome" : row < 30 ? "Oslo" : `town ${row % 5}`));

  it("are categories, the most frequent first", () => {
    expect(decideOf(texts("city", [undefined, ...cities.slice(1)]))).toEqual({
      name: "city",
      role: "category",
      type: "text",
      categories: ["Rome", "Oslo", "town 0", "town 1", "town 2", "town 3", "town 4"],
      hasMissing: true,
      others: [],
    });
  });

  it("share features by their hashes where there are many", () => {
    const { categories, others } = categoryOf(texts("city", cities), { maxCategories: 2, buckets: 3 });
    expect(categories).toEqual(["Rome", "Oslo"]);
    // FNV-1a modulo 3; equally frequent ones by name.
    expect(others).toHaveLength(3);
    const known = others.filter((value) => value !== null);
    expect(known).toContain("town 0");
    expect(categoryOf(texts("city", cities), { maxCategories: 6, buckets: 3 }).others).toEqual(["town 4"]);
    expect(decide([texts("city", cities)], { maxCategories: 2, buckets: 3 }).notes).toEqual([
      'column "city": the 2 most frequent of its 7 categories have features of their own, the others share 3 features, by their hashes',
    ]);
  });

  it("share one feature where they are rare", () => {
    expect(categoryOf(texts("city", cities), { rareBelow: 3 })).toMatchObject({
      categories: ["Rome", "Oslo"],
      others: ["town 0"],
    });
  });

  it.each<[string, Column, string, RegExp]>([
    [
      "keys",
      texts(
        "x",
        times(40, (row) => `0x${row.toString(16)}`),
      ),
      "identifier",
      /40 of its 40 values are different/,
    ],
    [
      "names",
      texts(
        "x",
        times(40, (row) => `Mr ${row}`),
      ),
      "text",
      /too many to be categories; to keep it, give it the role "category"/,
    ],
    [
      "mostly different values",
      texts(
        "x",
        times(40, (row) => `a${row % 30}`),
      ),
      "text",
      /30 of its 40/,
    ],
    [
      "one value",
      texts(
        "x",
        times(40, () => "a"),
      ),
      "constant",
      /all its values are "a"/,
    ],
    [
      "no values",
      texts(
        "x",
        times(40, () => undefined),
      ),
      "empty",
      /has no values/,
    ],
    [
      "numbers but for a few",
      texts(
        "x",
        times(80, (row) => (row % 10 === 0 ? "n/a" : String(row / 7))),
      ),
      "text",
      /most of its values are numbers; mend values such as "n\/a"/,
    ],
  ])("of %s are left out", (_, column, reason, note) => {
    expect(decideOf(column)).toMatchObject({ reason, note: expect.stringMatching(note) });
  });

  it("of many characters are free text, unless there are few", () => {
    const sentence = "This parcel was delivered to a neighbour, who signed for it, number ";
    const column = (distinct: number): Column =>
      texts(
        "x",
        times(150, (row) => `${sentence}${row % distinct}`),
      );
    expect(
      decide([
        column(60),
        texts(
          "y",
          times(150, (row) => String(row % 2)),
        ),
      ]).leftOut,
    ).toMatchObject([
      {
        name: "x",
        reason: "text",
        note: expect.stringContaining("60 of its 150 values are different and have 70 characters"),
      },
    ]);
    expect(decide([column(3)]).columns).toMatchObject([{ role: "category" }]);
  });

  it("that are codes stay categories, whether they are numbers or not", () => {
    const codes = texts(
      "x",
      times(1200, (row) => (row % 60 === 0 ? "A1" : String(row % 60))),
    );
    expect(decide([codes]).columns).toMatchObject([
      { role: "category", categories: { length: 50 }, others: { length: 10 } },
    ]);
  });

  it("of a handful of rows are categories, however different", () => {
    expect(decide([texts("x", ["a", "b", "c"])]).columns).toMatchObject([{ categories: ["a", "b", "c"] }]);
  });

  it("without a category that is frequent enough are left out", () => {
    expect(decideOf(texts("city", cities), { rareBelow: 100 })).toMatchObject({ reason: "text" });
  });
});

describe("dates", () => {
  const days = (step: number): Column =>
    dates(
      "when",
      times(40, (row) => new Date(Date.UTC(2024, 0, 1) + row * step).toISOString()),
    );
  const hour = 3_600_000;

  it.each([
    ["months", 24 * hour, ["month", "weekday"], false],
    ["a week", 5 * hour, ["weekday", "hour"], true],
    ["a day", hour / 2, ["hour"], true],
  ])("over %s have the cycles that they go through", (_, step, parts, hasTimes) => {
    expect(decideOf(days(step))).toEqual({
      name: "when",
      role: "date",
      centre: Date.UTC(2024, 0, 1) + 19.5 * step,
      scale: expect.closeTo(step * Math.sqrt((40 * 40 - 1) / 12), 0),
      parts,
      hasUnitCycles: false,
      fill: Date.UTC(2024, 0, 1) + 19.5 * step,
      hasIndicator: false,
      hasTimes,
    });
  });

  it("of one day are left out, or a category where some are missing", () => {
    const once = times(40, () => "2024-05-01");
    expect(decideOf(dates("when", once))).toMatchObject({
      reason: "constant",
      note: expect.stringContaining("2024-05-01"),
    });
    expect(decideOf(dates("when", ["never", ...once.slice(1)]))).toMatchObject({
      type: "date",
      categories: ["2024-05-01"],
    });
  });

  it("are categories when the user says so", () => {
    const some = dates(
      "when",
      times(40, (row) => `2024-05-0${1 + (row % 2)}`),
    );
    expect(decideOf(some, { roles: { when: "category" } })).toMatchObject({ categories: ["2024-05-01", "2024-05-02"] });
  });
});

describe("decideColumns", () => {
  it("leaves out the label, and what the user does not want", () => {
    const { columns, leftOut } = decide(
      [
        other,
        { ...other, name: "y" },
        texts(
          "z",
          times(40, (row) => String(row % 2)),
        ),
      ],
      {
        label: "z",
        roles: { y: "ignore" },
      },
    );
    expect(columns.map(({ name }) => name)).toEqual(["other"]);
    expect(leftOut).toEqual([
      { name: "y", reason: "chosen", note: 'column "y" is left out: as you asked' },
      { name: "z", reason: "label", note: 'column "z" is left out: it is the label' },
    ]);
  });

  it.each<[string, readonly Column[], TableChoices, RegExp]>([
    ["a role of no column", [other], { roles: { othr: "number" } }, /no column "othr"; did you mean "other"\?/],
    ["a label that is no column", [other], { label: "y" }, /no column "y"/],
    [
      "an unknown role",
      [other],
      { roles: { other: "numbr" as "number" } },
      /role of column "other" is "numbr"; did you mean "number"/,
    ],
    ["an unknown scaling", [other], { scaling: "std" as "robust" }, /the scaling is "std"/],
    ["no categories", [other], { maxCategories: 0 }, /maxCategories is 0; a whole number from 1 to 500/],
    ["half a bucket", [other], { buckets: 0.5 }, /buckets is 0.5; a whole number from 1 to 4096/],
    ["a negative count", [other], { rareBelow: -1 }, /rareBelow is -1; a whole number from 1 on/],
    [
      "text as numbers",
      [texts("x", ["a", "b"])],
      { roles: { x: "number" } },
      /"x" is to be a number, and it holds text, such as "a"; have it read as numbers/,
    ],
    ["numbers as dates", [other], { roles: { other: "date" } }, /holds numbers, such as "0"; have it read as dates/],
    [
      "too many numbers as categories",
      [
        numbers(
          "x",
          times(600, (row) => row + 0.5),
        ),
      ],
      { roles: { x: "category" } },
      /"x" has 600 different numbers, too many to be categories/,
    ],
    [
      "a table of nothing",
      [texts("x", ["a", "a"]), numbers("y", [null, null])],
      {},
      /no column left to learn from: column "x" is left out: .*; column "y"/,
    ],
  ])("refuses %s", (_, columns, choices, message) => {
    expect(() => decide(columns, choices)).toThrow(TableError);
    expect(() => decide(columns, choices)).toThrow(message);
  });

  it("knows nothing of rows that are not trained on", () => {
    const training = Uint32Array.from(times(30, (row) => row));
    const price = (wrong: number): Column =>
      numbers(
        "price",
        times(40, (row) => (row < 30 ? row % 5 : wrong)),
      );
    const city = (wrong?: string): Column =>
      texts(
        "city",
        times(40, (row) => (row < 30 ? `c${row % 3}` : wrong)),
      );
    const when = (wrong: string): Column =>
      dates(
        "when",
        times(40, (row) => (row < 30 ? `2024-01-${10 + (row % 20)}` : wrong)),
      );
    const decided = [
      [price(1), city("c1"), when("2024-01-12")],
      [price(1e9), city("a stranger"), when("1970-01-01T12:00Z")],
      [price(NaN), city(), when("never")],
    ].map((columns) => decideColumns(collectStatistics(columns, { rows: training })));
    expect(decided[1]).toEqual(decided[0]);
    expect(decided[2]).toEqual(decided[0]);
    expect(decide([price(1e9), city("a stranger"), when("1970-01-01T12:00Z")])).not.toEqual(decided[0]);
  });
});
