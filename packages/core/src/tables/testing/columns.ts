/** Columns of tests, written in a line each. */
import { collectStatistics } from "../collect-statistics.ts";
import type { Column, DateColumn, NumberColumn, TextColumn } from "../column.ts";
import { decideColumns } from "../decide-columns.ts";
import type { TablePreprocessing } from "../preprocessing.ts";
import type { TableChoices } from "../table-choices.ts";

/** NaN where a value is missing. */
export function numbers(name: string, values: readonly (number | null | undefined)[]): NumberColumn {
  return { name, type: "number", values: Float64Array.from(values, (value) => value ?? NaN) };
}

export function texts(name: string, values: readonly (string | undefined)[]): TextColumn {
  return { name, type: "text", values };
}

/** Of dates as ISO 8601 writes them; what is none is missing. */
export function dates(name: string, values: readonly string[]): DateColumn {
  return { name, type: "date", values: Float64Array.from(values, (value) => Date.parse(value)) };
}

/** `count` values, that of row 0 first. */
export function times<T>(count: number, value: (row: number) => T): T[] {
  return Array.from({ length: count }, (_, row) => value(row));
}

/** What is decided of a table when all its rows are trained on. */
export function decide(columns: readonly Column[], choices: TableChoices = {}): TablePreprocessing {
  return decideColumns(collectStatistics(columns), choices);
}
