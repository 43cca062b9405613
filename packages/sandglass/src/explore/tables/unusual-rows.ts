/** Rows that are unlike the others: those that principal components give back worst, and the columns that this comes from. */
import { classic, dataset, select, type Dataset, type Device, type tables } from "@sandglass/core";
import { findOutliers } from "../outliers.ts";
import { randomHalves } from "../random-halves.ts";

/** A value that makes its row unusual. */
export interface UnusualValue {
  readonly column: string;
  readonly value: Cell;
  /** What the other columns of the row lead one to expect. */
  readonly expected: Cell;
  /** Which part of the row's error it is. */
  readonly share: number;
}

export type Cell = string | number | undefined;

export interface UnusualRow {
  /** Its place among the rows that were looked at. */
  readonly place: number;
  /** The squared error of its features. */
  readonly error: number;
  /** How many robust standard deviations the logarithm of the error lies above the median. */
  readonly distance: number;
  /** The largest part of the error first. */
  readonly values: readonly UnusualValue[];
}

export interface UnusualRows {
  /** The most unusual first. */
  readonly worst: readonly UnusualRow[];
  /** How many lie far from all others. */
  readonly far: number;
  readonly usualError: number;
}

export interface UnusualRowsOptions {
  readonly seed: number;
  readonly device: Device;
  readonly signal: AbortSignal;
}

const SHOWN = 12;
/** So many of a row's columns are named. */
const NAMED = 4;
/** With more components unusual rows come back, too. */
const MOST_COMPONENTS = 32;
const ROWS_EACH = 4;
/** Components are taken until they explain so much. */
const EXPLAINED = 0.75;
/** Of fewer rows nothing can be said. */
const FEWEST = 24;

/**
 * Looks for them. So that an unusual row cannot make a component of its own, which would give it back well, the rows are halved: the errors of
 * either half are those of the components of the other half.
 *
 * @param encoder says what the columns are to a training.
 * @returns undefined with less than 24 rows, or where nothing differs.
 */
export async function findUnusualRows(
  columns: readonly tables.Column[],
  encoder: tables.TableEncoder,
  { seed, device, signal }: UnusualRowsOptions,
): Promise<UnusualRows | undefined> {
  const features = encoder.transform(columns);
  const { width } = encoder;
  const count = features.length / width;
  if (count < FEWEST || width < 2) return undefined;
  const data = dataset("rows", [width], features);
  const halves = randomHalves(count, seed);
  const reconstructions = new Float32Array(features.length);
  for (const [index, half] of halves.entries()) {
    const other = select(data, halves[1 - index] as Uint32Array);
    const components = Math.max(
      1,
      Math.min(MOST_COMPONENTS, Math.floor(width / 2), Math.floor(other.count / ROWS_EACH)),
    );
    const analysis = await classic.principalComponents(other, { components, device, signal });
    if (analysis.totalVariance === 0) return undefined;
    reconstruct(data, half, analysis, reconstructions);
  }
  const byColumn = encoder.columnErrors(features, reconstructions);
  const numColumns = encoder.featureColumns.length;
  const errors = Float32Array.from({ length: count }, (_, row) =>
    byColumn.subarray(row * numColumns, (row + 1) * numColumns).reduce((sum, error) => sum + error, 0),
  );
  const { worst, far } = findOutliers(errors, SHOWN);
  const places = worst.map(({ sample }) => sample);
  const expected = encoder.inverse(gather(reconstructions, width, places), { round: true });
  return {
    far,
    usualError: errors.toSorted()[Math.floor(count / 2)] ?? Number.NaN,
    worst: worst.map(({ sample: place, error, distance }, index) => ({
      place,
      error,
      distance,
      values: unusualColumns(encoder, byColumn.subarray(place * numColumns, (place + 1) * numColumns), error)
        .map(({ name, share }) => ({
          column: name,
          value: cellOf(columns, name, place),
          expected: cellOf(expected, name, index),
          share,
        }))
        // What was hardly expected, and yet most of all, says nothing to a reader.
        .filter(({ value, expected: likely }, rank) => rank === 0 || value !== likely),
    })),
  };
}

/** Those of the worst columns, until most of the error is explained. */
function unusualColumns(
  { featureColumns }: tables.TableEncoder,
  errors: Float32Array,
  total: number,
): readonly { readonly name: string; readonly share: number }[] {
  const order = Array.from(errors.keys()).toSorted((a, b) => (errors[b] as number) - (errors[a] as number));
  const shares = order.map((column) => ({
    name: featureColumns[column]?.name ?? "",
    share: total === 0 ? 0 : (errors[column] as number) / total,
  }));
  const [first] = shares;
  return shares.slice(0, NAMED).filter(({ share }) => first !== undefined && share >= first.share / 4);
}

/** Each of some rows from its first components: those that explain enough. */
function reconstruct(
  { values }: Dataset,
  rows: Uint32Array,
  { mean, components, explainedVarianceRatio, numComponents }: classic.PrincipalComponents,
  target: Float32Array,
): void {
  const width = mean.length;
  let explained = 0;
  let used = 0;
  while (used < numComponents && explained < EXPLAINED) explained += explainedVarianceRatio[used++] as number;
  const difference = new Float64Array(width);
  for (const row of rows) {
    const start = row * width;
    for (let at = 0; at < width; at++) {
      difference[at] = (values[start + at] as number) - (mean[at] as number);
      target[start + at] = mean[at] as number;
    }
    for (let component = 0; component < used; component++) {
      const from = component * width;
      let code = 0;
      for (let at = 0; at < width; at++) code += (difference[at] as number) * (components[from + at] as number);
      for (let at = 0; at < width; at++) {
        target[start + at] = (target[start + at] as number) + code * (components[from + at] as number);
      }
    }
  }
}

function gather(features: Float32Array, width: number, rows: readonly number[]): Float32Array {
  const gathered = new Float32Array(rows.length * width);
  for (const [to, row] of rows.entries()) gathered.set(features.subarray(row * width, (row + 1) * width), to * width);
  return gathered;
}

function cellOf(columns: readonly tables.Column[], name: string, row: number): Cell {
  const value = columns.find((column) => column.name === name)?.values[row];
  return typeof value === "number" && Number.isNaN(value) ? undefined : value;
}
