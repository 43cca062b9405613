/** What crossentropies of probabilities share with Keras. */
import type { Node } from "../../graph/node.ts";
import { add, clip, mul } from "../../ops/elementwise.ts";
import type { LossOptions } from "./loss.ts";

// Keras's epsilon and 1 - epsilon, as the float32 numbers that it clips with.
const LOWEST = Math.fround(1e-7);
const HIGHEST = Math.fround(1 - 1e-7);

export interface CrossentropyOptions extends LossOptions {
  /** Whether the predictions are logits instead of probabilities; false unless given. */
  readonly fromLogits?: boolean;
  /** Moves the targets this far, from 0 to 1, towards indifference; 0 unless given. */
  readonly labelSmoothing?: number;
}

/** Probabilities kept away from 0 and 1, where the logarithm ends; the gradient stops where this bites. */
export function clipProbabilities(probabilities: Node): Node {
  return clip(probabilities, LOWEST, HIGHEST);
}

/** Targets that are certain up to `smoothing`, the rest shared by all classes. */
export function smoothLabels(target: Node, smoothing: number, numClasses: number): Node {
  return smoothing === 0 ? target : add(mul(target, 1 - smoothing), smoothing / numClasses);
}

/** @throws RangeError when the smoothing is not between 0 and 1. */
export function checkSmoothing(lossName: string, smoothing: number): void {
  if (smoothing >= 0 && smoothing <= 1) return;
  throw new RangeError(`the labelSmoothing of ${lossName} must lie between 0 and 1; ${smoothing} came`);
}
