import type { Node } from "../../graph/node.ts";
import type { KerasConfig } from "../keras-object.ts";

/** A condition that a weight is brought back to after each step of training. */
export interface Constraint {
  /** Keras's class name: `MaxNorm`. */
  readonly className: string;
  readonly config: KerasConfig;
  /** The nearest weight that meets the condition, of the same shape. */
  apply(weight: Node): Node;
}
