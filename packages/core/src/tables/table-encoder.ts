import { categoryCoder } from "./category-coder.ts";
import type { Column } from "./column.ts";
import type { ColumnCoder, DecodeOptions, FeatureSpan } from "./column-coder.ts";
import { conformTable } from "./conform-table.ts";
import { dateCoder } from "./date-coder.ts";
import { numberCoder } from "./number-coder.ts";
import type { ColumnPreprocessing, ColumnRole, TablePreprocessing } from "./preprocessing.ts";
import { readPreprocessing } from "./read-preprocessing.ts";
import { TableError } from "./table-error.ts";

/** So many rows are written by one column after the other that they stay in a first-level cache. */
const ROWS_PER_BLOCK = 512;

/** Which features a column has. */
export interface FeatureColumn {
  readonly name: string;
  readonly role: ColumnRole;
  /** The first of its features. */
  readonly from: number;
  /** The feature after the last. */
  readonly to: number;
}

export interface TransformOptions {
  /** The number of the first row in the table, for errors that name rows. 1 unless given. */
  readonly firstRow?: number | undefined;
}

interface PlacedCoder {
  readonly coder: ColumnCoder;
  readonly span: FeatureSpan;
}

/**
 * Turns rows of a table into features, and features into values of the user's own columns, as its preprocessing says.
 *
 * @example
 * const encoder = new TableEncoder(decideColumns(statistics));
 * const data = dataset("deliveries", [encoder.width], encoder.transform(columns));
 */
export class TableEncoder {
  readonly preprocessing: TablePreprocessing;
  /** Features in a row. */
  readonly width: number;
  /** What each feature says: `price`, `age missing`, `city=Paris`, `city other`, `when month sine`. */
  readonly featureNames: readonly string[];
  /** The columns that have features, in the order of the preprocessing. */
  readonly featureColumns: readonly FeatureColumn[];
  readonly #coders: readonly PlacedCoder[];

  constructor(preprocessing: TablePreprocessing) {
    const coders = preprocessing.columns.map(coderOf);
    const featureColumns: FeatureColumn[] = [];
    let from = 0;
    for (const [index, { name, role }] of preprocessing.columns.entries()) {
      const to = from + (coders[index] as ColumnCoder).featureNames.length;
      featureColumns.push({ name, role, from, to });
      from = to;
    }
    const width = from;
    this.preprocessing = preprocessing;
    this.width = width;
    this.featureColumns = featureColumns;
    this.featureNames = coders.flatMap(({ featureNames }) => featureNames);
    this.#coders = featureColumns.map(({ from: at }, index) => ({
      coder: coders[index] as ColumnCoder,
      span: { at, width },
    }));
  }

  /**
   * The encoder that `toJSON` described.
   *
   * @param value parsed JSON, from wherever.
   * @throws TableError when it is damaged, or of another version.
   */
  static fromJSON(value: unknown): TableEncoder {
    return new TableEncoder(readPreprocessing(value));
  }

  /** Everything that there is to know, as plain data: `JSON.stringify(encoder)` saves it. */
  toJSON(): TablePreprocessing {
    return this.preprocessing;
  }

  /**
   * The features of all rows, row-major: rows × `width`. Columns may come in any order; those that training did not have, or left out,
   * are left aside.
   *
   * @throws TableError when columns are missing, or hold values of another type than in training.
   */
  transform(columns: readonly Column[], { firstRow = 1 }: TransformOptions = {}): Float32Array<ArrayBuffer> {
    const table = conformTable(this.preprocessing.columns, columns, (row) => firstRow + row);
    const rows = new Float32Array(table.count * this.width);
    for (let from = 0; from < table.count; from += ROWS_PER_BLOCK) {
      const to = Math.min(from + ROWS_PER_BLOCK, table.count);
      for (const [index, { coder, span }] of this.#coders.entries()) {
        coder.encode(table.columns[index] as Column, from, to, rows, span);
      }
    }
    return rows;
  }

  /**
   * The values that features stand for, in the user's own columns and units: numbers and dates scaled back, the category of the largest
   * feature, nothing where that says that a value is missing.
   *
   * @param rows features of whole rows, such as a reconstruction.
   * @throws TableError when these are no whole rows.
   */
  inverse(rows: Float32Array, options: DecodeOptions = {}): readonly Column[] {
    const count = this.#countRows(rows);
    return this.#coders.map(({ coder, span }) => coder.decode(rows, count, span, options));
  }

  /**
   * How far reconstructions are off, by column: the squared differences of each column's features added up. So the errors of a row's
   * columns add up to the squared error of the row, and say which columns it comes from.
   *
   * @returns rows × `featureColumns`, row-major.
   * @throws TableError when these are no whole rows, or not equally many.
   */
  columnErrors(rows: Float32Array, reconstructions: Float32Array): Float32Array<ArrayBuffer> {
    const count = this.#countRows(rows);
    if (reconstructions.length !== rows.length) {
      throw new TableError(
        `there are ${rows.length} features and ${reconstructions.length} reconstructed ones; as many are expected`,
      );
    }
    const errors = new Float32Array(count * this.featureColumns.length);
    let target = 0;
    for (let start = 0; start < rows.length; start += this.width) {
      for (const { from, to } of this.featureColumns) {
        let sum = 0;
        for (let at = start + from; at < start + to; at++) {
          sum += ((rows[at] as number) - (reconstructions[at] as number)) ** 2;
        }
        errors[target++] = sum;
      }
    }
    return errors;
  }

  #countRows(rows: Float32Array): number {
    if (rows.length % this.width === 0) return rows.length / this.width;
    throw new TableError(`${rows.length} features came; rows have ${this.width} each, and whole rows are expected`);
  }
}

function coderOf(plan: ColumnPreprocessing): ColumnCoder {
  if (plan.role === "number") return numberCoder(plan);
  return plan.role === "date" ? dateCoder(plan) : categoryCoder(plan);
}
