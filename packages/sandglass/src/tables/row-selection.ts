/** Some rows of a table, by their numbers, as SQL sees them. */
import type { DuckDBDataChunk } from "@duckdb/node-api";
import { ROWS, type Table } from "./table.ts";

const NUMBERS = "selected_numbers";
const AT_ONCE = 2048;

/**
 * Calls `use` with the name of what holds the rows of these numbers, and no others: a view of the database, or the table itself where all rows are
 * meant. One selection at a time.
 */
export async function withRows<T>(
  { database }: Table,
  rows: Uint32Array | undefined,
  use: (relation: string) => Promise<T>,
): Promise<T> {
  if (rows === undefined) return use(ROWS);
  const { DuckDBDataChunk: Chunk, UINTEGER } = await import("@duckdb/node-api");
  await database.run(`CREATE OR REPLACE TABLE ${NUMBERS} (number UINTEGER)`);
  const appender = await database.appender(NUMBERS);
  for (let from = 0; from < rows.length; from += AT_ONCE) {
    const numbers = rows.subarray(from, from + AT_ONCE);
    const chunk: DuckDBDataChunk = Chunk.create([UINTEGER], numbers.length);
    chunk.setColumnValues(0, Array.from(numbers));
    appender.appendDataChunk(chunk);
  }
  appender.closeSync();
  const view = "selected_rows";
  await database.run(
    `CREATE OR REPLACE VIEW ${view} AS SELECT * FROM ${ROWS} WHERE rowid IN (SELECT number FROM ${NUMBERS})`,
  );
  try {
    return await use(view);
  } finally {
    await database.run(`DROP VIEW IF EXISTS ${view}`);
    await database.run(`DROP TABLE IF EXISTS ${NUMBERS}`);
  }
}
