import { selectLabels } from "../data/dataset.ts";
import type { Dataset } from "../data/dataset.ts";
import { isStreamed } from "../data/streamed-dataset.ts";
import type { AnyDataset } from "../data/streamed-dataset.ts";
import { hasTargets, targetsOf } from "../data/targets.ts";
import { GraphError } from "../graph/error.ts";
import { input } from "../nn/layers/input-layer.ts";
import type { SymbolicTensor } from "../nn/layers/layer.ts";
import type { DataLike } from "../nn/tensor-data.ts";
import type { BatchStream } from "../nn/training/batch-source.ts";
import { streamedBatches } from "../nn/training/streamed-batches.ts";
import type { StreamedBatchesOptions } from "../nn/training/streamed-batches.ts";
import { oneHot } from "./samples.ts";

/**
 * Data for the inputs of a training: the samples, and for a second input their classes.
 *
 * @throws GraphError when classes are needed and the samples have no labels.
 */
export function trainingInputs(inputs: readonly SymbolicTensor[], data: Dataset): DataLike[] {
  const classes = classesOf(inputs, data);
  return classes === undefined ? [data] : [data, classes()];
}

/** The same for samples wherever they lie: those that are read come in batches, with their targets where they have such. */
export function trainingData(
  inputs: readonly SymbolicTensor[],
  data: AnyDataset,
  options: Pick<StreamedBatchesOptions, "batchSize" | "shuffle">,
): DataLike[] | BatchStream {
  if (!isStreamed(data)) return trainingInputs(inputs, data);
  const classes = classesOf(inputs, data);
  return streamedBatches(data, {
    ...options,
    toBatch: (samples, numbers, targets) => ({
      x: classes === undefined ? [samples] : [samples, classes(numbers)],
      ...(targets && { y: [targets] }),
    }),
  });
}

/** The targets of samples in memory; undefined where they have none, or are read. */
export function heldTargets(data: AnyDataset): DataLike[] | undefined {
  return isStreamed(data) || !hasTargets(data) ? undefined : [targetsOf(data)];
}

/** What targets enter a training by; none where the samples have none. */
export function targetTensors(data: AnyDataset): readonly SymbolicTensor[] {
  return hasTargets(data) ? [input(data.shape, { name: "target" })] : [];
}

/** The classes of the samples of some numbers, or of all, where a second input takes them. */
function classesOf(
  [, classes]: readonly SymbolicTensor[],
  { labels, name }: Pick<Dataset, "labels" | "name">,
): ((numbers?: Uint32Array) => Uint8Array) | undefined {
  if (classes === undefined) return undefined;
  if (labels === undefined) {
    throw new GraphError(`a conditional model needs the classes of its samples; "${name}" has no labels`);
  }
  const numClasses = classes.shape[0] ?? 0;
  return (numbers) => oneHot(numbers === undefined ? labels : selectLabels(labels, numbers), numClasses);
}
