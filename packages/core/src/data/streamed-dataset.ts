/** Data sets larger than memory: their samples are read when they are needed. */
import { dataset, DatasetError, selectLabels } from "./dataset.ts";
import type { Dataset } from "./dataset.ts";

/** Samples of one shape as a `Dataset` has them, which are read instead of lying in memory. */
export interface StreamedDataset extends Omit<Dataset, "values"> {
  /** What `read` gives: bytes or floats, which count `scale` each. */
  readonly dtype: "uint8" | "float32";
  /**
   * The values of the samples of these numbers, one after the other. Several reads may be under way at once; the same numbers always
   * give the same values.
   */
  read(numbers: Uint32Array): Promise<Uint8Array | Float32Array>;
}

/** Samples, wherever they lie. */
export type AnyDataset = Dataset | StreamedDataset;

export function isStreamed(data: AnyDataset): data is StreamedDataset {
  return "read" in data;
}

/**
 * The samples of these numbers, in this order, which stay where they are.
 *
 * @throws DatasetError when there is no sample of a number, or none is asked for.
 */
export function selectStreamed(data: StreamedDataset, numbers: Uint32Array): StreamedDataset {
  const missing = numbers.find((number) => number >= data.count);
  if (missing !== undefined || numbers.length === 0) {
    const asked = missing === undefined ? "none was" : `sample ${missing} was`;
    throw new DatasetError(`${data.name} has samples 0 to ${data.count - 1}; ${asked} asked for`);
  }
  const { labels } = data;
  return {
    ...data,
    count: numbers.length,
    ...(labels && { labels: selectLabels(labels, numbers) }),
    read: (some) => data.read(some.map((number) => numbers[number] as number)),
  };
}

/** Reads samples into memory: the first `count`, or all. */
export async function readSamples(data: StreamedDataset, count = data.count): Promise<Dataset> {
  const { name, shape, labels, classNames, scale } = data;
  const numbers = Uint32Array.from({ length: Math.min(count, data.count) }, (_, index) => index);
  const values = await data.read(numbers);
  return dataset(name, shape, values, { labels: labels?.subarray(0, numbers.length), classNames, scale });
}
