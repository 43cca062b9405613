/** What crossentropies of probabilities share with Keras. */
import { GraphError } from "../../graph/error.ts";
import type { Node } from "../../graph/node.ts";
import { add, clip, div, maximum, mul, pow } from "../../ops/elementwise.ts";
import { sum } from "../../ops/reduce.ts";
import type { KerasConfig } from "../keras-object.ts";
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

/** These options as Keras writes them. */
export function crossentropyConfig({
  fromLogits,
  labelSmoothing,
}: Required<Omit<CrossentropyOptions, keyof LossOptions>>): KerasConfig {
  return { from_logits: fromLogits, label_smoothing: labelSmoothing, axis: -1 };
}

/** Probabilities kept away from 0 and 1, where the logarithm ends; the gradient stops where this bites. */
export function clipProbabilities(probabilities: Node): Node {
  return clip(probabilities, LOWEST, HIGHEST);
}

/** Predictions for classes, divided by their sum over the last axis and then clipped. */
export function classShares(prediction: Node): Node {
  return clipProbabilities(div(prediction, sum(prediction, [-1], { keepDims: true })));
}

/** Targets that are certain up to `smoothing`, the rest shared by all classes. */
export function smoothLabels(target: Node, smoothing: number, numClasses: number): Node {
  return smoothing === 0 ? target : add(mul(target, 1 - smoothing), smoothing / numClasses);
}

/**
 * doubtᵞ: how much a focal loss counts a sample, `doubt` being the probability that the prediction leaves to what is wrong
 * (Lin et al. 2017, arXiv:1708.02002, equation 4).
 */
export function focalFactor(doubt: Node, gamma: number): Node {
  // The slope of a root at 0 is no number.
  return Number.isInteger(gamma) ? pow(doubt, gamma) : pow(maximum(doubt, 1e-30), gamma);
}

/** @throws GraphError when the predictions have no axis of classes. */
export function numClassesOf(lossName: string, { type: { shape } }: Node): number {
  const numClasses = shape.at(-1);
  if (numClasses !== undefined) return numClasses;
  throw new GraphError(`${lossName} needs an axis of classes; predictions of shape [] came`);
}

/** @throws RangeError when the smoothing is not between 0 and 1. */
export function checkSmoothing(lossName: string, smoothing: number): void {
  if (smoothing >= 0 && smoothing <= 1) return;
  throw new RangeError(`the labelSmoothing of ${lossName} must lie between 0 and 1; ${smoothing} came`);
}

/** @throws RangeError unless gamma is a number from 0 on. */
export function checkGamma(lossName: string, gamma: number): void {
  if (Number.isFinite(gamma) && gamma >= 0) return;
  throw new RangeError(`the gamma of ${lossName} must be a number from 0 on; ${gamma} came`);
}
