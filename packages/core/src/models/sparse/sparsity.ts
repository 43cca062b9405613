/** What makes a code sparse: penalties on the activities of its units. */
import type { Node } from "../../graph/node.ts";
import { abs, add, clip, div, log, mul, sub } from "../../ops/elementwise.ts";
import { sum, sumSamples } from "../../ops/reduce.ts";
import type { Penalty } from "../parts/penalized-terms.ts";

/** Activities are kept so far from 0 and 1, where the divergence has no end. */
const EPSILON = 1e-7;

/**
 * Σ|h| over the units: per sample of the shape [], as Keras's `activity_regularizer="l1"` adds it.
 *
 * @param code per sample, of any shape.
 */
export function l1Sparsity(code: Node): Node {
  return sum(abs(code));
}

/**
 * Σ KL(ρ ‖ ρ̂) over the units, ρ̂ being a unit's mean activity over the batch (Ng 2011, lecture notes on sparse autoencoders):
 * ρ·log(ρ / ρ̂) + (1 − ρ)·log((1 − ρ) / (1 − ρ̂)). Shared, of the shape []. It is not divided by the batch size, as Keras divides what an
 * activity regularizer returns: a weight of 0.005 there, with batches of 32, is 0.005 / 32 here.
 *
 * @param code per sample, activities from 0 to 1.
 * @param target ρ, between 0 and 1.
 * @param sampleShare what each sample of the batch counts in a mean.
 */
export function klSparsity(code: Node, target: number, sampleShare: Node): Node {
  const mean = clip(meanActivity(code, sampleShare), EPSILON, 1 - EPSILON);
  const active = mul(log(div(target, mean)), target);
  const silent = mul(log(div(1 - target, sub(1, mean))), 1 - target);
  return sum(add(active, silent));
}

/** The mean of each unit over the batch: shared, of the code's shape. */
function meanActivity(code: Node, sampleShare: Node): Node {
  return sumSamples(mul(code, sampleShare));
}

/** `penalty` */
export const SPARSITY_PENALTIES = ["l1", "kl", "none"] as const;
export type SparsityPenalty = (typeof SPARSITY_PENALTIES)[number];

export interface SparsityOptions {
  readonly penalty: SparsityPenalty;
  readonly penaltyWeight: number;
  readonly targetActivity: number;
}

/** The penalty on a code, by the name under which it is reported; nothing where there is none. */
export function sparsityPenalties(
  code: Node,
  sampleShare: Node,
  { penalty, penaltyWeight: weight, targetActivity }: SparsityOptions,
): Readonly<Record<string, Penalty>> {
  const penalties: Readonly<Record<SparsityPenalty, () => Readonly<Record<string, Penalty>>>> = {
    l1: () => ({ sparsity: { value: l1Sparsity(code), weight } }),
    kl: () => ({ sparsity: { value: klSparsity(code, targetActivity, sampleShare), weight } }),
    none: () => ({}),
  };
  return penalties[penalty]();
}
