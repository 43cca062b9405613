import { describe, expect, it } from "vitest";
import { RandomStream } from "../data/random-stream.ts";
import { collectStatistics } from "./collect-statistics.ts";
import type { Column } from "./column.ts";
import { FREQUENT_VALUES } from "./statistics.ts";
import type { ColumnStatistics, NumberStatistics, TextStatistics } from "./statistics.ts";
import { TableError } from "./table-error.ts";
import { dates, numbers, texts } from "./testing/columns.ts";

function statisticsOf(column: Column): ColumnStatistics {
  return collectStatistics([column])[0] as ColumnStatistics;
}

const spreadOf = (...values: number[]): NumberStatistics => statisticsOf(numbers("x", values)) as NumberStatistics;

describe("numbers", () => {
  it("have moments, and quantiles as NumPy's", () => {
    expect(statisticsOf(numbers("price", [4, NaN, 1, 2, 2, 10, Infinity]))).toEqual({
      name: "price",
      type: "number",
      count: 7,
      missing: 2,
      distinct: 4,
      min: 1,
      max: 10,
      mean: 3.8,
      // ((0.2² + 2.8² + 2 · 1.8² + 6.2²) / 5)^½
      std: expect.closeTo(Math.sqrt(52.8 / 5), 12),
      q1: 2,
      median: 2,
      q3: 4,
      isInteger: true,
      frequent: [
        { value: "2", count: 2 },
        { value: "1", count: 1 },
        { value: "10", count: 1 },
        { value: "4", count: 1 },
      ],
    });
    expect(spreadOf(1, 2, 3, 4)).toMatchObject({ q1: 1.75, median: 2.5, q3: 3.25 });
    expect(spreadOf(0.5, 2)).toMatchObject({ isInteger: false });
  });

  it("keep the digits of a tiny spread around a huge mean", () => {
    const random = new RandomStream(3);
    const offsets = Array.from({ length: 999 }, () => random.integer(1000));
    const near = spreadOf(...offsets);
    const far = spreadOf(...offsets.map((value) => 1.7e15 + value));
    expect(far.std / near.std).toBeCloseTo(1, 12);
    expect(Math.abs(far.mean - 1.7e15 - near.mean)).toBeLessThanOrEqual(0.25);
  });

  it.each([1e-320, 1e-200, 1e200, 3e307])("neither overflow nor vanish at the size of %s", (size) => {
    const { mean, std } = spreadOf(-size, 0, 2 * size, 3 * size);
    // The smallest numbers have only a few digits themselves.
    const digits = size < 1e-300 ? 2 : 12;
    expect(mean / size).toBeCloseTo(1, digits);
    expect(std / size).toBeCloseTo(Math.sqrt(2.5), digits);
  });

  it("of an infinite range have an infinite spread", () => {
    expect(spreadOf(-1e308, 0, 1e308)).toMatchObject({ mean: 0, std: Infinity, max: 1e308 });
  });

  it("without values have no spread", () => {
    expect(spreadOf(NaN, NaN)).toMatchObject({ count: 2, missing: 2, distinct: 0, min: NaN, std: NaN, median: NaN });
  });

  it("of one value have a spread of exactly 0", () => {
    expect(spreadOf(0.1, 0.1, 0.1)).toMatchObject({ mean: 0.1, std: 0, distinct: 1 });
    expect(spreadOf(-0, 0)).toMatchObject({ distinct: 1 });
  });

  it("count as categories only where they might be some", () => {
    const many = Array.from({ length: FREQUENT_VALUES + 1 }, (_, index) => index);
    expect(spreadOf(...many).frequent).toHaveLength(FREQUENT_VALUES);
    expect(spreadOf(...many.map((value) => value + 0.5)).frequent).toBeUndefined();
  });
});

