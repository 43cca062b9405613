/** Where rows come from: a table in its database, or columns in memory. */
import { tables } from "@sandglass/core";
import { readPieces, type TablePiece } from "../read-columns.ts";
import { rowNumbers, type RowNumber } from "../row-numbers.ts";
import type { Table, TableColumn } from "../table.ts";
import { tableStatistics } from "../table-statistics.ts";

/** Rows that can be gone through more than once, always in the same order. */
export interface RowSource {
  readonly name: string;
  readonly files: readonly string[];
  readonly columns: readonly TableColumn[];
  readonly count: number;
  readonly rowNumber: RowNumber;
  readonly notes: readonly string[];
  /** Of the rows of these numbers, and of no others. */
  statistics(rows: Uint32Array): Promise<readonly tables.ColumnStatistics[]>;
  /** All rows, of these columns. */
  pieces(columns: readonly string[]): AsyncIterable<TablePiece>;
}

const ROWS_PER_PIECE = 2 ** 16;

export function tableSource(table: Table): RowSource {
  const { name, files, columns, count, rowNumber, notes } = table;
  return {
    name,
    files,
    columns,
    count,
    rowNumber,
    notes,
    statistics: (rows) => tableStatistics(table, { rows }),
    pieces: (names) => readPieces(table, { columns: names }),
  };
}

/** @throws TableError when columns differ in length or share a name. */
export function columnSource(name: string, columns: readonly tables.Column[]): RowSource {
  const count = columns[0]?.values.length ?? 0;
  return {
    name,
    files: [],
    columns: columns.map(({ name, type }) => ({ name, type, sqlType: sqlTypes[type] })),
    count,
    rowNumber: rowNumbers(),
    notes: [],
    // Not an async function, so that its errors come as rejections all the same.
    statistics: (rows) => Promise.resolve().then(() => tables.collectStatistics(columns, { rows })),
    pieces: (names) =>
      slices(
        columns.filter((column) => names.includes(column.name)),
        count,
      ),
  };
}

const sqlTypes: Readonly<Record<tables.ColumnType, string>> = {
  number: "DOUBLE",
  text: "VARCHAR",
  date: "TIMESTAMP",
};

async function* slices(columns: readonly tables.Column[], count: number): AsyncGenerator<TablePiece> {
  for (let from = 0; from < count; from += ROWS_PER_PIECE) {
    const to = Math.min(from + ROWS_PER_PIECE, count);
    const cut = columns.map((column): tables.Column =>
      column.type === "text"
        ? { ...column, values: column.values.slice(from, to) }
        : { ...column, values: column.values.subarray(from, to) },
    );
    yield await Promise.resolve({ from, count: to - from, columns: cut });
  }
}
