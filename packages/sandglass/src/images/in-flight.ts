/** Asynchronous work on many things, of which a limited number is under way at once. */

/**
 * Calls `work` for each item, `limit` at a time, in order of their start; the results keep the items' order.
 *
 * @throws the reason of the signal, or the first error of `work`; what is under way ends first, and nothing else begins.
 */
export async function mapInFlight<Item, Result>(
  items: readonly Item[],
  limit: number,
  work: (item: Item, index: number) => Promise<Result>,
  signal?: AbortSignal,
): Promise<Result[]> {
  const results = new Array<Result>(items.length);
  let next = 0;
  let failure: { readonly error: unknown } | undefined;

  async function lane(): Promise<void> {
    while (next < items.length && failure === undefined) {
      const index = next++;
      try {
        signal?.throwIfAborted();
        results[index] = await work(items[index] as Item, index);
      } catch (error) {
        failure ??= { error };
      }
    }
  }

  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, lane));
  if (failure !== undefined) throw failure.error;
  return results;
}
