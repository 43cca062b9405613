/** Some rows of a table in memory, for what needs to see whole rows: all of a small table, a random part of a large one. */
import type { tables } from "@sandglass/core";
import { columnName } from "./raw-table.ts";
import { ROWS, type Table } from "./table.ts";

export interface SampledRows {
  /** The number of each row in the user's files, from 1 on, ascending. */
  readonly numbers: Uint32Array;
  /** All columns of the table, with the values of these rows. */
  readonly columns: readonly tables.Column[];
}

/** More rows change no picture. */
const MOST_ROWS = 20_000;
/** Rows × columns. */
const MOST_CELLS = 2 ** 21;
const FEWEST_ROWS = 200;

/** The same rows for the same seed. */
export async function sampleRows({ database, columns, count, rowNumber }: Table, seed: number): Promise<SampledRows> {
  const fitting = Math.max(FEWEST_ROWS, Math.min(MOST_ROWS, Math.floor(MOST_CELLS / columns.length)));
  const wanted = Math.min(count, fitting);
  const selected = columns.map(({ type }, index) => {
    const name = columnName(index);
    return type === "date" ? `epoch_ms(${name})::DOUBLE AS ${name}` : name;
  });
  const which =
    wanted === count
      ? ""
      : ` WHERE rowid IN (SELECT rowid FROM ${ROWS} ORDER BY hash(rowid, ${seed}), rowid LIMIT ${wanted})`;
  const sql = `SELECT rowid::DOUBLE AS number, ${selected.join(", ")} FROM ${ROWS}${which} ORDER BY rowid`;
  const numbers = new Uint32Array(wanted);
  const values = columns.map(({ type }) =>
    type === "text" ? new Array<string | undefined>(wanted).fill(undefined) : new Float64Array(wanted),
  );
  let filled = 0;
  for await (const chunk of database.chunks(sql)) {
    for (let row = 0; row < chunk.rowCount; row++) {
      numbers[filled + row] = rowNumber(chunk.getColumnVector(0).getItem(row) as number);
    }
    for (const [index, column] of values.entries()) {
      const vector = chunk.getColumnVector(index + 1);
      for (let row = 0; row < chunk.rowCount; row++) {
        const value = vector.getItem(row) as string | number | null;
        if (column instanceof Float64Array) column[filled + row] = (value as number | null) ?? Number.NaN;
        else column[filled + row] = (value as string | null) ?? undefined;
      }
    }
    filled += chunk.rowCount;
  }
  return {
    numbers,
    columns: columns.map(({ name, type }, index) => ({ name, type, values: values[index] }) as tables.Column),
  };
}
