import { describe, expect, it } from "vitest";
import { readCases } from "../../../../fixtures/tables/read.ts";
import type { GappyRows } from "../../../../fixtures/tables/read.ts";
import { bucketOf } from "./bucket.ts";
import type { Column } from "./column.ts";
import { TableEncoder } from "./table-encoder.ts";
import { TableError } from "./table-error.ts";
import { dates, decide, numbers, texts, times } from "./testing/columns.ts";
import type { TableChoices } from "./table-choices.ts";

const encoderOf = (columns: readonly Column[], choices: TableChoices = {}): TableEncoder =>
  new TableEncoder(decide(columns, choices));

const rowsOf = (features: Float32Array, width: number): number[][] =>
  times(features.length / width, (row) => [...features.subarray(row * width, (row + 1) * width)]);

describe("scikit-learn", () => {
  const columnsOf = (rows: GappyRows): Column[] =>
    times(rows[0]?.length ?? 0, (index) =>
      numbers(
        `c${index}`,
        rows.map((row) => row[index]),
      ),
    );

  it.each(readCases("scaling"))("scales as $scaling does", ({ scaling, training, heldOut, ...expected }) => {
    const encoder = encoderOf(columnsOf(training), { scaling });
    for (const [rows, features] of [
      [training, expected.trainingFeatures],
      [heldOut, expected.heldOutFeatures],
    ] as const) {
      const actual = encoder.transform(columnsOf(rows));
      // Float32 rounds by 6e-8.
      for (const [index, value] of features.flat().entries()) {
        expect(Math.abs((actual[index] as number) - value), `feature ${index}`).toBeLessThanOrEqual(
          1e-7 * Math.max(1, Math.abs(value)),
        );
      }
      expect(actual).toHaveLength(features.flat().length);
    }
  });

  it.each(readCases("categories"))(
    "encodes categories: $name",
    ({ rareBelow, training, heldOut, featureNames, features }) => {
      const encoder = encoderOf([texts("city", training)], { rareBelow });
      const actual = rowsOf(encoder.transform([texts("city", heldOut)]), encoder.width);
      const names = featureNames.map((name) =>
        name.endsWith("_infrequent_sklearn") ? "city other" : name.replace("_", "="),
      );
      expect(encoder.featureNames.toSorted()).toEqual(names.toSorted());
      const order = encoder.featureNames.map((name) => names.indexOf(name));
      expect(actual).toEqual(features.map((row) => order.map((index) => row[index])));
    },
  );
});

