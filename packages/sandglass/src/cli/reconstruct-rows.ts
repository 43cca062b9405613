/** What a model gives back of the rows of a table, in the user's own columns and units, and how far that is off. */
import {
  isStreamed,
  rows,
  selectStreamed,
  readSamples,
  type AnyDataset,
  type Autoencoder,
  type Dataset,
  type tables,
} from "@sandglass/core";

import { rowNumbers, type RowNumber } from "../tables/index.ts";

/** Values of a piece of the rows: some megabytes. */
const VALUES_PER_PIECE = 2 ** 21;

export interface ReconstructedRows {
  /**
   * The reconstructed columns, piece by piece, between three more: `row`, the number of the row in the user's file; `error`, the mean squared
   * error of the row's features; and `most_unusual_column`, the column with the largest share of it.
   */
  pieces(): AsyncGenerator<readonly tables.Column[]>;
  /** Of all rows of the pieces that were taken. */
  mse(): number;
}

export interface ReconstructRowsOptions {
  /** The number of a sample's row in the user's file; the samples are counted from 1 on unless given. */
  readonly rowNumber?: RowNumber | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** @param data features, as the encoder makes them. */
export function reconstructRows(
  model: Pick<Autoencoder, "reconstruct">,
  data: AnyDataset,
  encoder: tables.TableEncoder,
  { rowNumber = rowNumbers(), signal }: ReconstructRowsOptions = {},
): ReconstructedRows {
  const { width, featureColumns } = encoder;
  const names = featureColumns.map(({ name }) => name);
  const rowName = freeName("row", names);
  const errorName = freeName("error", names);
  const unusualName = freeName("most_unusual_column", [...names, errorName]);
  let sum = 0;
  let count = 0;

  async function* pieces(): AsyncGenerator<readonly tables.Column[]> {
    const size = Math.max(1, Math.floor(VALUES_PER_PIECE / width));
    for (let from = 0; from < data.count; from += size) {
      const piece = await pieceOf(data, from, Math.min(from + size, data.count));
      const reconstructions = await model.reconstruct(piece, { signal });
      const shares = encoder.columnErrors(piece.values as Float32Array, reconstructions);
      const errors = new Float64Array(piece.count);
      const unusual: string[] = [];
      for (let row = 0; row < piece.count; row++) {
        const ofRow = shares.subarray(row * names.length, (row + 1) * names.length);
        const largest = ofRow.reduce((best, share, column) => (share > (ofRow[best] as number) ? column : best), 0);
        errors[row] = ofRow.reduce((total, share) => total + share, 0) / width;
        sum += errors[row] as number;
        unusual.push(names[largest] as string);
      }
      count += piece.count;
      yield [
        {
          name: rowName,
          type: "number",
          values: Float64Array.from({ length: piece.count }, (_, row) => rowNumber(from + row)),
        },
        ...encoder.inverse(reconstructions, { round: true }).map(withoutNoise),
        withoutNoise({ name: errorName, type: "number", values: errors }),
        { name: unusualName, type: "text", values: unusual },
      ];
    }
  }

  return { pieces, mse: () => sum / count };
}

function pieceOf(data: AnyDataset, from: number, to: number): Dataset | Promise<Dataset> {
  if (!isStreamed(data)) return rows(data, from, to);
  return readSamples(
    selectStreamed(
      data,
      Uint32Array.from({ length: to - from }, (_, index) => from + index),
    ),
  );
}

/** Features are float32, so that the eighth digit of what they stand for says nothing. */
function withoutNoise(column: tables.Column): tables.Column {
  return column.type === "number" ? { ...column, values: column.values.map(sevenDigits) } : column;
}

function sevenDigits(value: number): number {
  const decimals = 6 - Math.floor(Math.log10(Math.abs(value)));
  if (!(decimals > 0 && decimals < 100)) return value;
  const power = 10 ** decimals;
  return Math.round(value * power) / power;
}

/** `error`, or `error_2` where the table has such a column. */
function freeName(wanted: string, taken: readonly string[]): string {
  for (let number = 1; ; number++) {
    const name = number === 1 ? wanted : `${wanted}_${number}`;
    if (!taken.includes(name)) return name;
  }
}
