/**
 * Tables of every kind of column go through preprocessing and back. Categories and days come back exactly, numbers and times within 1e-5 of
 * what they lie from the middle of their column, or of its spread where that is more: what float32 features can hold.
 */
import { describe, expect, it } from "vitest";
import { RandomStream } from "../data/random-stream.ts";
import type { Column, NumberColumn } from "./column.ts";
import type { ColumnPreprocessing, Scaling } from "./preprocessing.ts";
import { TableEncoder } from "./table-encoder.ts";
import { dates, decide, numbers, texts, times } from "./testing/columns.ts";

const ROWS = 300;
const DAY = 86_400_000;

/** A number near 0, of a standard deviation of about 1. */
const normal = (random: RandomStream): number =>
  times(12, () => random.uniform(0, 1)).reduce((sum, value) => sum + value, -6);

/** What numbers look like in tables: one value of a column. */
const NUMBERS: Readonly<Record<string, (random: RandomStream) => number>> = {
  ordinary: (random) => 20 + 5 * normal(random),
  millions: (random) => 1e6 * normal(random),
  millionths: (random) => 1e-6 * normal(random),
  skewed: (random) => Math.exp(3 * normal(random)),
  "with outliers": (random) => (random.chance(0.02) ? 1e9 : 1) * normal(random),
  "mostly zero": (random) => (random.chance(0.95) ? 0 : normal(random)),
  "times as numbers": (random) => 1.7e12 + random.integer(1000),
  "a huge mean": (random) => 1e9 + 1e-3 * normal(random),
  counts: (random) => random.integer(9),
  tiny: (random) => 1e-300 * normal(random),
  huge: (random) => 1e300 * normal(random),
};

function randomTable(seed: number): Column[] {
  const random = new RandomStream(seed);
  const column = <T>(value: (row: number) => T): (T | undefined)[] => {
    const missing = random.pick([0, 0.01, 0.5]);
    return times(ROWS, (row) => (random.chance(missing) ? undefined : value(row)));
  };
  const start = Date.UTC(1950 + random.integer(100), 0, 1);
  const time = (step: number) => () => new Date(start + random.integer(2000) * step).toISOString();
  const categories = 1 + random.integer(50);
  return [
    ...Object.entries(NUMBERS).map(([name, draw]) =>
      numbers(
        name,
        column(() => draw(random)),
      ),
    ),
    texts(
      "category",
      column(() => `№ ${random.integer(categories)}`),
    ),
    texts(
      "flag",
      column(() => String(random.chance(0.1))),
    ),
    numbers(
      "zip",
      column(() => 10_000 + 17 * random.integer(40)),
    ),
    dates(
      "day",
      column(time(DAY)).map((text) => text ?? "never"),
    ),
    dates(
      "minute",
      column(time(60_000)).map((text) => text ?? "never"),
    ),
  ];
}

/** How far off a value may be: nothing but numbers, and the time of dates within 2,000 days or minutes, are rounded. */
function tolerance(plan: ColumnPreprocessing, value: number): number {
  if (plan.role === "category" || plan.name === "day") return 0;
  return 1e-5 * Math.max(plan.scale, Math.abs(value - plan.centre));
}

/** What came back otherwise, in words. */
function differences(plan: ColumnPreprocessing, actual: Column, expected: Column): string[] {
  return Array.from<unknown>(expected.values).flatMap((value, row) => {
    const came: unknown = actual.values[row];
    const isSame =
      typeof value === "number" && !Number.isNaN(value)
        ? Math.abs((came as number) - value) <= tolerance(plan, value)
        : Object.is(came, value);
    return isSame ? [] : [`"${plan.name}" of row ${row}: ${String(value)} came back as ${String(came)}`];
  });
}

describe.each<Scaling>(["standard", "minmax", "robust"])("%s scaling", (scaling) => {
  it.each(times(12, (seed) => seed))("brings the mixed table of seed %i back", (seed) => {
    const table = randomTable(seed);
    const preprocessing = decide(table, { scaling, roles: { zip: "category", "times as numbers": "number" } });
    const saved: unknown = JSON.parse(JSON.stringify(new TableEncoder(preprocessing)));
    const encoder = TableEncoder.fromJSON(saved);
    const restored = encoder.inverse(encoder.transform(table));

    const names = restored.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(["ordinary", "huge", "tiny", "flag", "zip", "day", "minute"]));
    for (const [index, plan] of preprocessing.columns.entries()) {
      const expected = table.find(({ name }) => name === plan.name) as Column;
      const actual = restored[index] as Column;
      expect([actual.type, actual.values.length]).toEqual([expected.type, ROWS]);
      expect(differences(plan, actual, expected)).toEqual([]);
    }
  });
});

it("keeps small values beside outliers to 1e-5 of their own size when scaling is robust", () => {
  const random = new RandomStream(1);
  const values = times(ROWS, (row) => (row % 50 === 0 ? 1e9 : 1) * (5 + normal(random)));
  const table = [numbers("x", values)];
  const encoder = new TableEncoder(decide(table, { scaling: "robust" }));
  const restored = encoder.inverse(encoder.transform(table))[0] as NumberColumn;
  for (const [row, value] of values.entries()) {
    expect(Math.abs(((restored.values[row] as number) - value) / value), `row ${row}: ${value}`).toBeLessThan(1e-5);
  }
});

it("takes numbers as they are when there is no scaling, and scales dates all the same", () => {
  const values = times(ROWS, (row) => (row % 7) / 8 - 300);
  const days = times(ROWS, (row) => Date.UTC(2020, 0, 1 + row));
  const table: Column[] = [numbers("x", values), { name: "day", type: "date", values: Float64Array.from(days) }];
  const encoder = new TableEncoder(decide(table, { scaling: "none" }));
  const rows = encoder.transform(table);
  const features = values.map((_, row) => rows[row * encoder.width] as number);
  expect(features).toEqual(values);
  const [restored, dates] = encoder.inverse(rows);
  expect([...(restored as NumberColumn).values]).toEqual(values);
  expect([...(dates as Column).values]).toEqual(days);
  expect(Math.max(...rows.filter((_, place) => place % encoder.width > 0).map(Math.abs))).toBeLessThan(3);
});
