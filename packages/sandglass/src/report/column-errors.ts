import type { Exhibit, tables } from "@sandglass/core";
import type { Examination } from "../examination/examine.ts";

/** More bars have no room for their names. */
const MOST_BARS = 24;

/**
 * How much of each column of a table is lost: the squared errors of its features over their squared differences from the mean. That is
 * comparable among columns of any kind and scaling, which errors are not.
 */
export function errorByOwnColumn(
  { data, reconstructions }: Pick<Examination, "data" | "reconstructions">,
  encoder: tables.TableEncoder,
): Exhibit {
  const values = data.values as Float32Array;
  const errors = sumsByColumn(encoder, encoder.columnErrors(values, reconstructions));
  const variances = sumsByColumn(encoder, encoder.columnErrors(values, meanRows(values, encoder.width)));
  const lost = encoder.featureColumns
    .map(({ name }, column) => ({ name, share: (errors[column] as number) / (variances[column] as number) }))
    // Of what is the same in all rows examined there is nothing to lose.
    .filter(({ share }) => Number.isFinite(share))
    .toSorted((a, b) => b.share - a.share);
  const shown = lost.slice(0, MOST_BARS);
  const which = shown.length < lost.length ? `the ${shown.length} worst of ${lost.length}` : "the worst first";
  return {
    kind: "bars",
    title: "Error by column",
    note:
      "How much of each column’s variance is lost: 0 is a column that comes back exactly, 1 one that comes back no better than by " +
      "always giving its mean.",
    values: shown.map(({ share }) => share),
    names: shown.map(({ name }) => name),
    axis: "share of the variance that is lost",
    bars: `column, ${which}`,
  };
}

function sumsByColumn({ featureColumns }: tables.TableEncoder, errors: Float32Array): Float64Array {
  const sums = new Float64Array(featureColumns.length);
  for (const [at, error] of errors.entries()) {
    const column = at % sums.length;
    sums[column] = (sums[column] as number) + error;
  }
  return sums;
}

/** As many rows, all of them the mean. */
function meanRows(values: Float32Array, width: number): Float32Array {
  const count = values.length / width;
  const sums = new Float64Array(width);
  for (const [at, value] of values.entries()) sums[at % width] = (sums[at % width] as number) + value;
  return values.map((_, at) => (sums[at % width] as number) / count);
}
