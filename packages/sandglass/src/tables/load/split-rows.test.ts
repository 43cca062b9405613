import { DatasetError, type Labels } from "@sandglass/core";
import { expect, test } from "vitest";
import { matrixColumns } from "./matrix-columns.ts";
import { columnSource, type RowSource } from "./row-source.ts";
import { splitRows, type TableSplit } from "./split-rows.ts";

/** Rows 0 to 99, ten to a group, every fourth of class 1. */
const source: RowSource = columnSource(
  "hundred",
  matrixColumns(
    Float64Array.from({ length: 200 }, (_, at) => (at % 2 === 0 ? at / 2 : Math.floor(at / 20))),
    2,
    ["row", "tens"],
  ),
);
const labels: Labels = Uint8Array.from({ length: 100 }, (_, row) => (row % 4 === 0 ? 1 : 0));

const split = (given: Partial<TableSplit>, of?: typeof labels): ReturnType<typeof splitRows> =>
  splitRows(source, { validation: 0.2, seed: 3, ...given }, of);

const ones = (rows: Uint32Array | undefined): number =>
  [...(rows ?? [])].reduce((sum, row) => sum + (labels[row] as number), 0);

test("by class where there are classes, else at random", async () => {
  const byClass = await split({}, labels);
  expect([byClass.validation?.length, ones(byClass.validation)]).toEqual([20, 5]);
  expect(await split({ rule: "stratified" }, labels)).toEqual(byClass);
  const random = await split({});
  expect(await split({ rule: "random" }, labels)).toEqual(random);
  expect(random).not.toEqual(byClass);
});

test("the last ones", async () => {
  const { training, validation } = await split({ rule: "last" }, labels);
  expect([...training]).toEqual(Array.from({ length: 80 }, (_, row) => row));
  expect([...(validation ?? [])]).toEqual(Array.from({ length: 20 }, (_, row) => 80 + row));
});

test("so many rows, drawn at random, are divided in the same ways", async () => {
  const { training, validation = new Uint32Array() } = await split({ count: 40 }, labels);
  const drawn = [...training, ...validation];
  expect([training.length, validation.length, new Set(drawn).size]).toEqual([32, 8, 40]);
  expect(Math.abs(ones(validation) / 8 - ones(Uint32Array.from(drawn)) / 40)).toBeLessThan(0.1);
  const last = await split({ count: 40, rule: "last" });
  expect(Math.max(...last.training)).toBeLessThan(Math.min(...(last.validation ?? [])));
  const groups = await split({ count: 40, group: "tens" });
  const tens = (rows: Uint32Array | undefined): Set<number> =>
    new Set([...(rows ?? [])].map((row) => Math.floor(row / 10)));
  expect(tens(groups.training).intersection(tens(groups.validation)).size).toBe(0);
  expect((await split({ count: 40, validation: 0 })).validation).toBeUndefined();
});

test("what cannot be divided", async () => {
  await expect(split({ count: 101 })).rejects.toThrow(/^hundred has 100 rows, and --count 101 asks for more$/u);
  await expect(split({ rule: "stratified" })).rejects.toThrow(/^--split stratified goes by classes: say with --label/u);
  await expect(split({ rule: "last", validation: 100 })).rejects.toThrow(DatasetError);
});