describe("transform", () => {
  const table = [
    numbers("price", [1, 3, null, 3, 1]),
    texts("city", ["Rome", "Oslo", "Rome", undefined, "Rome"]),
    dates("when", ["2024-01-01", "2024-04-01", "2024-01-01", "2024-04-01", "never"]),
    texts("paid", ["true", "false", "false", "true", "true"]),
  ];

  it("names its features", () => {
    const encoder = encoderOf(table);
    expect(encoder.featureNames).toEqual([
      "price",
      "price missing",
      "city=Rome",
      "city=Oslo",
      "city missing",
      "when",
      "when missing",
      "when month sine",
      "when month cosine",
      "when weekday sine",
      "when weekday cosine",
      "paid=true",
      "paid=false",
    ]);
    expect(encoder.width).toBe(13);
    expect(encoder.featureColumns).toEqual([
      { name: "price", role: "number", from: 0, to: 2 },
      { name: "city", role: "category", from: 2, to: 5 },
      { name: "when", role: "date", from: 5, to: 11 },
      { name: "paid", role: "category", from: 11, to: 13 },
    ]);
  });

  it("writes rows one after the other", () => {
    const encoder = encoderOf(table);
    const near = (values: readonly number[]): unknown[] => values.map((value): unknown => expect.closeTo(value, 6));
    expect(rowsOf(encoder.transform(table), encoder.width)).toEqual([
      // 2024-01-01 and 2024-04-01 are Mondays; a quarter of a year lies between them.
      near([-1, 0, 1, 0, 0, -1, 0, 0, 1, 0, 1, 1, 0]),
      near([1, 0, 0, 1, 0, 1, 0, 1, 0, 0, 1, 0, 1]),
      // The median of 1, 3, 3, 1 is 2.
      near([0, 1, 1, 0, 0, -1, 0, 0, 1, 0, 1, 0, 1]),
      near([1, 0, 0, 0, 1, 1, 0, 1, 0, 0, 1, 1, 0]),
      near([-1, 0, 1, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0]),
    ]);
  });

  it("takes columns in any order, with others beside them, in pieces", () => {
    const encoder = encoderOf(table);
    const [price, city, when, paid] = table as [Column, Column, Column, Column];
    expect(
      encoder.transform([
        paid,
        numbers(
          "new",
          times(5, () => 1),
        ),
        when,
        price,
        city,
      ]),
    ).toEqual(encoder.transform(table));
    const many = table.map((column): Column => {
      const values = times(2000, (row) => column.values[row % 5]);
      if (column.type === "text") return { ...column, values: values as string[] };
      return { ...column, values: Float64Array.from(values as number[]) };
    });
    expect(rowsOf(encoder.transform(many), encoder.width).slice(1995)).toEqual(
      rowsOf(encoder.transform(table), encoder.width),
    );
  });

  it("brings everything to 0 … 1 where numbers are min-max scaled", () => {
    const when = dates(
      "when",
      times(400, (row) => new Date(Date.UTC(2023, 0, 1) + row * 33 * 3_600_000).toISOString()),
    );
    const encoder = encoderOf(
      [
        numbers(
          "x",
          times(400, (row) => (row === 7 ? null : row ** 2)),
        ),
        when,
      ],
      { scaling: "minmax" },
    );
    const features = encoder.transform([
      numbers(
        "x",
        times(400, (row) => row ** 2),
      ),
      when,
    ]);
    expect(encoder.width).toBe(9);
    expect(Math.min(...features)).toBe(0);
    expect(Math.max(...features)).toBe(1);
  });

  it.each([
    ["hour sine", "06:00:00", 1],
    ["hour cosine", "12:00:00", -1],
    ["hour sine", "23:59:59.999", 0],
    ["weekday sine", "00:00:00", Math.sin((2 * Math.PI * 2) / 7)],
    ["month cosine", "00:00:00", Math.cos((2 * Math.PI * (4 + 14 / 31)) / 12)],
  ])("knows the %s of Wednesday, 15 May 1963 at %s", (part, time, expected) => {
    const encoder = encoderOf([
      dates(
        "t",
        times(400, (row) => new Date(row * 33 * 3_600_000).toISOString()),
      ),
    ]);
    const features = encoder.transform([dates("t", [`1963-05-15T${time}Z`])]);
    expect(features[encoder.featureNames.indexOf(`t ${part}`)]).toBeCloseTo(expected, 6);
  });

  it("puts categories without a feature of their own where their hashes say", () => {
    const known = times(90, (row) => (row < 60 ? `often ${row % 2}` : `seldom ${row % 10}`));
    const encoder = encoderOf([texts("x", known)], { maxCategories: 2, buckets: 4 });
    const rows = rowsOf(encoder.transform([texts("x", ["often 1", "seldom 3", "new"])]), encoder.width);
    const oneHot = (feature: number): number[] => times(6, (index) => (index === feature ? 1 : 0));
    expect(rows).toEqual([oneHot(1), oneHot(2 + bucketOf("seldom 3", 4)), oneHot(2 + bucketOf("new", 4))]);
  });

  it("keeps features of absurd values within float32", () => {
    const encoder = encoderOf([numbers("x", [1, 2, 3, 5e-300])]);
    expect([...encoder.transform([numbers("x", [1e300, -1e300, 1e6])])].map(Math.fround)).toEqual([
      Math.fround(1e15),
      Math.fround(-1e15),
      expect.closeTo(8.9e5, -5),
    ]);
  });

  it("takes numbers written as text, and columns without values, for what they were in training", () => {
    const encoder = encoderOf(table);
    const [, city, , paid] = table as [Column, Column, Column, Column];
    const empty = texts(
      "when",
      times(5, () => undefined),
    );
    const features = encoder.transform([texts("price", ["1", " 3.0 ", "", "3e0", undefined]), city, empty, paid]);
    expect(rowsOf(features, encoder.width).map((row) => row.slice(0, 2))).toEqual([
      [-1, 0],
      [1, 0],
      [0, 1],
      [1, 0],
      [0, 1],
    ]);
    expect(rowsOf(features, encoder.width).every((row) => row[6] === 1)).toBe(true);
  });

  it.each<[string, (columns: Column[]) => Column[], RegExp]>([
    [
      "a missing column",
      (columns) => columns.filter(({ name }) => name !== "city"),
      /^column "city", which training had, is not in the table; add it, with empty cells where nothing is known$/,
    ],
    [
      "a renamed column",
      ([price, city, ...others]) => [{ ...(price as Column), name: "Price " }, city as Column, ...others],
      /"price", which training had, is not in the table; there is "Price ", which may have to be renamed/,
    ],
    [
      "another table",
      () => [
        numbers(
          "1",
          times(5, (row) => row),
        ),
        numbers(
          "2.5",
          times(5, (row) => row),
        ),
      ],
      /^none of the \d columns that training had \(price, city, .*\) is in the table, which has 1, 2\.5; give a table like/,
    ],
    [
      "text for numbers",
      ([, ...others]) => [texts("price", ["1", "2", "n/a", "4", "5"]), ...others],
      /column "price" held numbers in training, and text came: "n\/a" in row 103; mend/,
    ],
    [
      "dates for numbers",
      ([, ...others]) => [
        dates(
          "price",
          times(5, () => "2024-01-01"),
        ),
        ...others,
      ],
      /"price" held numbers in training, and dates came: "2024-01-01" in row 101/,
    ],
    [
      "numbers for dates",
      ([price, city, , paid]) => [
        price as Column,
        city as Column,
        numbers("when", [null, 20240101, 1, 1, 1]),
        paid as Column,
      ],
      /"when" held dates in training, and numbers came: "20240101" in row 102/,
    ],
    [
      "several problems at once",
      () => [texts("price", ["a"]), texts("when", ["b"])],
      /"price" held .*\n.*"city".*\n.*"when" held .*\n.*"paid"/,
    ],
    [
      "columns of different lengths",
      ([price, ...others]) => [{ ...price, values: new Float64Array(3) } as Column, ...others],
      /"price" has 3 rows/,
    ],
  ])("refuses %s", (_, change, message) => {
    const encoder = encoderOf(table);
    const transform = (): unknown => encoder.transform(change([...table]), { firstRow: 101 });
    expect(transform).toThrow(TableError);
    expect(transform).toThrow(message);
  });
});

