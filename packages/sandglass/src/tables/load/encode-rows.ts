/** From rows to data to train on: split, and encoded by a preprocessing that is made of the training rows only. */
import { tables, type AnyDataset } from "@sandglass/core";
import { RowHasher, rowLeaks, type PartLeaks } from "../../leaks/index.ts";
import type { TableColumn } from "../table.ts";
import { labelClasses } from "./label-classes.ts";
import { requireColumn } from "../require-column.ts";
import { requireRows } from "./require-rows.ts";
import type { RowSource } from "./row-source.ts";
import { storeRows, type RowStore } from "./row-store.ts";
import { pick, splitRows, type TableSplit } from "./split-rows.ts";

export interface EncodeRowsOptions {
  /** What becomes of columns, as far as it is not to be seen from the rows. */
  readonly choices?: tables.TableChoices | undefined;
  /** Without it all rows are trained on. */
  readonly split?: TableSplit | undefined;
  /** Up to so many bytes of features lie in memory, 1 GiB unless given; more are read from a temporary file. */
  readonly memoryBytes?: number | undefined;
}

/** A table as data to train on. */
export interface LoadedTable {
  readonly name: string;
  readonly files: readonly string[];
  readonly columns: readonly TableColumn[];
  readonly training: AnyDataset;
  readonly validation?: AnyDataset;
  /** Which rows of the table those to train on are, from 0 on, in the order of the samples. */
  readonly trainingRows: Uint32Array;
  readonly validationRows?: Uint32Array;
  /** Made of the training rows only; it turns reconstructions into values of the user's columns. */
  readonly encoder: tables.TableEncoder;
  /** What the user should know, in plain words: of the files, of columns that are left out and of those that are not. */
  readonly notes: readonly string[];
  /** Rows to validate with that are equal to rows to train on, as far as the model sees them; absent where none are held back. */
  readonly leaks?: PartLeaks;
  /** Removes what was written for it. Its data cannot be read any more. */
  close(): Promise<void>;
}

/** Up to so many bytes of features lie in memory unless said otherwise. */
export const MEMORY_BYTES = 2 ** 30;

/** Rows of the table that become samples of one data set. */
interface Part {
  /** In ascending order. */
  readonly rows: Uint32Array;
  readonly store: RowStore;
  readonly hasher: RowHasher;
  /** How many of them have been stored. */
  stored: number;
}

/**
 * Splits rows, makes their preprocessing, and encodes them.
 *
 * @throws UserError when there is no label or group of that name, DatasetError when the rows cannot be split, TableError when choices do not fit.
 */
export async function encodeRows(
  source: RowSource,
  { choices = {}, split, memoryBytes = MEMORY_BYTES }: EncodeRowsOptions,
): Promise<LoadedTable> {
  const { name, files, columns } = source;
  for (const [column, role] of Object.entries(choices.roles ?? {})) {
    requireColumn(source, column, role === "ignore" ? "left out was to be" : `a ${role} was to be`);
  }
  const label = choices.label === undefined ? {} : await labelClasses(source, choices.label);
  const { training, validation } = await splitRows(source, split, label.labels);
  requireRows(name, training.length, validation?.length ?? 0);
  const encoder = new tables.TableEncoder(tables.decideColumns(await source.statistics(training), choices));
  const count = training.length + (validation?.length ?? 0);
  const fitsMemory = count * encoder.width * Float32Array.BYTES_PER_ELEMENT <= memoryBytes;
  const parts: Part[] = [];
  const close = async (): Promise<void> => {
    await Promise.all(parts.map(({ store }) => store.close()));
  };
  try {
    for (const rows of validation === undefined ? [training] : [training, validation]) {
      const store = await storeRows(rows.length, encoder.width, fitsMemory);
      parts.push({ rows, store, hasher: new RowHasher(source.count), stored: 0 });
    }
    await encodeParts(source, encoder, parts);
  } catch (error) {
    await close();
    throw error;
  }
  const { labels, classNames, notes = [] } = label;
  const [trainingData, validationData] = parts.map(({ rows, store }) =>
    store.finish(name, labels && classNames && { labels: pick(labels, rows), classNames }),
  );
  return {
    name,
    files,
    columns,
    training: trainingData as AnyDataset,
    trainingRows: training,
    ...(validation && validationData && { validation: validationData, validationRows: validation }),
    encoder,
    ...(validation && { leaks: leaksOf(source, parts) }),
    notes: [...source.notes, ...notes, ...tables.preprocessingNotes(encoder.preprocessing)],
    close,
  };
}

/** Encodes the rows of a table in their order, each into the part that it belongs to. */
async function encodeParts(source: RowSource, encoder: tables.TableEncoder, parts: readonly Part[]): Promise<void> {
  const columns = encoder.featureColumns.map(({ name }) => name);
  const { width } = encoder;
  for await (const piece of source.pieces(columns)) {
    const features = encoder.transform(piece.columns, { firstRow: piece.from + 1 });
    for (const part of parts) {
      const to = lowerBound(part.rows, piece.from + piece.count, part.stored);
      const rows = part.rows.subarray(part.stored, to);
      part.stored = to;
      const isWhole = rows.length === piece.count;
      const chosen = isWhole ? features : pickRows(features, width, rows, piece.from);
      if (parts.length > 1) part.hasher.add(chosen, width);
      await part.store.add(chosen);
    }
  }
}

/** The features of some rows of a piece that begins with row `from`. */
function pickRows(features: Float32Array, width: number, rows: Uint32Array, from: number): Float32Array {
  const chosen = new Float32Array(rows.length * width);
  for (const [index, row] of rows.entries()) {
    const start = (row - from) * width;
    chosen.set(features.subarray(start, start + width), index * width);
  }
  return chosen;
}

function leaksOf({ rowNumber }: RowSource, parts: readonly Part[]): PartLeaks {
  const [train, validation] = parts.map(({ rows, hasher }) => ({
    ...hasher.finish(),
    nameOf: (row: number) => `row ${rowNumber(rows[row] as number)}`,
  }));
  if (train === undefined || validation === undefined) throw new Error("there are not two parts to compare");
  return rowLeaks("row", [
    { ...train, part: "train" },
    { ...validation, part: "validation" },
  ]);
}

/** The place of the first number from `from` on that is not below `least`. */
function lowerBound(numbers: Uint32Array, least: number, from: number): number {
  let low = from;
  let high = numbers.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((numbers[middle] as number) < least) low = middle + 1;
    else high = middle;
  }
  return low;
}
