import type { Column, DateColumn, NumberColumn, TextColumn } from "./column.ts";
import { dateText, hasTimeOfDay, isDate } from "./dates.ts";
import { MostFrequent } from "./most-frequent.ts";
import { countRows } from "./same-rows.ts";
import { spreadOf } from "./spread.ts";
import { FREQUENT_VALUES } from "./statistics.ts";
import type { ColumnStatistics, DateStatistics, Frequency, NumberStatistics, TextStatistics } from "./statistics.ts";
import { TableError } from "./table-error.ts";

export interface CollectStatisticsOptions {
  /** The numbers of the rows to train on, from 0 on; all rows unless given. No other row is looked at. */
  readonly rows?: Uint32Array | undefined;
}

/**
 * What is known of each column of a table in memory, exactly: quantiles by sorting, different values by counting.
 *
 * @throws TableError when columns differ in length or share a name, or a row is asked for that is not there.
 * @example
 * const { training } = splitNumbers(count, { validation: 0.2, seed: 1 });
 * const statistics = collectStatistics(columns, { rows: training });
 */
export function collectStatistics(
  columns: readonly Column[],
  { rows }: CollectStatisticsOptions = {},
): readonly ColumnStatistics[] {
  const count = countRows(columns);
  const outside = rows?.find((row) => row >= count);
  if (outside !== undefined) {
    throw new TableError(`the table has rows 0 to ${count - 1}; row ${outside} was asked for`);
  }
  return columns.map((column) => statisticsOf(column, rows));
}

function statisticsOf(column: Column, rows: Uint32Array | undefined): ColumnStatistics {
  if (column.type === "number") return numberStatistics(column, rows);
  return column.type === "text" ? textStatistics(column, rows) : dateStatistics(column, rows);
}

function numberStatistics({ name, values }: NumberColumn, rows: Uint32Array | undefined): NumberStatistics {
  const { sorted, count } = sortPresent(values, rows, Number.isFinite);
  const distinct = countDistinct(sorted);
  const isInteger = sorted.every(Number.isInteger);
  return {
    name,
    type: "number",
    count,
    missing: count - sorted.length,
    distinct,
    ...spreadOf(sorted),
    isInteger,
    // What has many digits and many values is a measurement, and nobody's category.
    ...((isInteger || distinct <= FREQUENT_VALUES) && { frequent: mostFrequent(sorted, String) }),
  };
}

function dateStatistics({ name, values }: DateColumn, rows: Uint32Array | undefined): DateStatistics {
  const { sorted, count } = sortPresent(values, rows, isDate);
  const distinct = countDistinct(sorted);
  return {
    name,
    type: "date",
    count,
    missing: count - sorted.length,
    distinct,
    ...spreadOf(sorted),
    hasTimes: sorted.some(hasTimeOfDay),
    ...(distinct <= FREQUENT_VALUES && { frequent: mostFrequent(sorted, dateText) }),
  };
}

function textStatistics({ name, values }: TextColumn, rows: Uint32Array | undefined): TextStatistics {
  const counts = new Map<string, number>();
  const count = rows?.length ?? values.length;
  let present = 0;
  let characters = 0;
  for (let index = 0; index < count; index++) {
    const value = values[rows === undefined ? index : (rows[index] as number)];
    if (value === undefined) continue;
    present++;
    characters += value.length;
    counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  const frequent = new MostFrequent();
  for (const [value, times] of counts) frequent.add(value, times);
  return {
    name,
    type: "text",
    count,
    missing: count - present,
    distinct: counts.size,
    frequent: frequent.values(),
    meanLength: present === 0 ? 0 : characters / present,
  };
}

interface SortedValues {
  /** The values that are there, the smallest first; 0 is never negative. */
  readonly sorted: Float64Array;
  /** Rows, with those whose values are missing. */
  readonly count: number;
}

function sortPresent(
  values: Float64Array,
  rows: Uint32Array | undefined,
  isPresent: (value: number) => boolean,
): SortedValues {
  const count = rows?.length ?? values.length;
  const present = new Float64Array(count);
  let length = 0;
  for (let index = 0; index < count; index++) {
    const value = values[rows === undefined ? index : (rows[index] as number)] as number;
    // Adding 0 makes 0 of −0, which would count as a value of its own.
    if (isPresent(value)) present[length++] = value + 0;
  }
  const sorted = present.subarray(0, length);
  sorted.sort();
  return { sorted, count };
}

function countDistinct(sorted: Float64Array): number {
  let distinct = 0;
  for (let index = 0; index < sorted.length; index++) {
    if (index === 0 || sorted[index] !== sorted[index - 1]) distinct++;
  }
  return distinct;
}

function mostFrequent(sorted: Float64Array, toText: (value: number) => string): Frequency[] {
  const frequent = new MostFrequent();
  let start = 0;
  for (let end = 1; end <= sorted.length; end++) {
    if (end < sorted.length && sorted[end] === sorted[start]) continue;
    frequent.add(toText(sorted[start] as number), end - start);
    start = end;
  }
  return frequent.values();
}
