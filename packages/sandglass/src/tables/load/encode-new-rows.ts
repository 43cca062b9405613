import { tables, type AnyDataset } from "@sandglass/core";
import { openOtherTable, type OpenTableOptions } from "../open-table.ts";
import type { Readings } from "../reading.ts";
import { readPieces } from "../read-columns.ts";
import type { RowNumber } from "../row-numbers.ts";
import type { TableColumn } from "../table.ts";
import { MEMORY_BYTES } from "./encode-rows.ts";
import { KnownLabels, type KnownClasses } from "./known-labels.ts";
import { storeRows } from "./row-store.ts";

export interface EncodeNewRowsOptions extends OpenTableOptions {
  /** Up to so many bytes of features lie in memory, 1 GiB unless given; more are read from a temporary file. */
  readonly memoryBytes?: number | undefined;
  /** The label of the table that was trained on, which new rows may have or not. */
  readonly classes?: KnownClasses | undefined;
  /** Only so many of the first rows; all unless given. */
  readonly count?: number | undefined;
  /** How the columns were read in training: what could be read in two ways is read in the same one again. */
  readonly readings?: Readings | undefined;
}

/** Rows of another table, as the model was trained on. */
export interface EncodedRows {
  readonly name: string;
  readonly files: readonly string[];
  readonly columns: readonly TableColumn[];
  /** A sample a row, in the order of the table. */
  readonly data: AnyDataset;
  readonly rowNumber: RowNumber;
  /** What the user should know: of the files, and of what training did not have. */
  readonly notes: readonly string[];
  /** Removes what was written for it. Its data cannot be read any more. */
  close(): Promise<void>;
}

/**
 * Reads a table that a model was not trained on, and encodes it by the preprocessing of the one that it was trained on.
 *
 * @param options `types` as in training.
 * @throws UserError when the table cannot be read, TableError when it lacks columns or holds text in place of numbers.
 */
export async function encodeNewRows(
  encoder: tables.TableEncoder,
  source: string | readonly string[],
  {
    memoryBytes = MEMORY_BYTES,
    count: most = Infinity,
    classes,
    types,
    readings,
    ...openOptions
  }: EncodeNewRowsOptions = {},
): Promise<EncodedRows> {
  const table = await openOtherTable(source, { ...openOptions, types: { ...typesOf(encoder), ...types } }, readings);
  try {
    const count = Math.min(most, table.count);
    const fitsMemory = count * encoder.width * Float32Array.BYTES_PER_ELEMENT <= memoryBytes;
    const store = await storeRows(count, encoder.width, fitsMemory);
    const checker = new tables.TableChecker(encoder.preprocessing, { rowNumber: table.rowNumber });
    const known = classes && new KnownLabels(classes, count);
    try {
      for await (const piece of readPieces(table, { count })) {
        known?.add(piece);
        await store.add(encoder.transform(checker.check(piece.columns)));
      }
    } catch (error) {
      await store.close();
      throw error;
    }
    const { name, files, columns, rowNumber } = table;
    const { labels, notes = [] } = known?.finish() ?? {};
    return {
      name,
      files,
      columns,
      data: store.finish(name, labels),
      rowNumber,
      notes: [...table.notes, ...checker.notes(), ...notes],
      close: () => store.close(),
    };
  } finally {
    await table.close();
  }
}

/** What was text in training is text here, though its few values may look like numbers. */
function typesOf({ preprocessing }: tables.TableEncoder): Record<string, tables.ColumnType> {
  return Object.fromEntries(
    preprocessing.columns.flatMap((plan) =>
      plan.role === "category" && plan.type === "text" ? [[plan.name, plan.type] as const] : [],
    ),
  );
}
