/** Batches in which every class comes as often as the others. */
import { DatasetError, select, selectLabels } from "../../../data/dataset.ts";
import type { Labels } from "../../../data/dataset.ts";
import { isStreamed, selectStreamed } from "../../../data/streamed-dataset.ts";
import type { AnyDataset, StreamedDataset } from "../../../data/streamed-dataset.ts";
import type { BatchStream } from "../../../nn/training/batch-source.ts";
import type { ModelData } from "../../../nn/training/examples.ts";
import { streamedBatches } from "../../../nn/training/streamed-batches.ts";
import { balancedOrder } from "./balanced-order.ts";

export interface BalancedBatchesOptions {
  readonly batchSize: number;
  /** Decides the order; 0 unless given. */
  readonly seed?: number;
  /** Makes targets of the labels of a batch, such as one-hot vectors; the labels themselves unless given. */
  readonly toTargets?: (labels: Labels) => ModelData;
}

/**
 * Samples and their classes for `fit`, in the order of `balancedOrder`, another one in each epoch. An epoch has as many samples as there are.
 * Do without class weights then: they would count rare classes twice.
 *
 * @throws DatasetError when the samples have no labels.
 * @example
 * await classifier.fit(balancedBatches(xrays, { batchSize: 32, seed: 1 }), { epochs: 5 });
 */
export function balancedBatches(
  data: AnyDataset,
  { batchSize, seed = 0, toTargets = (labels) => labels }: BalancedBatchesOptions,
): BatchStream {
  const { labels } = data;
  if (labels === undefined) {
    throw new DatasetError(`${data.name} has no labels, so that nothing says which classes to balance`);
  }
  return (epoch) => {
    const order = balancedOrder(labels, { seed, epoch });
    const stream = streamedBatches(selectStreamed(asRead(data), order), {
      batchSize,
      toBatch: (samples, places) => {
        const numbers = places.map((place) => order[place] as number);
        return [samples, toTargets(selectLabels(labels, numbers))];
      },
    });
    return typeof stream === "function" ? stream(epoch) : stream;
  };
}

/** Samples in memory as those that are read. */
function asRead(data: AnyDataset): StreamedDataset {
  if (isStreamed(data)) return data;
  const { values, ...rest } = data;
  return {
    ...rest,
    dtype: values instanceof Uint8Array ? "uint8" : "float32",
    read: (numbers) => Promise.resolve(select(data, numbers).values),
  };
}
