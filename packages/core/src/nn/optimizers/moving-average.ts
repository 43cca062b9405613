/** Averages of the weights over the steps (Polyak and Juditsky 1992), in Keras's words `use_ema`. */
import type { Node } from "../../graph/node.ts";
import { add, mul, sub, where } from "../../ops/elementwise.ts";

export interface MovingAverage {
  readonly emaMomentum: number;
  readonly emaOverwriteFrequency: number | undefined;
}

/**
 * The numbers of a step: what the average takes from the new weights (all at first), and whether it replaces them.
 *
 * @param updates how often weights have changed before the step.
 */
export function averageNumbers(
  { emaMomentum, emaOverwriteFrequency }: MovingAverage,
  updates: number,
): Record<string, number> {
  const share = updates === 0 ? 1 : Math.fround(1 - Math.fround(emaMomentum));
  if (emaOverwriteFrequency === undefined) return { averageShare: share };
  return { averageShare: share, isOverwrite: (updates + 1) % emaOverwriteFrequency === 0 ? 1 : 0 };
}

/** The average after a step, a ← a + (w − a) · share, and the weight, which is the average where that replaces it. */
export function averaged(
  weight: Node,
  average: Node,
  { averageShare, isOverwrite }: Readonly<Record<string, Node>>,
): { readonly average: Node; readonly weight: Node } {
  const next = add(average, mul(sub(weight, average), averageShare as Node));
  return { average: next, weight: isOverwrite === undefined ? weight : where(isOverwrite, next, weight) };
}
