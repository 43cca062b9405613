import type { RowsExhibit, TableExhibit, TableExhibitGroup, tables } from "@sandglass/core";
import { cellTexts } from "./cell-texts.ts";

/** Cells are marked until they make up this share of a line's error, but no more of them than that. */
const MARKED_SHARE = 0.5;
const MOST_MARKED = 3;

/**
 * A group for each sample: the original, and below what became of it. Marked are the cells that most of the difference comes from.
 *
 * @param rows of features: the originals first.
 * @param most how many columns are shown: those that differ most.
 */
export function comparedRows(
  { rows, captions }: RowsExhibit,
  encoder: tables.TableEncoder,
  most: number,
): TableExhibit {
  const { preprocessing, featureColumns, width } = encoder;
  const columns = featureColumns.length;
  const originals = rows[0]?.values ?? new Float32Array();
  const errors = rows.map(({ values }) => encoder.columnErrors(originals, values));
  const shown = largest(sumsByColumn(errors, columns), most).toSorted((a, b) => a - b);
  const texts = rows.map(({ values }) => cellTexts(encoder, values));
  const groupOf = (sample: number): TableExhibitGroup => ({
    ...(captions && { caption: captions[sample] ?? "" }),
    lines: rows.map(({ name }, row) => {
      const text = (of: number, column: number): string => texts[of]?.[column]?.[sample] ?? "";
      const own = errors[row]?.subarray(sample * columns, (sample + 1) * columns) ?? new Float32Array();
      const marked = standingOut(own).filter((column) => text(row, column) !== text(0, column));
      return {
        name,
        cells: shown.map((column) => text(row, column)),
        marked: marked.map((column) => shown.indexOf(column)).filter((place) => place >= 0),
      };
    }),
  });
  return {
    kind: "table",
    columns: shown.map((column) => {
      const { name, role } = preprocessing.columns[column] as tables.ColumnPreprocessing;
      return { name, isNumber: role === "number" };
    }),
    groups: Array.from({ length: originals.length / width }, (_, sample) => groupOf(sample)),
  };
}

function sumsByColumn(errors: readonly Float32Array[], columns: number): Float64Array {
  const sums = new Float64Array(columns);
  for (const ofRows of errors) {
    for (const [at, error] of ofRows.entries()) sums[at % columns] = (sums[at % columns] as number) + error;
  }
  return sums;
}

/** The columns that a row's error comes from, the largest share first: together half of it or more, but few. */
function standingOut(errors: Float32Array): number[] {
  const total = errors.reduce((sum, error) => sum + error, 0);
  let sum = 0;
  return largest(errors, MOST_MARKED).filter((column) => {
    const isNeeded = sum < MARKED_SHARE * total;
    sum += errors[column] as number;
    return isNeeded;
  });
}

/** The places of the largest values, the largest first. */
function largest(values: Float32Array | Float64Array, most: number): number[] {
  const order = Array.from(values.keys()).toSorted((a, b) => (values[b] as number) - (values[a] as number));
  return order.slice(0, most);
}
