import type { Dataset } from "@sandglass/core";
import { RowHasher, rowLeaks, type Part, type PartLeaks } from "../leaks/index.ts";

/** Samples in memory that are a part of a set. */
export interface SamplePart {
  readonly part: Part;
  readonly data: Dataset;
  /** Which samples of the user's these are, from 0 on; the first ones unless given. */
  readonly numbers?: Uint32Array | undefined;
}

/**
 * Samples that several parts have, by their values; undefined where there is only one part. As everywhere, samples of arrays are called by their
 * numbers from 0 on, and rows of a table by theirs from 1 on.
 */
export function sampleLeaks(parts: readonly SamplePart[], unit: PartLeaks["unit"] = "sample"): PartLeaks | undefined {
  if (parts.length < 2) return undefined;
  const first = unit === "row" ? 1 : 0;
  const total = parts.reduce((sum, { data }) => sum + data.count, 0);
  return rowLeaks(
    unit,
    parts.map(({ part, data, numbers }) => {
      const hasher = new RowHasher(total);
      hasher.add(data.values, data.values.length / data.count);
      return { part, ...hasher.finish(), nameOf: (row) => `${unit} ${first + (numbers?.[row] ?? row)}` };
    }),
  );
}
