/** Batches of a data set that is read while the training computes. */
import { readValues } from "../../data/streamed-dataset.ts";
import type { StreamedDataset } from "../../data/streamed-dataset.ts";
import { permutation } from "../random/permutation.ts";
import type { BatchStream, StreamBatch } from "./batch-source.ts";
import type { TensorData } from "../tensor-data.ts";

/** Batches that are read before they are needed. */
const READ_AHEAD = 3;

export interface StreamedBatchesOptions {
  readonly batchSize: number;
  /** Mixes the samples anew in each epoch, in the order in which `fit` mixes arrays for the same seed; as they come unless given. */
  readonly shuffle?: { readonly seed: number };
  /** Makes a batch of samples, their numbers in the data set and their targets; the samples, and targets where there are such, unless given. */
  readonly toBatch?: (samples: TensorData, numbers: Uint32Array, targets: TensorData | undefined) => StreamBatch;
}

/**
 * The batches of each epoch, for the `fit`, `evaluate` and `predict` of models. The next ones are read while one is computed with; what
 * is in memory does not grow with the data.
 *
 * @example
 * await network.fit(streamedBatches(photos, { batchSize: 64, shuffle: { seed: 1 } }), { epochs: 3 });
 */
export function streamedBatches(data: StreamedDataset, options: StreamedBatchesOptions): BatchStream {
  const { batchSize, shuffle, toBatch = asPair } = options;
  const { shape, scale, count } = data;
  return async function* batches(epoch) {
    const order = shuffle ? permutation(count, shuffle.seed, epoch) : Uint32Array.from({ length: count }, (_, i) => i);
    const due: Promise<StreamBatch>[] = [];
    const read = async (numbers: Uint32Array): Promise<StreamBatch> => {
      const { values, targets } = await readValues(data, numbers);
      return toBatch({ data: values, shape, scale }, numbers, targets && { data: targets, shape, scale });
    };
    for (let from = 0; from < count || due.length > 0;) {
      for (; due.length < READ_AHEAD && from < count; from += batchSize) {
        const batch = read(order.slice(from, from + batchSize));
        // It is awaited in its turn; until then, a failure is not an unhandled one.
        batch.catch(() => {});
        due.push(batch);
      }
      yield (await due.shift()) as StreamBatch;
    }
  };
}

function asPair(samples: TensorData, _: Uint32Array, targets: TensorData | undefined): StreamBatch {
  return targets === undefined ? [samples] : [samples, targets];
}
