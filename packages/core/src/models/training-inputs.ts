import type { Dataset } from "../data/dataset.ts";
import { GraphError } from "../graph/error.ts";
import type { SymbolicTensor } from "../nn/layers/layer.ts";
import type { DataLike } from "../nn/tensor-data.ts";
import { oneHot } from "./samples.ts";

/**
 * Data for the inputs of a training: the samples, and for a second input their classes.
 *
 * @throws GraphError when classes are needed and the samples have no labels.
 */
export function trainingInputs(inputs: readonly SymbolicTensor[], data: Dataset): DataLike[] {
  const [, classes] = inputs;
  if (classes === undefined) return [data];
  const { labels, name } = data;
  if (labels === undefined) {
    throw new GraphError(`a conditional model needs the classes of its samples; "${name}" has no labels`);
  }
  return [data, oneHot(labels, classes.shape[0] ?? 0)];
}
