/** Which models take samples with targets, and which samples go together. */
import { hasTargets } from "../data/targets.ts";
import type { AnyDataset } from "../data/streamed-dataset.ts";
import { GraphError } from "../graph/error.ts";
import type { ModelFamily } from "./model-family.ts";

/** @throws GraphError when the samples have targets, and the family knows samples alone. */
export function checkTargets({ name, learnsTargets }: ModelFamily, data: AnyDataset): void {
  if (learnsTargets === true || !hasTargets(data)) return;
  throw new GraphError(
    `the model "${name}" learns what samples look like, and not to make targets of them; "${data.name}" has targets. ` +
      'Leave them out, or take a model that gives back something for each sample, such as "conv", "deep" or "denoising"',
  );
}

/** @throws GraphError when only the samples to train on, or only those to measure with, have targets. */
export function checkSameTargets(training: AnyDataset, validation: AnyDataset): void {
  if (hasTargets(training) === hasTargets(validation)) return;
  const [some, others] = hasTargets(training)
    ? ["the samples to train on", "those to measure with"]
    : ["the samples to measure with", "those to train on"];
  throw new GraphError(`${some} have targets, and ${others} have none; give targets to both or to neither`);
}
