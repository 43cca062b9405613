import type { tables } from "@sandglass/core";
import { appendColumns } from "./append-columns.ts";
import { Database } from "./database.ts";
import { rowNumbers } from "./row-numbers.ts";
import { ROWS, type Table } from "./table.ts";

export interface ColumnTableOptions {
  /** What the user should know of where the columns come from. */
  readonly notes?: readonly string[];
  readonly signal?: AbortSignal | undefined;
}

/** Columns in memory as a table in a database, as files are. Close it when it is no longer needed. */
export async function columnTable(
  name: string,
  columns: readonly tables.Column[],
  { notes = [], signal }: ColumnTableOptions = {},
): Promise<Table> {
  const database = await Database.open({ signal });
  try {
    await appendColumns(database, ROWS, columns);
  } catch (error) {
    await database.close();
    throw error;
  }
  return {
    name,
    files: [],
    columns: columns.map((column) => ({ name: column.name, type: column.type, sqlType: SQL_TYPES[column.type] })),
    count: columns[0]?.values.length ?? 0,
    rowNumber: rowNumbers(),
    notes,
    database,
    close: () => database.close(),
  };
}

const SQL_TYPES: Readonly<Record<tables.ColumnType, string>> = { number: "DOUBLE", text: "VARCHAR", date: "TIMESTAMP" };
