import type { Node } from "../../graph/node.ts";

/** A figure that training reports beside the loss: the mean over the samples of a number for each. */
export interface Metric {
  /** The name in the logs and the history. */
  readonly name: string;
  /** Whether smaller or larger values are better. */
  readonly better: "smaller" | "larger";
  /** The number of each sample, as nodes of the shape []. */
  perSample(target: Node, prediction: Node): Node;
}