describe("texts", () => {
  it("are counted", () => {
    expect(statisticsOf(texts("city", ["Rome", "Oslo", undefined, "Rome", "Nice", "Nice", ""]))).toEqual({
      name: "city",
      type: "text",
      count: 7,
      missing: 1,
      distinct: 4,
      meanLength: 20 / 6,
      frequent: [
        { value: "Nice", count: 2 },
        { value: "Rome", count: 2 },
        { value: "", count: 1 },
        { value: "Oslo", count: 1 },
      ],
    });
    expect(statisticsOf(texts("none", [undefined]))).toMatchObject({
      missing: 1,
      distinct: 0,
      meanLength: 0,
      frequent: [],
    });
  });

  it("name the most frequent values alone where there are many", () => {
    const random = new RandomStream(5);
    // Value i comes i % 7 + 1 times, in any order.
    const values = Array.from({ length: 5 * FREQUENT_VALUES }, (_, i) =>
      Array.from({ length: (i % 7) + 1 }, () => i),
    ).flat();
    random.shuffle(values);
    const { frequent, distinct } = statisticsOf(texts("x", values.map(String))) as TextStatistics;
    const expected = Array.from({ length: 5 * FREQUENT_VALUES }, (_, i) => ({ value: String(i), count: (i % 7) + 1 }))
      .toSorted((one, other) => other.count - one.count || (one.value < other.value ? -1 : 1))
      .slice(0, FREQUENT_VALUES);
    expect(distinct).toBe(5 * FREQUENT_VALUES);
    expect(frequent).toEqual(expected);
  });
});

describe("dates", () => {
  it("have spreads in milliseconds, and times of day or none", () => {
    const day = 86_400_000;
    expect(statisticsOf(dates("when", ["1970-01-03", "1970-01-02", "never", "1970-01-02"]))).toEqual({
      name: "when",
      type: "date",
      count: 4,
      missing: 1,
      distinct: 2,
      min: day,
      max: 2 * day,
      mean: (4 / 3) * day,
      std: expect.closeTo((Math.SQRT2 / 3) * day, 5),
      q1: day,
      median: day,
      q3: 1.5 * day,
      hasTimes: false,
      frequent: [
        { value: "1970-01-02", count: 2 },
        { value: "1970-01-03", count: 1 },
      ],
    });
    expect(statisticsOf(dates("when", ["1969-12-31", "2024-02-29T12:30Z"]))).toMatchObject({
      hasTimes: true,
      frequent: [{ value: "1969-12-31" }, { value: "2024-02-29T12:30:00.000Z" }],
    });
  });
});

describe("collectStatistics", () => {
  it("looks at the rows asked for, and at no others", () => {
    const columns = [
      numbers("price", [1, 2, 1e9, 3, NaN]),
      texts("city", ["Rome", "Oslo", "Lyon", "Rome", undefined]),
      dates("when", ["2024-01-01", "2024-01-02", "1900-01-01T10:00Z", "2024-01-03", "never"]),
    ];
    const training = Uint32Array.of(3, 0, 1);
    const alone = columns.map((column): Column => {
      const values = Array.from(training, (row) => column.values[row]);
      if (column.type === "text") return { ...column, values: values as string[] };
      return { ...column, values: Float64Array.from(values as number[]) };
    });
    expect(collectStatistics(columns, { rows: training })).toEqual(collectStatistics(alone));
    expect(collectStatistics(columns, { rows: training })[0]).toMatchObject({ count: 3, missing: 0, max: 3 });
  });

  it.each<[string, () => unknown, RegExp]>([
    ["no columns", () => collectStatistics([]), /no columns; at least one/],
    ["two columns of one name", () => collectStatistics([numbers("x", [1]), numbers("x", [2])]), /two columns "x"/],
    [
      "columns of different lengths",
      () => collectStatistics([numbers("x", [1]), texts("y", ["a", "b"])]),
      /"x" has 1 rows and column "y" has 2/,
    ],
    [
      "rows that are not there",
      () => collectStatistics([numbers("x", [1])], { rows: Uint32Array.of(0, 1) }),
      /rows 0 to 0; row 1 was asked for/,
    ],
  ])("refuses %s", (_, collect, message) => {
    expect(collect).toThrow(TableError);
    expect(collect).toThrow(message);
  });
});
