// Runs on tables are shown in the user's own columns and units.
import { dataset, tables, type BarsExhibit, type Exhibit, type TableExhibit } from "@sandglass/core";
import { expect, test } from "vitest";
import { cellTexts } from "./cell-texts.ts";
import { errorByOwnColumn } from "./column-errors.ts";
import { examinationExhibits } from "./examination-exhibits.ts";
import { inOwnColumns } from "./own-columns.ts";

const COUNT = 40;
const DAY = 86_400_000;
const each = (value: (row: number) => number): Float64Array =>
  Float64Array.from({ length: COUNT }, (_, row) => value(row));
const columns: readonly tables.Column[] = [
  { name: "weight", type: "number", values: each((row) => (row === 7 ? NaN : 0.25 + ((row * 7) % 11))) },
  { name: "pieces", type: "number", values: each((row) => (row * 3) % 5) },
  { name: "city", type: "text", values: Array.from({ length: COUNT }, (_, row) => ["Oslo", "Rome"][row % 2]) },
  { name: "day", type: "date", values: each((row) => Date.UTC(2021, 2, 1 + row)) },
];
const preprocessing = tables.decideColumns(tables.collectStatistics(columns));
const encoder = new tables.TableEncoder(preprocessing);
const features = encoder.transform(columns);
const { width, featureNames } = encoder;
const feature = (name: string): number => featureNames.indexOf(name);

/** The first rows, of which one feature is changed. */
function changed(count: number, row: number, name: string, by: number): Float32Array {
  const values = features.slice(0, count * width);
  const at = row * width + feature(name);
  values[at] = (values[at] as number) + by;
  return values;
}

const asTable = (exhibit: Exhibit | undefined): TableExhibit & { readonly note: string } => {
  if (exhibit?.kind !== "table") throw new Error(`a table was expected, and ${exhibit?.kind} came`);
  return exhibit;
};

test("cells are what the features stand for, as people write them", () => {
  const texts = cellTexts(encoder, features);
  expect(texts[0]!.slice(6, 9)).toEqual(["9.25", "—", "1.25"]);
  expect(texts[1]!.slice(0, 3)).toEqual(["0", "3", "1"]);
  expect(texts[2]!.slice(0, 2)).toEqual(["Oslo", "Rome"]);
  expect(texts[3]![1]).toBe("2021-03-02");
});

test("times of day, and categories that share features", () => {
  const times: readonly tables.Column[] = [
    { name: "time", type: "date", values: each((row) => (8 * 60 + row) * 60_000) },
    { name: "when", type: "date", values: each((row) => Date.UTC(2020, 0, 1) + row * DAY * 1.5) },
    { name: "kind", type: "text", values: Array.from({ length: COUNT }, (_, row) => (row < 20 ? "a" : `k${row % 9}`)) },
  ];
  const decided = tables.decideColumns(tables.collectStatistics(times), { maxCategories: 1, buckets: 3 });
  const other = new tables.TableEncoder(decided);
  const [time, when, kind] = cellTexts(other, other.transform(times));
  expect(time!.slice(0, 2)).toEqual(["08:00", "08:01"]);
  expect(when![1]).toBe("2020-01-02 12:00");
  expect(kind![0]).toBe("a");
  // Which of them it was is not known any more.
  expect(kind![30]).toMatch(/^other [123]$/u);
});

test("what a row's error comes from is marked below its original", () => {
  const { groups, columns: shown } = asTable(
    inOwnColumns(
      {
        kind: "rows",
        title: "",
        note: "",
        rows: [
          { name: "original", shape: [width], values: features.slice(0, 2 * width) },
          { name: "reconstruction", shape: [width], values: changed(2, 1, "weight", 2) },
        ],
        captions: ["0", "0.5"],
      },
      encoder,
    ),
  );
  expect(shown).toEqual([
    { name: "weight", isNumber: true },
    { name: "pieces", isNumber: true },
    { name: "city", isNumber: false },
    { name: "day", isNumber: false },
  ]);
  expect(groups.map(({ caption }) => caption)).toEqual(["0", "0.5"]);
  expect(groups[0]!.lines.map(({ marked }) => marked)).toEqual([[], []]);
  const [original, reconstruction] = groups[1]!.lines;
  expect(original).toMatchObject({ name: "original", cells: ["7.25", "3", "Rome", "2021-03-02"], marked: [] });
  expect(reconstruction).toMatchObject({ name: "reconstruction", marked: [0] });
  const { scale } = preprocessing.columns[0] as tables.NumberPreprocessing;
  expect(Number(reconstruction!.cells[0])).toBeCloseTo(7.25 + 2 * scale, 2);
  expect(reconstruction!.cells.slice(1)).toEqual(original!.cells.slice(1));
});

test("of many columns those that differ most are shown, in their order", () => {
  const many = Array.from({ length: 30 }, (_, column): tables.Column => {
    return { name: `c${column}`, type: "number", values: each((row) => ((row * (column + 3)) % 37) + 0.5) };
  });
  const wide = new tables.TableEncoder(tables.decideColumns(tables.collectStatistics(many)));
  const values = wide.transform(many).slice(0, 30);
  const back = values.map((value, column) => value + (column % 3 === 0 ? 1 : 0));
  const { columns: shown, note } = asTable(
    inOwnColumns(
      {
        kind: "rows",
        title: "",
        note: "Look.",
        rows: [
          { name: "original", shape: [30], values },
          { name: "reconstruction", shape: [30], values: back },
        ],
      },
      wide,
    ),
  );
  expect(shown.map(({ name }) => name)).toEqual([0, 3, 6, 9, 12, 15, 18, 21, 24, 27].map((column) => `c${column}`));
  expect(note).toBe("Look. Shown are the 10 of 30 columns that differ most.");
});

