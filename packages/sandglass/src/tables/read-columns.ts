/** Rows of a table as columns in memory, piece by piece. */
import type { tables } from "@sandglass/core";
import type { DuckDBVector } from "@duckdb/node-api";
import { columnName } from "./raw-table.ts";
import { ROWS, type Table, type TableColumn } from "./table.ts";

/** How many rows a piece has, unless said otherwise: a few megabytes. */
const ROWS_PER_PIECE = 2 ** 16;

export interface ReadColumnsOptions {
  /** The columns to read, by their names, in the order of the table; all unless given. */
  readonly columns?: readonly string[] | undefined;
}

/** Rows that follow one another. */
export interface TablePiece {
  /** The number of the first. */
  readonly from: number;
  readonly count: number;
  readonly columns: readonly tables.Column[];
}

/**
 * The rows from number `from` up to but not including `to`, as columns.
 *
 * @throws RangeError when there are no such rows.
 */
export async function readColumns(
  table: Table,
  from: number,
  to: number,
  options: ReadColumnsOptions = {},
): Promise<readonly tables.Column[]> {
  if (!Number.isInteger(from) || !Number.isInteger(to) || from < 0 || to > table.count || from >= to) {
    throw new RangeError(`${table.name} has rows 0 to ${table.count - 1}; rows from ${from} to ${to} were asked for`);
  }
  const reader = new PieceReader(selectedColumns(table, options), to - from);
  const where = to - from === table.count ? "" : ` WHERE rowid >= ${from} AND rowid < ${to}`;
  for await (const chunk of table.database.chunks(reader.sql(where))) {
    reader.add(chunk.rowCount, (index) => chunk.getColumnVector(index), 0);
  }
  return reader.take();
}

/** All rows, or the first `count`, in their order, some ten thousand at a time. Only a piece is in memory. */
export async function* readPieces(
  table: Table,
  options: ReadColumnsOptions & { readonly rowsPerPiece?: number; readonly count?: number } = {},
): AsyncGenerator<TablePiece> {
  const { rowsPerPiece = ROWS_PER_PIECE, count = table.count } = options;
  const selected = selectedColumns(table, options);
  let from = 0;
  let reader = new PieceReader(selected, Math.min(rowsPerPiece, count));
  const where = count === table.count ? "" : ` WHERE rowid < ${count}`;
  for await (const chunk of table.database.chunks(reader.sql(where))) {
    for (let start = 0; start < chunk.rowCount;) {
      start += reader.add(chunk.rowCount - start, (index) => chunk.getColumnVector(index), start);
      if (!reader.isFull) continue;
      yield { from, count: reader.size, columns: reader.take() };
      from += reader.size;
      if (from < count) reader = new PieceReader(selected, Math.min(rowsPerPiece, count - from));
    }
  }
}

interface SelectedColumn {
  readonly column: TableColumn;
  readonly index: number;
}

function selectedColumns(table: Table, { columns }: ReadColumnsOptions): readonly SelectedColumn[] {
  return table.columns
    .map((column, index) => ({ column, index }))
    .filter(({ column }) => columns?.includes(column.name) ?? true);
}

type MutableColumn =
  | { readonly name: string; readonly type: "number" | "date"; readonly values: Float64Array }
  | { readonly name: string; readonly type: "text"; readonly values: (string | undefined)[] };

/** Gathers DuckDB's chunks of 2,048 rows. */
class PieceReader {
  readonly size: number;
  readonly #selected: readonly SelectedColumn[];
  readonly #columns: readonly MutableColumn[];
  #filled = 0;

  constructor(selected: readonly SelectedColumn[], size: number) {
    this.size = size;
    this.#selected = selected;
    this.#columns = selected.map(({ column: { name, type } }) =>
      type === "text"
        ? { name, type, values: new Array<string | undefined>(size).fill(undefined) }
        : { name, type, values: new Float64Array(size) },
    );
  }

  get isFull(): boolean {
    return this.#filled === this.size;
  }

  sql(where: string): string {
    const selected = this.#selected.map(({ column: { type }, index }) => {
      const name = columnName(index);
      if (type === "text") return name;
      // Without NULLs the values are read as they lie in memory.
      return `coalesce(${type === "date" ? `epoch_ms(${name})::DOUBLE` : name}, 'nan'::DOUBLE)`;
    });
    return `SELECT ${selected.join(", ")} FROM ${ROWS}${where}`;
  }

  /** Takes up to `count` rows, as many as there is room for. */
  add(count: number, vectorOf: (index: number) => DuckDBVector, start: number): number {
    const rows = Math.min(count, this.size - this.#filled);
    for (const [index, column] of this.#columns.entries()) {
      const vector = vectorOf(index);
      const { type, values } = column;
      if (type === "text") {
        for (let row = 0; row < rows; row++) {
          values[this.#filled + row] = (vector.getItem(start + row) as string | null) ?? undefined;
        }
      } else {
        for (let row = 0; row < rows; row++) values[this.#filled + row] = vector.getItem(start + row) as number;
      }
    }
    this.#filled += rows;
    return rows;
  }

  take(): readonly tables.Column[] {
    return this.#columns;
  }
}
