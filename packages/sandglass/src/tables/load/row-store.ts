/** Encoded rows, which lie in memory where they fit and in a temporary file where not. */
import { join } from "node:path";
import { dataset, type AnyDataset, type Labels } from "@sandglass/core";
import { makeTemporaryFolder } from "../temporary-folder.ts";
import { RowFile } from "./row-file.ts";

/** What is known of the rows beside their features. */
export interface RowLabels {
  readonly labels: Labels;
  readonly classNames: readonly string[];
}

/** Takes rows in their order; a data set when all have come. */
export interface RowStore {
  /** Rows × width. The array may be written over afterwards. */
  add(rows: Float32Array): Promise<void>;
  finish(name: string, labels?: RowLabels): AnyDataset;
  /** Removes the file, if there is one: the data set cannot be read any more. */
  close(): Promise<void>;
}

/** @param fitsMemory whether the rows are to lie in memory. */
export async function storeRows(count: number, width: number, fitsMemory: boolean): Promise<RowStore> {
  return fitsMemory ? memoryStore(count, width) : fileStore(count, width);
}

function memoryStore(count: number, width: number): RowStore {
  const values = new Float32Array(count * width);
  let filled = 0;
  return {
    add: (rows) => {
      values.set(rows, filled);
      filled += rows.length;
      return Promise.resolve();
    },
    finish: (name, labels) => dataset(name, [width], values, labels),
    close: () => Promise.resolve(),
  };
}

async function fileStore(count: number, width: number): Promise<RowStore> {
  const folder = await makeTemporaryFolder();
  const file = await RowFile.create(join(folder.path, "rows.f32"), width).catch(async (error: unknown) => {
    await folder.remove();
    throw error;
  });
  return {
    add: (rows) => file.append(rows),
    finish: (name, labels) => ({
      name,
      shape: [width],
      scale: 1,
      count,
      dtype: "float32",
      ...labels,
      read: async (numbers) => file.read(numbers),
    }),
    close: async () => {
      await file.close();
      await folder.remove();
    },
  };
}
