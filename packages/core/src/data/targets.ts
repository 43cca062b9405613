/** Data with targets: what a model is to make of each sample, such as the clean image of a noisy one. */
import type { Dataset } from "./dataset.ts";
import { isStreamed } from "./streamed-dataset.ts";
import type { AnyDataset } from "./streamed-dataset.ts";

export function hasTargets(data: AnyDataset): boolean {
  return isStreamed(data) ? data.readTargets !== undefined : data.targets !== undefined;
}

/** What a model's outputs are compared with, as a data set: the targets of the samples, or the samples themselves. */
export function targetsOf(data: Dataset): Dataset {
  const { targets, ...rest } = data;
  return targets === undefined ? data : { ...rest, values: targets };
}

/** The samples alone: what a model is given. Of a stream, the targets are not read then. */
export function withoutTargets(data: AnyDataset): AnyDataset {
  if (!hasTargets(data)) return data;
  if (isStreamed(data)) {
    const { readTargets: _, ...rest } = data;
    return rest;
  }
  const { targets: _, ...rest } = data;
  return rest;
}
