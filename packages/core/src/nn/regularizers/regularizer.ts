import type { Node } from "../../graph/node.ts";
import type { KerasConfig } from "../keras-object.ts";

/** A penalty on large numbers, added to the loss: of a weight, or of a layer's outputs, averaged over the batch. */
export interface Regularizer {
  /** Keras's class name: `L2`. */
  readonly className: string;
  readonly config: KerasConfig;
  /** The penalty of a tensor as a node of the shape []: shared for a weight, per sample for outputs. */
  penalty(x: Node): Node;
}
