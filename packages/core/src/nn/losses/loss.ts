import { GraphError } from "../../graph/error.ts";
import type { Node } from "../../graph/node.ts";
import { formatShape, sameShape } from "../../graph/tensor-type.ts";
import type { KerasConfig } from "../keras-object.ts";

/** How far predictions are from their targets. */
export interface Loss {
  /** Keras's name: `mean_squared_error`. */
  readonly name: string;
  /** Keras's class name: `MeanSquaredError`. */
  readonly className: string;
  readonly config: KerasConfig;
  /**
   * The loss of each sample, as nodes of the shape []: what Keras averages over all axes but the first.
   *
   * @throws GraphError when the shapes of target and prediction differ.
   */
  perSample(target: Node, prediction: Node): Node;
}

/** @throws GraphError when the shapes differ. */
export function checkSameShape(lossName: string, target: Node, prediction: Node): void {
  if (sameShape(target.type.shape, prediction.type.shape)) return;
  throw new GraphError(
    `${lossName} compares tensors of the same shape; targets of shape ${formatShape(target.type.shape)} and ` +
      `predictions of shape ${formatShape(prediction.type.shape)} came. Give targets of the shape that the model predicts.`,
  );
}
