import { GraphError } from "../../graph/error.ts";
import type { Node } from "../../graph/node.ts";
import { formatShape, sameShape, sizeOf } from "../../graph/tensor-type.ts";
import type { Shape } from "../../graph/tensor-type.ts";
import type { KerasConfig } from "../keras-object.ts";
import type { Reduction } from "./reduction.ts";

/** How far predictions are from their targets. */
export interface Loss {
  /** Keras's name: `mean_squared_error`. */
  readonly name: string;
  /** Keras's class name: `MeanSquaredError`. */
  readonly className: string;
  /** The settings of this class, in Keras's spelling; name and reduction apart. */
  readonly config: KerasConfig;
  readonly reduction: Reduction;
  /** Whether targets are the numbers of classes, between which there is nothing; absent where they are not. */
  readonly takesClassNumbers?: boolean;
  /**
   * The loss at each position of each sample, what Keras's function of that name returns: most losses are means or sums over
   * the last axis, so that images [h, w, c] have the values [h, w], and vectors one value.
   *
   * @throws GraphError when the shapes of target and prediction do not fit.
   */
  values(target: Node, prediction: Node): Node;
  /**
   * Looks at the targets of a training before it begins; absent where any number will do.
   *
   * @param what names the targets in errors: `y`.
   * @param predicted the shape of the predictions.
   * @throws GraphError when a number is no target of this loss.
   */
  checkTargets?(what: string, targets: TargetNumbers, predicted: Shape): void;
}

/** Targets as they are given: each number is meant times `scale`, and `size` of them belong to a sample. */
export interface TargetNumbers {
  readonly data: ArrayLike<number>;
  readonly scale: number;
  readonly size: number;
}

export interface LossOptions {
  /** How the losses of samples become one number: `sumOverBatchSize`, their mean, unless given. */
  readonly reduction?: Reduction;
  /** Keras's name of the loss unless given. */
  readonly name?: string;
}

/** @throws GraphError when the shapes differ. */
export function checkSameShape(lossName: string, target: Node, prediction: Node): void {
  const [given, predicted] = [target.type.shape, prediction.type.shape];
  if (sameShape(given, predicted)) return;
  const isOneForEachPosition = sizeOf(given) === sizeOf(predicted.slice(0, -1));
  const hint = isOneForEachPosition ? "; for targets that number classes there are sparse losses and metrics" : "";
  throw new GraphError(
    `${lossName} compares tensors of the same shape; targets of shape ${formatShape(given)} and ` +
      `predictions of shape ${formatShape(predicted)} came. Give targets of the shape that the model predicts${hint}.`,
  );
}
