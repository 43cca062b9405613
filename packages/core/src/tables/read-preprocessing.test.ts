import { describe, expect, it } from "vitest";
import type { TablePreprocessing } from "./preprocessing.ts";
import { readPreprocessing } from "./read-preprocessing.ts";
import { TableEncoder } from "./table-encoder.ts";
import { TableError } from "./table-error.ts";
import { dates, decide, numbers, texts, times } from "./testing/columns.ts";

const table = [
  numbers(
    "price",
    times(60, (row) => (row % 9 === 0 ? null : row % 7)),
  ),
  texts(
    "city",
    times(60, (row) => (row % 8 === 0 ? undefined : `c${row % 13}`)),
  ),
  dates(
    "when",
    times(60, (row) => new Date(row * 1e9).toISOString()),
  ),
  numbers(
    "id",
    times(60, (row) => row),
  ),
];
const preprocessing = decide(table, { maxCategories: 5, buckets: 64 });

type Path = readonly string[];
type Holder = Record<string, unknown>;

/** The saved text, read again: an object that may be changed. */
const parsed = (): Holder => JSON.parse(JSON.stringify(new TableEncoder(preprocessing))) as Holder;

describe("readPreprocessing", () => {
  it("reads all that was saved, and gives the same features", () => {
    expect(readPreprocessing(parsed())).toEqual(preprocessing);
    const encoder = TableEncoder.fromJSON(parsed());
    expect(encoder.transform(table)).toEqual(new TableEncoder(preprocessing).transform(table));
    expect(preprocessing.leftOut).toMatchObject([{ name: "id" }]);
    expect(preprocessing.columns[1]).toMatchObject({ others: expect.arrayContaining([null]) });
  });

  /** Every value of the saved object, by its path. */
  function paths(value: unknown, path: Path = []): Path[] {
    if (typeof value !== "object" || value === null) return [path];
    return [path, ...Object.entries(value).flatMap(([key, inner]) => paths(inner, [...path, key]))];
  }

  function changed(path: Path, change: (holder: Holder, key: string) => void): unknown {
    const root = parsed();
    let holder: Holder = root;
    for (const key of path.slice(0, -1)) holder = holder[key] as Holder;
    change(holder, path.at(-1) as string);
    return root;
  }

  it("refuses a value of another type, wherever it stands", () => {
    const all = paths(parsed()).filter((path) => path.length > 0);
    expect(all.length).toBeGreaterThan(50);
    for (const path of all) {
      for (const [word, wrong] of [
        ["an object", { other: 1 }],
        ["NaN", NaN],
        ["nothing", undefined],
      ] as const) {
        const damaged = changed(path, (holder, key) => {
          holder[key] = wrong;
        });
        expect(() => readPreprocessing(damaged), `${path.join(".")}: ${word}`).toThrow(TableError);
      }
    }
  });

  it.each<[string, unknown, RegExp]>([
    ["nothing", undefined, /damaged: preprocessing must be an object, and nothing came/],
    ["a text", "{}", /must be an object, and "\{\}" came/],
    ["another version", { ...preprocessing, version: 2 }, /is of version 2, and version 1 can be read/],
    ["an empty object", {}, /is of version unknown/],
    [
      "no columns",
      { ...preprocessing, columns: [] },
      /preprocessing.columns must be one column or more, and \[\] came/,
    ],
    [
      "two columns of one name",
      twice(preprocessing),
      /must be columns of different names, and \["price","price"\] came/,
    ],
    ["a scale of 0", withColumn({ scale: 0 }), /columns\[0\]\.scale must be a number above 0, and 0 came/],
    [
      "an unknown role",
      withColumn({ role: "weight" }),
      /columns\[0\]\.role must be one of number, category, date, and "weight" came/,
    ],
    [
      "an inherited value",
      withColumn(Object.create({ fill: 1 }), "fill"),
      /columns\[0\]\.fill must be a number, and nothing came/,
    ],
  ])("refuses %s", (_, value, message) => {
    expect(() => readPreprocessing(value)).toThrow(TableError);
    expect(() => readPreprocessing(value)).toThrow(message);
  });
});

function twice(one: TablePreprocessing): unknown {
  return { ...one, columns: [one.columns[0], one.columns[0]] };
}

/** The preprocessing with its first column changed, and a value of that taken away. */
function withColumn(change: object, without = ""): unknown {
  const first = Object.fromEntries(
    Object.entries({ ...preprocessing.columns[0], ...change }).filter(([key]) => key !== without),
  );
  return { ...preprocessing, columns: [first] };
}
