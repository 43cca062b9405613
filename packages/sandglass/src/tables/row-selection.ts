/** Some rows of a table, by their numbers, as SQL sees them. */
import type { DuckDBDataChunk } from "@duckdb/node-api";
import { ROWS, type Table } from "./table.ts";

const NUMBERS = "selected_numbers";
const AT_ONCE = 2048;

/**
 * Calls `use` with what follows `FROM` where the rows of these numbers are meant, and no others: it ends in a condition. One selection at a time.
 */
export async function withRows<T>(
  { database }: Table,
  rows: Uint32Array | undefined,
  use: (from: string) => Promise<T>,
): Promise<T> {
  if (rows === undefined) return use(`${ROWS} WHERE true`);
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
  try {
    return await use(`${ROWS} WHERE rowid IN (SELECT number FROM ${NUMBERS})`);
  } finally {
    await database.run(`DROP TABLE ${NUMBERS}`);
  }
}
