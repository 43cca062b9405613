/** What is known of the columns of a table, computed where its rows lie. */
import { tables } from "@sandglass/core";
import type { Database, Row } from "./database.ts";
import { columnName } from "./raw-table.ts";
import { withRows } from "./row-selection.ts";
import { asNumber, asNumbers, asText } from "./row-values.ts";
import type { Table, TableColumn } from "./table.ts";

export interface StatisticsOptions {
  /** The numbers of the rows to look at; all unless given. */
  readonly rows?: Uint32Array | undefined;
}

/** Up to so many rows, quantiles are exact: these need all values of a column in memory. */
const MOST_EXACT = 20_000_000;
const COLUMNS_AT_ONCE = 50;

/** A column, by its name in the database. */
interface Source {
  readonly database: Database;
  /** The rows: a table with a condition. */
  readonly from: string;
  readonly count: number;
}

/**
 * The statistics by which it is decided what becomes of each column, of some rows only: the rows to train on. They are the same on every machine.
 *
 * @example
 * const preprocessing = decideColumns(await tableStatistics(table, { rows: training }), choices);
 */
export function tableStatistics(
  table: Table,
  { rows }: StatisticsOptions = {},
): Promise<readonly tables.ColumnStatistics[]> {
  return withRows(table, rows, async (from) => {
    const source = { database: table.database, from, count: table.count };
    const statistics: tables.ColumnStatistics[] = [];
    for (const [index, column] of table.columns.entries()) {
      const name = columnName(index);
      statistics.push(
        column.type === "text"
          ? await textStatistics(source, column, name)
          : await spreadStatistics(source, column, name),
      );
    }
    return withMoments(source, statistics);
  });
}

async function textStatistics(source: Source, { name }: TableColumn, column: string): Promise<tables.TextStatistics> {
  const { database, from } = source;
  const row = await database.row(`SELECT ${countsSql(column)}, avg(length(${column})) AS mean_length FROM ${from}`);
  const frequent = await frequentValues(source, column, column);
  return {
    name,
    type: "text",
    ...countsOf(row),
    frequent: frequent.map(({ value, count }) => ({ value: asText(value), count })),
    meanLength: asNumber(row["mean_length"]) || 0,
  };
}

/** All but mean and standard deviation. */
async function spreadStatistics(
  source: Source,
  { name, type }: TableColumn,
  column: string,
): Promise<tables.NumberStatistics | tables.DateStatistics> {
  const { database, from, count } = source;
  const value = valueSql(type, column);
  const quantiles = count <= MOST_EXACT ? "quantile_cont" : "approx_quantile";
  const row = await database.row(
    `SELECT ${countsSql(column)}, min(${value}) AS min, max(${value}) AS max, ` +
      `${quantiles}(${value}, [0.25, 0.5, 0.75]) AS quartiles, ` +
      `bool_and(${value} = trunc(${value})) AS is_integer, bool_or(${value} % 86400000 <> 0) AS has_times FROM ${from}`,
  );
  const counts = countsOf(row);
  const [q1 = NaN, median = NaN, q3 = NaN] = asNumbers(row["quartiles"]);
  const spread = { min: asNumber(row["min"]), max: asNumber(row["max"]), mean: NaN, std: NaN, q1, median, q3 };
  const isFew = counts.distinct <= tables.FREQUENT_VALUES;
  if (type === "date") {
    const frequent = isFew ? await frequentValues(source, value, `${column}::VARCHAR`) : undefined;
    return {
      name,
      type,
      ...counts,
      ...spread,
      hasTimes: row["has_times"] === true,
      ...(frequent && { frequent: inOrder(frequent, (one) => tables.dateText(asNumber(one))) }),
    };
  }
  const isInteger = row["is_integer"] !== false;
  // Whole numbers that are many may still be chosen as categories: then their texts decide who is among them.
  const frequent =
    isInteger || isFew
      ? await frequentValues(source, value, `coalesce(TRY_CAST(${value} AS HUGEINT)::VARCHAR, ${value}::VARCHAR)`)
      : undefined;
  return {
    name,
    type: "number",
    ...counts,
    ...spread,
    isInteger,
    ...(frequent && { frequent: inOrder(frequent, (one) => String(asNumber(one))) }),
  };
}

