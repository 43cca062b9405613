/** Samples as they are drawn. */
import type { Dataset, Samples } from "@sandglass/core";
import type { ValueStatistics } from "./value-statistics.ts";

/** Samples by their positions, in their range. */
export function shownSamples(
  data: Dataset,
  samples: Iterable<number>,
  { range }: Pick<ValueStatistics, "range">,
): Samples {
  const size = data.values.length / data.count;
  const values = Float32Array.from(
    [...samples].flatMap((sample) => [...data.values.subarray(sample * size, (sample + 1) * size)]),
    (value) => value * data.scale,
  );
  const isUnit = range[0] === 0 && range[1] === 1;
  return { shape: data.shape, values, ...(isUnit ? {} : { range }) };
}

/** Values that can be drawn. */
export type ShownValues = Pick<Samples, "shape" | "values">;

/** How many are shown beside one another: images, and charts of samples that are none. */
export function fitting({ shape }: Pick<Dataset, "shape">, images = 12): number {
  return shape.length === 3 ? images : Math.min(images, 6);
}

/** A caption has room for so many letters. */
const LETTERS = 16;

/** The last part of a name, without what stands in the middle of it where it is long. */
export function shortName(name: string): string {
  const last = name.slice(name.lastIndexOf("/") + 1).replace(/\.[a-z]{3,4}$/iu, "");
  if (last.length <= LETTERS) return last;
  return `${last.slice(0, LETTERS / 2)}…${last.slice(1 - LETTERS / 2)}`;
}
