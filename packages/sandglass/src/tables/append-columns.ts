import type { tables } from "@sandglass/core";
import type { Database } from "./database.ts";
import { columnName } from "./raw-table.ts";

const ROWS_AT_ONCE = 2048;

const sqlTypes: Readonly<Record<tables.ColumnType, string>> = {
  number: "DOUBLE",
  text: "VARCHAR",
  date: "TIMESTAMP",
};

/** Appends columns in memory to a table of a database, which is made when there is none; its columns are `c0`, `c1`, … */
export async function appendColumns(
  database: Database,
  table: string,
  columns: readonly tables.Column[],
): Promise<void> {
  const { DuckDBDataChunk, DuckDBTimestampValue, DOUBLE, TIMESTAMP, VARCHAR } = await import("@duckdb/node-api");
  const types = { number: DOUBLE, text: VARCHAR, date: TIMESTAMP };
  const declared = columns.map(({ type }, index) => `${columnName(index)} ${sqlTypes[type]}`);
  await database.run(`CREATE TABLE IF NOT EXISTS ${table} (${declared.join(", ")})`);
  const count = columns[0]?.values.length ?? 0;
  const appender = await database.appender(table);
  for (let from = 0; from < count; from += ROWS_AT_ONCE) {
    const to = Math.min(from + ROWS_AT_ONCE, count);
    const chunk = DuckDBDataChunk.create(
      columns.map(({ type }) => types[type]),
      to - from,
    );
    for (const [index, column] of columns.entries()) {
      chunk.setColumnValues(index, valuesOf(column, from, to));
    }
    appender.appendDataChunk(chunk);
  }
  appender.closeSync();

  function valuesOf(column: tables.Column, from: number, to: number) {
    if (column.type === "text") return column.values.slice(from, to).map((text) => text ?? null);
    const numbers = Array.from(column.values.subarray(from, to), (value) => (Number.isFinite(value) ? value : null));
    if (column.type === "number") return numbers;
    return numbers.map((value) =>
      value === null ? null : new DuckDBTimestampValue(BigInt(Math.round(value)) * 1000n),
    );
  }
}
