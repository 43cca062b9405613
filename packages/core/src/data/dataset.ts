import { counted } from "./counted.ts";
import { firstNonFinite } from "./first-non-finite.ts";
import { RandomStream } from "./random-stream.ts";

/** Says why data cannot be used: what came, and what was expected. */
export class DatasetError extends Error {
  override readonly name = "DatasetError";
}

/** The values of samples, one after the other. */
export type SampleValues = Uint8Array | Float32Array;

/** A class for each sample, by its number. */
export type Labels = Uint8Array | Uint16Array;

/** Samples of one shape, one after the other, and what is known of them. */
export interface Dataset {
  readonly name: string;
  /** Shape of one sample: `[28, 28, 1]`. */
  readonly shape: readonly number[];
  /** The values of all samples, `count` × `shape`. */
  readonly values: SampleValues;
  /**
   * What a model is to make of each sample, where that is not the sample itself: the clean image of a noisy one. As many values of the same
   * scale, in the samples' order.
   */
  readonly targets?: SampleValues;
  /** What a value is multiplied by before training: 1/255 brings bytes to 0 … 1. */
  readonly scale: number;
  readonly count: number;
  /** One label a sample, an index into `classNames` where there are names. */
  readonly labels?: Labels;
  readonly classNames?: readonly string[];
}

export interface DatasetOptions {
  /** What a model is to make of each sample, of the samples' shape and scale; the samples themselves unless given. */
  readonly targets?: SampleValues | undefined;
  readonly labels?: Labels | undefined;
  readonly classNames?: readonly string[] | undefined;
  /** Default: 1/255 for bytes, 1 for floats. */
  readonly scale?: number;
}

/**
 * Makes a data set of values that are in memory already, and checks it. The arrays are kept, not copied.
 *
 * @param shape shape of one sample.
 * @throws DatasetError when there are no samples, the sizes do not fit together, or a value is NaN or infinite.
 * @example
 * const clothes = dataset("clothes", [28, 28, 1], values, { labels });
 * const scans = dataset("scans", [64, 64, 1], noisy, { targets: clean });
 */
export function dataset(
  name: string,
  shape: readonly number[],
  values: SampleValues,
  { targets, labels, classNames, scale = values instanceof Uint8Array ? 1 / 255 : 1 }: DatasetOptions = {},
): Dataset {
  const count = countSamples(name, shape, values.length);
  if (!Number.isFinite(scale) || scale === 0) {
    throw new DatasetError(`${name}: the scale must be a finite number other than 0; ${scale} came`);
  }
  if (values instanceof Float32Array) checkFinite(name, values, values.length / count);
  if (targets !== undefined) checkTargets(name, targets, values, count);
  if (labels !== undefined) checkLabels(name, labels, count, classNames);
  return {
    name,
    shape: [...shape],
    values,
    scale,
    count,
    ...(targets && { targets }),
    ...(labels && { labels }),
    ...(classNames && { classNames: [...classNames] }),
  };
}

/**
 * The samples from `from` up to but not including `to`, as a view: the values are not copied.
 *
 * @throws DatasetError when there are no such samples.
 */
export function rows(data: Dataset, from: number, to: number): Dataset {
  if (!Number.isInteger(from) || !Number.isInteger(to) || from < 0 || to > data.count || from >= to) {
    throw new DatasetError(
      `${data.name} has samples 0 to ${data.count - 1}; rows from ${from} to ${to} were asked for`,
    );
  }
  const size = data.values.length / data.count;
  return {
    ...data,
    values: data.values.subarray(from * size, to * size),
    count: to - from,
    ...(data.targets && { targets: data.targets.subarray(from * size, to * size) }),
    ...(data.labels && { labels: data.labels.subarray(from, to) }),
  };
}

export interface SplitOptions {
  /** How much to hold back for validation: a number of samples (1 or more) or a share of them (below 1). */
  readonly validation: number;
  /** Shuffles the samples before they are split; without it the last ones are held back. */
  readonly seed?: number | undefined;
}

export interface Split {
  readonly training: Dataset;
  readonly validation: Dataset;
}

/**
 * Splits a data set into samples to train on and samples to validate with. Without a seed the last samples are held back, as
 * in Keras (`validation_split`) and by custom for Fashion-MNIST (55,000 and the last 5,000), and both parts are views.
 * With a seed the samples are shuffled by index first, which copies them; labels stay with their samples.
 *
 * @throws DatasetError when either part would be empty.
 * @example
 * const { training, validation } = split(fashion, { validation: 5000 });
 */
export function split(data: Dataset, { validation, seed }: SplitOptions): Split {
  const border = splitBorder(data, validation);
  const source = seed === undefined ? data : shuffled(data, seed);
  return { training: rows(source, 0, border), validation: rows(source, border, data.count) };
}

/**
 * The number of the first sample that is held back, where the last ones are.
 *
 * @param validation how many, or which share; of a share the samples to train on are rounded down, as Keras does.
 * @throws DatasetError when a part would be empty.
 */
