/**
 * The order of an optimizer's variables under `optimizer/vars` in the weights file.
 *
 * Source: `build` of each optimizer in Keras 3, `keras/src/optimizers/`.
 */
import type { Optimizer } from "../../nn/optimizers/optimizer.ts";

/** One variable of an optimizer: a number, or the slot of one trainable weight (counted in Keras's order). */
export type OptimizerVariable =
  /** Steps done so far, an int64. */
  | { readonly kind: "iterations" }
  | { readonly kind: "learningRate" }
  /** A tensor that belongs to a weight, by Keras's name. */
  | { readonly kind: "slot"; readonly slot: string; readonly weight: number }
  /** One of the numbers that follow from the steps, such as Nadam's product of its momentum factors so far. */
  | { readonly kind: "derived"; readonly index: number };

/**
 * The variables of an optimizer in the order of the file: the first is `optimizer/vars/0`.
 *
 * @param numWeights of the trainable weights.
 */
export function optimizerVariables(optimizer: Optimizer, numWeights: number): readonly OptimizerVariable[] {
  const weights = Array.from({ length: numWeights }, (_, weight) => weight);
  const slots = optimizer.slotGroups.flatMap((group) =>
    weights.flatMap((weight) => group.map((slot) => ({ kind: "slot", slot, weight }) as const)),
  );
  return [
    { kind: "iterations" },
    // A schedule is no variable.
    ...(optimizer.schedule === undefined ? [{ kind: "learningRate" } as const] : []),
    ...slots,
    ...optimizer.derivedNumbers(0).map((_, index) => ({ kind: "derived", index }) as const),
  ];
}
