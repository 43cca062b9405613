/** The end of every classifier. */
import { GraphError } from "../../../graph/error.ts";
import { dense, dropout } from "../../../nn/layers/index.ts";
import type { SymbolicTensor } from "../../../nn/layers/layer.ts";

export interface ClassOutput {
  readonly numClasses: number;
  /** Of the hidden layers. */
  readonly units: readonly number[];
  readonly activation: string;
  readonly dropout: number;
}

/**
 * Dense layers and the probabilities: features [n] → [numClasses] of a softmax, or [1] of a sigmoid, the probability of class 1, where
 * there are two classes.
 *
 * @throws GraphError when there are fewer than two classes.
 */
export function classOutput(
  features: SymbolicTensor,
  { numClasses, units, activation, dropout: rate }: ClassOutput,
): SymbolicTensor {
  if (!Number.isInteger(numClasses) || numClasses < 2) {
    throw new GraphError(
      `a classifier tells two classes apart, or more; ${numClasses} came. Samples need labels: a folder for each class, or a column`,
    );
  }
  const hidden = units.reduce((tensor, count) => dense(count, { activation })(tensor), features);
  const kept = rate === 0 ? hidden : dropout(rate)(hidden);
  const name = "probabilities";
  return numClasses === 2
    ? dense(1, { activation: "sigmoid", name })(kept)
    : dense(numClasses, { activation: "softmax", name })(kept);
}
