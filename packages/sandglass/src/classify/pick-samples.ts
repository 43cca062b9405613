import { isStreamed, readSamples, select, selectStreamed, type AnyDataset, type Dataset } from "@sandglass/core";

/** Some samples in memory, by their numbers. */
export async function pickSamples(data: AnyDataset, numbers: readonly number[]): Promise<Dataset> {
  const chosen = Uint32Array.from(numbers);
  return isStreamed(data) ? readSamples(selectStreamed(data, chosen)) : select(data, chosen);
}
