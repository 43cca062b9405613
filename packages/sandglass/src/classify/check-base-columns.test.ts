import { tables } from "@sandglass/core";
import { expect, test } from "vitest";
import type { Preparation } from "../sources/index.ts";
import { checkBaseColumns } from "./check-base-columns.ts";
import type { ChosenBase } from "./choose-base.ts";

function prepared(name: string, values: readonly number[]): Preparation {
  const column: tables.Column = { name, type: "number", values: Float64Array.from(values) };
  return { kind: "table", preprocessing: tables.decideColumns(tables.collectStatistics([column])) };
}

function baseOf(preparation?: Preparation): ChosenBase {
  return {
    name: "encoder of vanilla",
    source: "runs/orders",
    inputValues: "unit",
    choices: {},
    ...(preparation && { preparation }),
    open: () => Promise.reject(new Error("not asked for")),
  };
}

test("a base that learned from columns takes those that were prepared alike, and no others", () => {
  const weights = prepared("weight", [1, 2, 4, 9]);
  const check = (base: ChosenBase | undefined, preparation: Preparation) => () => checkBaseColumns(base, preparation);
  expect(check(baseOf(weights), prepared("weight", [1, 2, 4, 9]))).not.toThrow();
  // The same column of other rows: another mean, another deviation.
  expect(check(baseOf(weights), prepared("weight", [1, 2, 4, 8]))).toThrow(
    "encoder of vanilla (runs/orders) learned from columns weight; columns weight came, prepared otherwise",
  );
  expect(check(baseOf(weights), prepared("height", [1, 2, 4, 9]))).toThrow("columns height came");
  expect(check(baseOf(weights), { kind: "samples" })).toThrow("samples without columns came");
  // What has no columns, or was not made here, is held to shapes alone.
  expect(check(baseOf({ kind: "samples" }), { kind: "samples" })).not.toThrow();
  expect(check(baseOf(), weights)).not.toThrow();
  expect(check(undefined, weights)).not.toThrow();
});