export function splitBorder(data: Pick<Dataset, "name" | "count">, validation: number): number {
  if (data.count < 2) {
    throw new DatasetError(
      `${data.name} has ${counted(data.count, "sample")}, which cannot be split into samples to ` +
        "train on and samples to validate with; hold none back, or take more samples",
    );
  }
  const isShare = validation > 0 && validation < 1;
  const held = isShare ? data.count - Math.floor(data.count * (1 - validation)) : validation;
  if (!Number.isInteger(held) || held < 1 || held >= data.count) {
    throw new DatasetError(
      `${data.name} has ${data.count} samples, and ${validation} came as the part to hold back for validation; ` +
        `expected a share above 0 and below 1, or a whole number from 1 to ${data.count - 1}, that leaves both parts filled`,
    );
  }
  return data.count - held;
}

function shuffled(data: Dataset, seed: number): Dataset {
  const order = Uint32Array.from({ length: data.count }, (_, index) => index);
  new RandomStream(seed).shuffle(order);
  return select(data, order);
}

/**
 * The samples of these numbers, in this order, as a copy.
 *
 * @throws DatasetError when there is no sample of a number, or none is asked for.
 */
export function select(data: Dataset, numbers: Uint32Array): Dataset {
  const missing = numbers.find((number) => number >= data.count);
  if (missing !== undefined || numbers.length === 0) {
    const asked = missing === undefined ? "none was" : `sample ${missing} was`;
    throw new DatasetError(`${data.name} has samples 0 to ${data.count - 1}; ${asked} asked for`);
  }
  const size = data.values.length / data.count;
  const { values, targets, labels } = data;
  return {
    ...data,
    count: numbers.length,
    values: selectValues(values, numbers, size),
    ...(targets && { targets: selectValues(targets, numbers, size) }),
    ...(labels && { labels: selectLabels(labels, numbers) }),
  };
}

function selectValues(values: SampleValues, numbers: Uint32Array, size: number): SampleValues {
  const room = numbers.length * size;
  const selected = values instanceof Uint8Array ? new Uint8Array(room) : new Float32Array(room);
  numbers.forEach((from, to) => selected.set(values.subarray(from * size, (from + 1) * size), to * size));
  return selected;
}

/** The labels of the samples of these numbers. */
export function selectLabels(labels: Labels, numbers: Uint32Array): Labels {
  const selected = labels instanceof Uint8Array ? new Uint8Array(numbers.length) : new Uint16Array(numbers.length);
  return selected.map((_, to) => labels[numbers[to] as number] as number);
}

function countSamples(name: string, shape: readonly number[], length: number): number {
  const printed = `[${shape.join(", ")}]`;
  if (shape.length === 0 || shape.some((dim) => !Number.isInteger(dim) || dim < 1)) {
    throw new DatasetError(`${name}: the shape of a sample must be whole numbers of 1 and more; ${printed} came`);
  }
  const size = shape.reduce((product, dim) => product * dim, 1);
  if (length === 0) throw new DatasetError(`${name} has no samples; at least one of shape ${printed} is needed`);
  if (length % size !== 0) {
    throw new DatasetError(
      `${name}: ${length} values came, which is no multiple of the ${size} that a sample of shape ${printed} has`,
    );
  }
  return length / size;
}

function checkTargets(name: string, targets: SampleValues, values: SampleValues, count: number): void {
  if (targets.length !== values.length) {
    throw new DatasetError(
      `${name} has ${counted(count, "sample")} of ${values.length / count} values each, and targets of ${targets.length} values; ` +
        "there must be a target of the same shape for each sample",
    );
  }
  if (targets instanceof Uint8Array !== values instanceof Uint8Array) {
    throw new DatasetError(
      `${name} has samples as ${values.constructor.name} and targets as ${targets.constructor.name}, and one scale for both; ` +
        "give both as the same kind of array",
    );
  }
  if (targets instanceof Float32Array) checkFinite(name, targets, targets.length / count, "the target of sample");
}

function checkFinite(name: string, values: Float32Array, size: number, what = "sample"): void {
  const bad = firstNonFinite(values);
  if (bad < 0) return;
  throw new DatasetError(
    `${name}: ${what} ${Math.floor(bad / size)} has ${values[bad]} at its value ${bad % size}; ` +
      "training needs finite numbers: remove or fill in such samples first",
  );
}

function checkLabels(name: string, labels: Labels, count: number, classNames?: readonly string[]): void {
  if (labels.length !== count) {
    throw new DatasetError(
      `${name} has ${counted(count, "sample")} and ${counted(labels.length, "label")}; there must be one label a sample`,
    );
  }
  if (classNames === undefined) return;
  const bad = labels.findIndex((label) => label >= classNames.length);
  if (bad < 0) return;
  throw new DatasetError(
    `${name}: the label of sample ${bad} is ${labels[bad]}, and there are ${classNames.length} classes (0 to ${classNames.length - 1})`,
  );
}