describe("inverse", () => {
  it("reads categories by the largest feature, and what is missing", () => {
    const encoder = encoderOf([
      numbers("x", [1, 3, null, 1, 3]),
      texts("c", ["a", "b", "a", "a", undefined]),
      numbers("flag", [1, null, 1, 1, null]),
    ]);
    expect(encoder.featureNames).toEqual(["x", "x missing", "c=a", "c=b", "c missing", "flag=1", "flag missing"]);
    const rows = [
      [-1, 0.5, 0.3, 0.4, 0.2, 0.6, 0.5],
      [0.25, 0.51, 0.1, 0.4, 0.5, 0.5, 0.6],
      [2, -1, -0.1, -0.2, 0, 0, 0],
    ];
    expect(encoder.inverse(Float32Array.from(rows.flat()))).toEqual([
      numbers("x", [1, null, 4]),
      texts("c", ["b", undefined, undefined]),
      numbers("flag", [1, null, null]),
    ]);
  });

  it("takes a shared feature for its most frequent category", () => {
    const known = times(90, (row) => (row < 60 ? "often" : row < 80 ? "less" : `seldom ${row % 5}`));
    const encoder = encoderOf([texts("x", known)], { maxCategories: 1, buckets: 1 });
    expect(encoder.inverse(Float32Array.of(0.9, 0.1, 0.1, 0.9))).toEqual([texts("x", ["often", "less"])]);
  });

  it("rounds to whole days where there were no times, and numbers where asked", () => {
    const encoder = encoderOf([
      dates("when", ["2024-01-01", "2024-01-03"]),
      numbers("whole", [1, 3]),
      numbers("not", [1, 3.5]),
    ]);
    const place = encoder.featureNames.indexOf("whole");
    const rows = new Float32Array(encoder.width);
    rows.set([0.3], 0);
    rows.set([0.3, 0.3], place);
    const [when, whole, not] = encoder.inverse(rows) as [Column, Column, Column];
    expect(when).toEqual(dates("when", ["2024-01-02"]));
    expect([whole.values[0], not.values[0]]).toEqual([expect.closeTo(2.3, 6), expect.closeTo(2.625, 6)]);
    const rounded = encoder.inverse(rows, { round: true });
    expect([rounded[1]?.values[0], rounded[2]?.values[0]]).toEqual([2, expect.closeTo(2.625, 6)]);
  });

  it("refuses parts of rows", () => {
    const encoder = encoderOf([numbers("x", [1, null]), numbers("y", [1, 2])]);
    expect(() => encoder.inverse(new Float32Array(7))).toThrow(/7 features came; rows have 3 each/);
  });
});

describe("columnErrors", () => {
  it("says which columns a row's error comes from", () => {
    const encoder = encoderOf([numbers("x", [1, 3, 5]), texts("c", ["a", "b", "a"]), numbers("y", [1, null, 2])]);
    const rows = Float32Array.from([1, 1, 0, 0, 0, 0, 1, 0, 2, 1]);
    const reconstructions = Float32Array.from([0.5, 0, 1, 0, 0, 0, 0.5, 0.5, 0, 1]);
    const errors = encoder.columnErrors(rows, reconstructions);
    expect([...errors]).toEqual([0.25, 2, 0, 0, 0.5, 4]);
    const squared = times(2, (row) =>
      times(5, (at) => ((rows[row * 5 + at] as number) - (reconstructions[row * 5 + at] as number)) ** 2).reduce(
        (sum, value) => sum + value,
      ),
    );
    expect(times(2, (row) => errors.slice(row * 3, row * 3 + 3).reduce((sum, value) => sum + value))).toEqual(squared);
    expect(() => encoder.columnErrors(rows, new Float32Array(5))).toThrow(/10 features and 5 reconstructed ones/);
  });
});