/**
 * Means and standard deviations: of differences from the median in units of the range, so that nothing overflows and large means leave digits for
 * small deviations. Sums of floats depend on their order, so one thread adds them up in that of the rows.
 */
async function withMoments(
  { database, from }: Source,
  statistics: readonly tables.ColumnStatistics[],
): Promise<readonly tables.ColumnStatistics[]> {
  const moments = new Map<number, { mean: number; std: number }>();
  const wanted = statistics.flatMap((one, index) => (one.type === "text" ? [] : [{ index, one }]));
  await database.inOrder(async () => {
    for (let first = 0; first < wanted.length; first += COLUMNS_AT_ONCE) {
      const some = wanted.slice(first, first + COLUMNS_AT_ONCE).filter(({ one }) => isWide(one));
      if (some.length === 0) continue;
      const selected = some.map(({ index, one }) => {
        const name = columnName(index);
        const shifted = `(${valueSql(one.type, name)} - (${one.median})::DOUBLE) / (${one.max - one.min})::DOUBLE`;
        return `avg(${shifted}) AS shift_${name}, stddev_pop(${shifted}) AS std_${name}`;
      });
      const row = await database.row(`SELECT ${selected.join(", ")} FROM ${from}`);
      for (const { index, one } of some) {
        const name = columnName(index);
        const range = one.max - one.min;
        moments.set(index, {
          mean: one.median + asNumber(row[`shift_${name}`]) * range,
          std: asNumber(row[`std_${name}`]) * range,
        });
      }
    }
  });
  return statistics.map((one, index) => {
    if (one.type === "text") return one;
    // All values are the same, there are none, or their range is beyond floats.
    return { ...one, ...(moments.get(index) ?? { mean: one.median, std: one.max - one.min }) };
  });
}

function isWide({ min, max }: tables.Spread): boolean {
  const range = max - min;
  return range > 0 && range < Infinity;
}

/** A number, or a date in milliseconds, as DOUBLE. */
function valueSql(type: tables.ColumnType, column: string): string {
  return type === "date" ? `epoch_ms(${column})::DOUBLE` : column;
}

/** Different values are counted, whatever their number, on the disk where they do not fit memory: estimates are off by up to a third. */
function countsSql(column: string): string {
  return `count(*)::DOUBLE AS row_count, count(${column})::DOUBLE AS present, count(DISTINCT ${column})::DOUBLE AS different`;
}

function countsOf(row: Row): { count: number; missing: number; distinct: number } {
  const count = asNumber(row["row_count"]);
  const present = asNumber(row["present"]);
  return { count, missing: count - present, distinct: Math.min(present, asNumber(row["different"])) };
}

interface CountedValue {
  readonly value: Row[string] | undefined;
  readonly count: number;
}

/** The most frequent values, equally frequent ones by their texts. */
async function frequentValues(
  { database, from }: Source,
  value: string,
  text: string,
): Promise<readonly CountedValue[]> {
  const rows = await database.rows(
    `SELECT value, times::DOUBLE AS times FROM (SELECT ${value} AS value, any_value(${text}) AS label, count(*) AS times FROM ${from} ` +
      `AND ${value} IS NOT NULL GROUP BY 1) ORDER BY times DESC, label LIMIT ${tables.FREQUENT_VALUES}`,
  );
  return rows.map((row) => ({ value: row["value"], count: asNumber(row["times"]) }));
}

/** As JavaScript writes them, and orders their texts. */
function inOrder(
  counted: readonly CountedValue[],
  toText: (value: CountedValue["value"]) => string,
): readonly tables.Frequency[] {
  return counted
    .map(({ value, count }) => ({ value: toText(value), count }))
    .toSorted((one, other) => other.count - one.count || (one.value < other.value ? -1 : 1));
}
