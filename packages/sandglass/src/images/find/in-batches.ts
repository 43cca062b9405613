/** As many as the threads that wait for a disk can use, and few enough that memory stays small. */
const batchSize = 256;

/** The results of an asynchronous function for each of many items, in their order, some hundred at a time. */
export async function inBatches<T, R>(
  items: readonly T[],
  work: (item: T) => Promise<R>,
  signal?: AbortSignal,
): Promise<R[]> {
  const results: R[] = [];
  for (let start = 0; start < items.length; start += batchSize) {
    signal?.throwIfAborted();
    results.push(...(await Promise.all(items.slice(start, start + batchSize).map((item) => work(item)))));
  }
  return results;
}