test("of rows that are compared with none the first columns are shown", () => {
  const many = Array.from({ length: 12 }, (_, column): tables.Column => {
    return { name: `c${column}`, type: "number", values: each((row) => ((row * (column + 3)) % 37) + 0.5) };
  });
  const wide = new tables.TableEncoder(tables.decideColumns(tables.collectStatistics(many)));
  const samples = { shape: [12], values: wide.transform(many).slice(0, 24) };
  const { note } = asTable(inOwnColumns({ kind: "grid", title: "", note: "New.", samples, columns: 2 }, wide));
  expect(note).toBe("New. Shown are the first 10 of 12 columns.");
});

test("new rows are listed; a map of many codes stays one", () => {
  const grid = (count: number): Exhibit => ({
    kind: "grid",
    title: "New samples",
    note: "",
    samples: { shape: [width], values: features.slice(0, count * width) },
    columns: 6,
  });
  const { groups } = asTable(inOwnColumns(grid(3), encoder));
  expect(groups).toHaveLength(1);
  expect(groups[0]!.lines[2]).toEqual({ name: "3", cells: ["3.25", "1", "Oslo", "2021-03-03"] });
  expect(inOwnColumns(grid(40), encoder)).toEqual(grid(40));
});

test("rows that are read along are lists of their own", () => {
  const walk: Exhibit = {
    kind: "rows",
    title: "",
    note: "",
    isReadAlong: true,
    rows: [
      { name: "one way", shape: [width], values: features.slice(0, 2 * width) },
      { name: "another", shape: [width], values: features.slice(2 * width, 4 * width) },
    ],
  };
  const { groups } = asTable(inOwnColumns(walk, encoder));
  expect(groups.map(({ caption, lines }) => [caption, ...lines.map(({ cells }) => cells[3])])).toEqual([
    ["one way", "2021-03-01", "2021-03-02"],
    ["another", "2021-03-03", "2021-03-04"],
  ]);
});

test("weights have the names of their features", () => {
  const values = new Float32Array(2 * width);
  values[feature("city=Rome")] = -0.8;
  values[feature("pieces")] = 0.1;
  values[width + feature("weight missing")] = 0.5;
  const samples = { shape: [width], values, range: [-1, 1], areWeights: true } as const;
  const { columns: shown, groups } = asTable(
    inOwnColumns({ kind: "grid", title: "", note: "", samples, columns: 2, captions: ["a", "b"] }, encoder),
  );
  const at = (name: string): number => shown.findIndex((column) => column.name === name);
  const [a, b] = groups[0]!.lines;
  expect(a).toMatchObject({ name: "a", marked: [at("city=Rome")] });
  expect([a!.cells[at("city=Rome")], a!.cells[at("pieces")]]).toEqual(["-0.80", "0.10"]);
  expect(b).toMatchObject({ name: "b", marked: [at("weight missing")] });
});

test("what has nothing to do with rows stays as it is", () => {
  const bars: Exhibit = { kind: "bars", title: "", note: "", values: [1], axis: "" };
  expect(inOwnColumns(bars, encoder)).toBe(bars);
  const image: Exhibit = {
    kind: "grid",
    title: "",
    note: "",
    samples: { shape: [1, width, 1], values: new Float32Array(width) },
    columns: 1,
  };
  expect(inOwnColumns(image, encoder)).toBe(image);
});

test("an examination of a table has rows to look at, and what is lost of each column", () => {
  const data = dataset("rows", [width], features);
  // Of the weight nothing is kept but its mean, all else comes back.
  const at = feature("weight");
  const mean = features.filter((_, index) => index % width === at).reduce((sum, value) => sum + value, 0) / COUNT;
  const reconstructions = features.map((value, index) => (index % width === at ? mean : value));
  const errors = Float64Array.from({ length: COUNT }, (_, row) => (features[row * width + at] as number) ** 2 / width);
  const examination = { data, reconstructions, errors, mse: 0.1, explainedVariance: 0.5 };
  const exhibits = examinationExhibits(examination, encoder);
  expect(exhibits.map(({ kind, title }) => [kind, title])).toEqual([
    ["table", "Rows and what the model gives back"],
    ["table", "The hardest rows"],
    ["table", "The easiest rows"],
    ["bars", "Error by column"],
  ]);
  const hardest = asTable(exhibits[1]).groups[0]!;
  expect(hardest.lines.map(({ name }) => name)).toEqual(["original", "reconstruction"]);
  expect(hardest.lines[1]!.marked).toEqual([0]);
  const bars = exhibits[3] as BarsExhibit;
  expect(bars.names![0]).toBe("weight");
  // Its indicator of missing values is kept, and varies little.
  expect(bars.values[0]).toBeGreaterThan(0.9);
  expect(bars.values.slice(1)).toEqual([0, 0, 0]);
  expect(bars.bars).toBe("column, the worst first");
});

test("of a column that is the same in all rows examined nothing can be lost", () => {
  const same = dataset(
    "rows",
    [width],
    Float32Array.from({ length: 3 * width }, (_, at) => features[at % width] as number),
  );
  expect(errorByOwnColumn({ data: same, reconstructions: same.values as Float32Array }, encoder)).toMatchObject({
    values: [],
  });
});
