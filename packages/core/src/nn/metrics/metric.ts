import type { Node } from "../../graph/node.ts";
import type { KerasConfig } from "../keras-object.ts";
import { ratio } from "./ratio.ts";

/** The contributions of a metric added up over samples, by their names, times the samples' weights where there are some. */
export type MetricSums = Readonly<Record<string, Float64Array>>;

/** One figure, or one for each class, threshold or output: those are reported as `f1_score_0`, `f1_score_1` and so on. */
export type MetricResult = number | readonly number[];

/**
 * A figure that training reports beside the loss. Each sample contributes numbers; what they add up to over all samples, of
 * an epoch or of a data set, makes the figure.
 */
export interface Metric {
  /** The name in the logs and the history. */
  readonly name: string;
  /** Keras's class name: `MeanSquaredError`; `Custom` for what Keras lacks. */
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
  result(sums: MetricSums, weight: number): MetricResult;
}

export interface MetricOptions {
  /** The name in the logs; Keras's name of the metric unless given. */
  readonly name?: string;
}

/** A metric that is the mean over samples of one number for each, of the shape []; 0 where the weights add up to 0. */
export function meanMetric(
  description: Pick<Metric, "name" | "className" | "config" | "better">,
  perSample: (target: Node, prediction: Node) => Node,
): Metric {
  return {
    ...description,
    contributions: (target, prediction) => ({ total: perSample(target, prediction) }),
    result: ({ total }, weight) => ratio(total?.[0] ?? 0, weight),
  };
}
