/** Data sets larger than memory: their samples are read when they are needed. */
import { dataset, DatasetError, rows, selectLabels, split, splitBorder } from "./dataset.ts";
import type { Dataset, SampleValues, SplitOptions } from "./dataset.ts";
import { randomPart } from "./random-part.ts";

/** Samples of one shape as a `Dataset` has them, which are read instead of lying in memory. */
export interface StreamedDataset extends Omit<Dataset, "values" | "targets"> {
  /** What `read` gives: bytes or floats, which count `scale` each. */
  readonly dtype: "uint8" | "float32";
  /**
   * The values of the samples of these numbers, one after the other. Several reads may be under way at once; the same numbers always
   * give the same values.
   */
  read(numbers: Uint32Array): Promise<SampleValues>;
  /** The same of what a model is to make of these samples, where that is not the samples themselves. */
  readonly readTargets?: ((numbers: Uint32Array) => Promise<SampleValues>) | undefined;
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
  const { labels, readTargets } = data;
  const inData = (some: Uint32Array): Uint32Array => some.map((number) => numbers[number] as number);
  return {
    ...data,
    count: numbers.length,
    ...(labels && { labels: selectLabels(labels, numbers) }),
    read: (some) => data.read(inData(some)),
    ...(readTargets && { readTargets: (some) => readTargets(inData(some)) }),
  };
}

/** Splits samples, wherever they lie, as `split` does: the last ones are held back. */
export function splitAny(
  data: AnyDataset,
  { validation }: Pick<SplitOptions, "validation">,
): { readonly training: AnyDataset; readonly validation: AnyDataset } {
  if (!isStreamed(data)) return split(data, { validation });
  const border = splitBorder(data, validation);
  const order = Uint32Array.from({ length: data.count }, (_, index) => index);
  return {
    training: selectStreamed(data, order.subarray(0, border)),
    validation: selectStreamed(data, order.subarray(border)),
  };
}

/** Values of a part of the samples that stands for all: what PCA takes seconds for, and 128 MiB as floats. */
const PART_VALUES = 2 ** 25;

/**
 * As many of the samples as stand for all of them, in memory: all that are there already; else all, or a random part, of up to 34 million values.
 *
 * @param most how many samples at most; as many as fit unless given.
 */
export async function representativeSamples(data: AnyDataset, most = Number.POSITIVE_INFINITY): Promise<Dataset> {
  if (!isStreamed(data)) return most < data.count ? rows(data, 0, most) : data;
  const size = data.shape.reduce((product, dim) => product * dim, 1);
  const count = Math.min(data.count, most, Math.max(1, Math.floor(PART_VALUES / size)));
  if (count === data.count) return readSamples(data);
  return readSamples(selectStreamed(data, randomPart(data.count, count, 0)));
}

/** Reads samples into memory: the first `count`, or all. */
export async function readSamples(data: StreamedDataset, count = data.count): Promise<Dataset> {
  const { name, shape, labels, classNames, scale } = data;
  const numbers = Uint32Array.from({ length: Math.min(count, data.count) }, (_, index) => index);
  const { values, targets } = await readValues(data, numbers);
  return dataset(name, shape, values, { targets, labels: labels?.subarray(0, numbers.length), classNames, scale });
}

/** The values of the samples of these numbers, and of their targets where they have such. */
export async function readValues(
  data: Pick<StreamedDataset, "read" | "readTargets">,
  numbers: Uint32Array,
): Promise<Pick<Dataset, "values" | "targets">> {
  const [values, targets] = await Promise.all([data.read(numbers), data.readTargets?.(numbers)]);
  return { values, ...(targets && { targets }) };
}
