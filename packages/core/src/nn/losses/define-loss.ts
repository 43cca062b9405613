/** What losses of targets and predictions of one shape have in common. */
import type { Node } from "../../graph/node.ts";
import { mean } from "../../ops/reduce.ts";
import type { KerasConfig } from "../keras-object.ts";
import { checkSameShape } from "./loss.ts";
import type { Loss, LossOptions } from "./loss.ts";

/** What a loss is, beside its values. */
export interface LossDescription {
  readonly className: string;
  /** Keras's name of the loss. */
  readonly defaultName: string;
  /** The settings of this class, in Keras's spelling; none unless given. */
  readonly config?: KerasConfig;
}

/** A loss whose values are `values` of targets and predictions of the same shape. */
export function defineLoss(
  { className, defaultName, config = {} }: LossDescription,
  { reduction = "sumOverBatchSize", name = defaultName }: LossOptions,
  values: Loss["values"],
): Loss {
  return {
    name,
    className,
    config,
    reduction,
    values(target, prediction) {
      checkSameShape(name, target, prediction);
      return values(target, prediction);
    },
  };
}

/** A loss that compares element with element, in a node of the same shape, and takes the mean over the last axis. */
export function elementwiseLoss(
  description: LossDescription,
  options: LossOptions,
  compare: (target: Node, prediction: Node) => Node,
): Loss {
  return defineLoss(description, options, (target, prediction) => mean(compare(target, prediction), [-1]));
}
