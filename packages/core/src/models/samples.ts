/** What models take as samples: data sets, arrays with a shape, or, once the shape is known, arrays alone. */
import { dataset } from "../data/dataset.ts";
import type { Dataset } from "../data/dataset.ts";
import { isStreamed, representativeSamples } from "../data/streamed-dataset.ts";
import type { AnyDataset, StreamedDataset } from "../data/streamed-dataset.ts";
import { targetsOf } from "../data/targets.ts";
import { GraphError } from "../graph/error.ts";
import { formatShape, sameShape, sizeOf } from "../graph/tensor-type.ts";
import type { Shape } from "../graph/tensor-type.ts";
import type { NumberArray, TensorData } from "../nn/tensor-data.ts";
import type { Brief } from "./model-family.ts";
import { summarizeValues } from "./values.ts";
import type { ValueSummary } from "./values.ts";

/** Of samples that are read, so many are looked at before a model is built, fewer large ones. */
const JUDGED_SAMPLES = 2048;
const JUDGED_VALUES = 2 ** 23;

/** Samples in memory. */
export type HeldSamples = Dataset | TensorData | NumberArray;

export type SamplesLike = HeldSamples | StreamedDataset;

/**
 * The samples as a data set.
 *
 * @param shape what they must have; undefined where nothing is known yet.
 * @throws GraphError when they have another shape, or none is known.
 * @throws DatasetError when a value is NaN or infinite, or sizes do not fit.
 */
export function toSamples(given: SamplesLike, shape: Shape | undefined): AnyDataset {
  if (!isStreamedSamples(given)) return toHeldSamples(given, shape);
  checkShape(given, shape);
  return given;
}

/** The same of samples in memory. */
export function toHeldSamples(given: HeldSamples, shape: Shape | undefined): Dataset {
  const data = asDataset(given, shape);
  checkShape(data, shape);
  return data;
}

function isStreamedSamples(given: SamplesLike): given is StreamedDataset {
  return !ArrayBuffer.isView(given) && "read" in given;
}

function checkShape(data: AnyDataset, shape: Shape | undefined): void {
  if (shape === undefined || sameShape(data.shape, shape)) return;
  throw new GraphError(
    `the model was made for samples of shape ${formatShape(shape)}; samples of shape ${formatShape(data.shape)} came`,
  );
}

function asDataset(given: HeldSamples, shape: Shape | undefined): Dataset {
  if (!ArrayBuffer.isView(given) && !Array.isArray(given) && "values" in given) return given;
  if (Array.isArray(given)) {
    throw new GraphError("samples are a data set, a typed array, or { data, shape }; an ordinary array came");
  }
  const { data, shape: own, scale = 1 } = ArrayBuffer.isView(given) ? { data: given } : given;
  const known = own ?? shape;
  if (known === undefined) {
    throw new GraphError(
      "the shape of a sample is not known: give a data set, or { data, shape: [28, 28, 1] }; an array alone came",
    );
  }
  const values = data instanceof Uint8Array || data instanceof Float32Array ? data : Float32Array.from(data);
  return dataset("samples", known, values, { scale });
}

/** What is known of samples, judged by the values of some or all of them. */
export function describeSamples(data: AnyDataset, judged: Dataset, numClasses = countClasses(data)): Brief {
  return { shape: data.shape, count: data.count, values: summarizeSamples(judged), numClasses };
}

/** What the values of samples are like; their range takes in that of their targets. */
export function summarizeSamples(data: Dataset): ValueSummary {
  const own = summarizeValues(data, data.shape);
  if (data.targets === undefined) return own;
  const { min, max } = summarizeValues(targetsOf(data), data.shape);
  return { ...own, min: Math.min(own.min, min), max: Math.max(own.max, max) };
}

/**
 * What is known of samples before a model is built for them. Those that are read are judged by a part of them.
 *
 * @param validation samples to measure with later: classes that only they have are classes, too.
 */
export async function briefOf(data: AnyDataset, validation?: AnyDataset): Promise<Brief> {
  const numClasses = Math.max(countClasses(data), validation === undefined ? 0 : countClasses(validation));
  const most = Math.max(1, Math.min(JUDGED_SAMPLES, Math.floor(JUDGED_VALUES / sizeOf(data.shape))));
  const judged = isStreamed(data) ? await representativeSamples(data, most) : data;
  return describeSamples(data, judged, numClasses);
}

/** Classes as vectors with a single 1: what conditional models take. */
export function oneHot(labels: ArrayLike<number>, numClasses: number): Uint8Array {
  const rows = new Uint8Array(labels.length * numClasses);
  for (let index = 0; index < labels.length; index++) {
    const label = labels[index] as number;
    if (!Number.isInteger(label) || label < 0 || label >= numClasses) {
      throw new RangeError(`classes count from 0 to ${numClasses - 1}; ${label} came for sample ${index}`);
    }
    rows[index * numClasses + label] = 1;
  }
  return rows;
}

/** The number of classes that labels tell apart; 0 without labels. */
export function countClasses({ labels, classNames }: Pick<Dataset, "labels" | "classNames">): number {
  if (labels === undefined) return 0;
  if (classNames !== undefined) return classNames.length;
  let most = 0;
  for (const label of labels) most = Math.max(most, label);
  return most + 1;
}
