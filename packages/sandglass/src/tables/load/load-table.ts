import type { tables } from "@sandglass/core";
import { columnMeanings } from "../column-words.ts";
import { openTable, type OpenTableOptions } from "../open-table.ts";
import { encodeRows, type EncodeRowsOptions, type LoadedTable } from "./encode-rows.ts";
import { columnSource, tableSource } from "./row-source.ts";

/** `types` say what becomes of columns, too, unless the roles of `choices` do. */
export interface LoadTableOptions extends OpenTableOptions, EncodeRowsOptions {}

/**
 * Reads a table as data to train on: opened, split, and encoded by a preprocessing that is made of the training rows only.
 *
 * @throws UserError when the table cannot be read, DatasetError when it cannot be split, TableError when choices do not fit it.
 * @example
 * const types = { zip: "category", remarks: "ignore" } as const;
 * const data = await loadTable("deliveries.csv", { types, choices: { label: "late" }, split: { validation: 0.2, seed: 1 } });
 * await autoencoder.fit(data.training);
 */
export async function loadTable(
  source: string | readonly string[],
  { choices = {}, split, memoryBytes, ...openOptions }: LoadTableOptions = {},
): Promise<LoadedTable> {
  const roles = { ...columnMeanings(openOptions.types ?? {}).roles, ...choices.roles };
  const table = await openTable(source, openOptions);
  try {
    return await encodeRows(tableSource(table), { choices: { ...choices, roles }, split, memoryBytes });
  } finally {
    // What is encoded needs no database, and training needs the memory.
    await table.close();
  }
}

/**
 * Columns in memory as data to train on, as `loadTable` makes them of files.
 *
 * @throws UserError, DatasetError and TableError as `loadTable`.
 * @example
 * const data = await loadColumns("thyroid", matrixColumns(X, 6), { split: { validation: 0.2, seed: 1 } });
 */
export function loadColumns(
  name: string,
  columns: readonly tables.Column[],
  options: EncodeRowsOptions = {},
): Promise<LoadedTable> {
  return encodeRows(columnSource(name, columns), options);
}
