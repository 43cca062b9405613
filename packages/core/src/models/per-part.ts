/** Samples that are put through a model, wherever they lie, in bounded memory. */
import type { Dataset } from "../data/dataset.ts";
import { isStreamed, readSamples, selectStreamed } from "../data/streamed-dataset.ts";
import type { AnyDataset, StreamedDataset } from "../data/streamed-dataset.ts";
import { sizeOf } from "../graph/tensor-type.ts";

/** So many bytes of samples are computed with at a time, while as many are read. */
const PART_BYTES = 2 ** 26;
/** Parts are multiples of this number of samples, and so of all usual batches. */
const STEP = 128;
const MOST_SAMPLES = 1024;

/**
 * Puts samples through a model: those in memory all at once; those that are read, part by part, while the next part is read.
 *
 * @param compute as many numbers for each sample.
 * @returns the numbers of all samples, in their order.
 */
export async function perPart(
  samples: AnyDataset,
  compute: (part: Dataset) => Promise<Float32Array>,
): Promise<Float32Array> {
  if (!isStreamed(samples)) return compute(samples);
  const { count } = samples;
  const size = partSize(samples);
  const read = (from: number): Promise<Dataset> | undefined => {
    if (from >= count) return undefined;
    const numbers = Uint32Array.from({ length: Math.min(size, count - from) }, (_, index) => from + index);
    const part = readSamples(selectStreamed(samples, numbers));
    // It is awaited in its turn; until then, a failure is not an unhandled one.
    part.catch(() => {});
    return part;
  };
  let results = new Float32Array();
  let next = read(0);
  for (let from = 0; next !== undefined; from += size) {
    const part: Dataset = await next;
    next = read(from + size);
    const some = await compute(part);
    if (from === 0) results = new Float32Array((some.length / part.count) * count);
    results.set(some, (some.length / part.count) * from);
  }
  return results;
}

/** How many samples a part has: fewer large ones. */
function partSize({ shape, dtype, readTargets }: StreamedDataset): number {
  const bytes = sizeOf(shape) * (dtype === "uint8" ? 1 : 4) * (readTargets === undefined ? 1 : 2);
  const fitting = Math.floor(PART_BYTES / bytes / STEP) * STEP;
  return Math.min(MOST_SAMPLES, Math.max(STEP, fitting));
}
