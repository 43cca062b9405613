import type { Node } from "../../graph/node.ts";
import type { KerasConfig } from "../keras-object.ts";

/**
 * A figure that training reports beside the loss. Each sample contributes numbers; what they add up to over all samples, of
 * an epoch or of a data set, makes the figure.
 */
export interface Metric {
  /** The name in the logs and the history. */
  readonly name: string;
  /** Keras's class name: `MeanSquaredError`. */
  readonly className: string;
  /** The settings of this class, in Keras's spelling; the name apart. */
  readonly config: KerasConfig;
  /** Whether smaller or larger values are better. */
  readonly better: "smaller" | "larger";
  /**
   * What each sample contributes: per-sample nodes of any shape, by names of their own.
   *
   * @throws GraphError when the shapes of target and prediction do not fit.
   */
  contributions(target: Node, prediction: Node): Readonly<Record<string, Node>>;
  /**
   * The figure.
   *
   * @param sums the contributions added up over samples, times their weights where there are some.
   * @param weight the sum of the samples' weights: their number where there are none.
   */
  result(sums: Readonly<Record<string, Float64Array>>, weight: number): number;
}

/** A metric that is the mean over samples of one number for each, of the shape []. */
export function meanMetric(
  description: Pick<Metric, "name" | "className" | "config" | "better">,
  perSample: (target: Node, prediction: Node) => Node,
): Metric {
  return {
    ...description,
    contributions: (target, prediction) => ({ total: perSample(target, prediction) }),
    result: ({ total }, weight) => (total?.[0] ?? 0) / weight,
  };
}
