import { RandomStream } from "@sandglass/core";
import { expect, test } from "vitest";
import { openTable } from "../open-table.ts";
import { csvLines, tableFiles } from "../testing/table-files.ts";
import { profileTable, type ProfileOptions } from "./profile-table.ts";
import type { NumberProfile, TableProfile } from "./table-profile.ts";

const file = tableFiles();

async function profile(text: string, options?: ProfileOptions): Promise<TableProfile> {
  const table = await openTable(file("profiled.csv", text));
  try {
    return await profileTable(table, options);
  } finally {
    await table.close();
  }
}

function numberProfile({ columns }: TableProfile, name: string): NumberProfile {
  const found = columns.find(({ column }) => column.name === name);
  if (found?.type !== "number") throw new Error(`${name} is no number`);
  return found;
}

const count = 500;
const random = new RandomStream(11);
const rows = Array.from({ length: count }, (_, row) => {
  const x = random.uniform(0, 10);
  // A straight line, a curve that always rises, noise, and a spread that a few values leave.
  const far = row % 100 === 7 ? 1e6 : random.integer(50);
  return [row, x, 3 - 2 * x, Math.exp(x), random.uniform(0, 1), far, row % 3 === 0 ? "7" : "seven", row % 2] as const;
});
const header = "id,x,line,curve,noise,far,mixed,label";

test("the shape of a column of numbers: moments, tails, a histogram without what lies far off", async () => {
  const result = await profile(csvLines(header, count, (row) => (rows[row] ?? []).join(",")));
  const curve = rows.map(([, , , value]) => value);
  const mean = curve.reduce((sum, value) => sum + value, 0) / count;
  const moment = (power: number): number => curve.reduce((sum, value) => sum + (value - mean) ** power, 0) / count;
  // G1 and G2 of Joanes and Gill (1998), which pandas and DuckDB give.
  const g1 = moment(3) / moment(2) ** 1.5;
  const g2 = moment(4) / moment(2) ** 2 - 3;
  const shape = numberProfile(result, "curve");
  expect(shape.skewness).toBeCloseTo((g1 * Math.sqrt(count * (count - 1))) / (count - 2), 8);
  expect(shape.kurtosis).toBeCloseTo(((count - 1) / ((count - 2) * (count - 3))) * ((count + 1) * g2 + 6), 8);
  const sorted = curve.toSorted((one, other) => one - other);
  expect(shape.tails[1]).toBeCloseTo((sorted[24] ?? 0) * 0.05 + (sorted[25] ?? 0) * 0.95, 8);

  const far = numberProfile(result, "far");
  expect(far.histogram).toMatchObject({ below: 0, above: 5 });
  expect(far.histogram.counts.reduce((sum, times) => sum + times, 0)).toBe(count - 5);
  // Fifty whole numbers, three in each step.
  expect([far.histogram.from, far.histogram.to, far.histogram.counts.length]).toEqual([-0.5, 50.5, 17]);
  const values = rows.map(([, , , , , value]) => value);
  expect(far.histogram.counts[2]).toBe(values.filter((value) => value >= 6 && value < 9).length);
  expect([far.beyondFences, far.beyondSigmas]).toEqual([5, 5]);
  expect(numberProfile(result, "label").histogram).toEqual({
    from: -0.5,
    to: 1.5,
    counts: [250, 250],
    below: 0,
    above: 0,
  });
});

test("correlations of values, and of ranks", async () => {
  const text = csvLines(header, count, (row) => (rows[row] ?? []).join(","));
  const { correlations, leftOut, labelGuess, duplicates } = await profile(text);
  expect(correlations.names).toEqual(["x", "line", "curve", "noise", "far", "label"]);
  const [ofX, ofLine] = correlations.values;
  expect(ofX?.[1]).toBeCloseTo(-1, 10);
  expect(ofLine?.[0]).toBe(ofX?.[1]);
  expect(ofX?.[0]).toBe(1);
  expect(ofX?.[2]).toBeLessThan(0.9);
  expect(Math.abs(ofX?.[3] ?? 1)).toBeLessThan(0.15);
  expect(correlations.rows).toBe(count);
  const ranks = await profile(text, { correlations: "spearman" });
  expect(ranks.correlations.values[0]?.[2]).toBeCloseTo(1, 10);
  expect(leftOut.map(({ name, reason }) => [name, reason])).toEqual([["id", "identifier"]]);
  expect(labelGuess?.name).toBe("label");
  expect(duplicates).toEqual({ rows: 0, apartFromIdentifiers: 0 });
});

test("equal values share their rank, and missing ones have none", async () => {
  const pairs = ["1,10", "1,20", "2,20", "3,", "4,50", ",60"];
  const { correlations } = await profile(`a,b\n${pairs.join("\n")}\n`, { correlations: "spearman" });
  // Ranks of the rows with both: a 1.5, 1.5, 3, 5 (4 has no b) and b 1, 2.5, 2.5, 4.
  const [a, b] = [
    [1.5, 1.5, 3, 5],
    [1, 2.5, 2.5, 4],
  ] as const;
  const centre = (ranks: readonly number[]): number[] =>
    ranks.map((rank) => rank - ranks.reduce((sum, one) => sum + one, 0) / 4);
  const dot = (one: readonly number[], other: readonly number[]): number =>
    one.reduce((sum, value, index) => sum + value * (other[index] ?? 0), 0);
  const [x, y] = [centre(a), centre(b)];
  expect(correlations.values[0]?.[1]).toBeCloseTo(dot(x, y) / Math.sqrt(dot(x, x) * dot(y, y)), 12);
});

test("rows that are the same, also but for their numbers; texts among which are numbers; columns without a spread", async () => {
  const text = csvLines(
    "id,a,b,same,empty,when",
    60,
    (row) => `${row},${row % 20},${row % 3 === 0 ? "7" : "x"},1,,2021-01-0${1 + (row % 4)}`,
  );
  const { duplicates, columns, leftOut, correlations } = await profile(text);
  // Rows r, r + 20 and r + 40 have the same a and when; two of the three have the same b.
  expect(duplicates).toEqual({ rows: 0, apartFromIdentifiers: 20 });
  const twice = await profile(`${text}\n${text.split("\n").slice(1, 11).join("\n")}`);
  expect(twice.duplicates.rows).toBe(10);
  const numbered = await profile(csvLines("id,a", 60, (row) => `${row},${row % 20}`));
  expect(numbered.duplicates).toEqual({ rows: 0, apartFromIdentifiers: 40 });
  expect(columns[2]).toMatchObject({ type: "text", numbers: 20 });
  expect(leftOut.map(({ name, reason }) => [name, reason])).toEqual([
    ["id", "identifier"],
    ["same", "constant"],
    ["empty", "empty"],
  ]);
  expect(columns[5]).toMatchObject({ type: "date", histogram: { below: 0, above: 0 } });
  expect(correlations.names).toEqual(["a"]);
});

test("a table of nothing to learn from is looked at all the same", async () => {
  const { leftOut, columns } = await profile("a,b\n1,x\n1,x\n1,x\n");
  expect(leftOut.map(({ reason }) => reason)).toEqual(["constant", "constant"]);
  expect(columns[0]).toMatchObject({ skewness: NaN, kurtosis: NaN, beyondSigmas: 0, histogram: { counts: [3] } });
});
