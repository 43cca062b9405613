/**
 * Samples mixed with one another, which teaches a model to behave linearly in between (H. Zhang et al.: mixup: Beyond empirical risk
 * minimization, 2018, equation 1):
 *
 *     x̃ = λ·xᵢ + (1 − λ)·xⱼ,  ỹ = λ·yᵢ + (1 − λ)·yⱼ,  λ ~ Beta(α, α)
 *
 * As in Keras's MixUp, each sample has a λ of its own, and its partner is the one that a permutation of the batch puts in its place.
 */
import { RandomBits } from "../random/random-bits.ts";
import { shuffledNumbers } from "../random/permutation.ts";
import { symmetricBeta } from "../random/symmetric-beta.ts";
import { gatherRows } from "../tensor-data.ts";
import type { Rows } from "../tensor-data.ts";
import { wholeBatch } from "./batch-source.ts";
import type { BatchSource, SourceBatch } from "./batch-source.ts";

export interface MixUpOptions {
  /** How much is mixed: λ is near 0 or 1 where it is small, and spread evenly where it is 1. */
  readonly alpha: number;
  readonly seed: number;
}

/** With whom each sample is mixed, and what it keeps of itself. */
export interface Mixture {
  readonly partners: Uint32Array;
  readonly shares: Float64Array;
}

/** @throws RangeError unless alpha lies above 0, up to 1. */
export function checkMixUp(alpha: number): number {
  if (alpha > 0 && alpha <= 1) return alpha;
  throw new RangeError(`mixUp must be a number above 0, up to 1; ${alpha} came`);
}

/** Streams of random numbers up to here are those of the order of the samples, one for each epoch. */
const FIRST_STREAM = 2 ** 31;
/** Random numbers of one batch, at most. */
const NUMBERS_PER_BATCH = 2 ** 28;

/** The mixture of a batch: it depends on the seed, the epoch and the batch's number in it, and on nothing that came before. */
export function drawMixture(
  count: number,
  { alpha, seed }: MixUpOptions,
  { epoch, number }: { readonly epoch: number; readonly number: number },
): Mixture {
  const bits = new RandomBits(seed, FIRST_STREAM + epoch);
  let index = number * NUMBERS_PER_BATCH;
  const next = (): number => bits.fraction(index++);
  return {
    partners: shuffledNumbers(count, next),
    shares: Float64Array.from({ length: count }, () => symmetricBeta(alpha, next)),
  };
}

/** The batches of a source, mixed: inputs, targets and weights of samples alike. */
export function mixUp(source: BatchSource, options: MixUpOptions): BatchSource {
  return {
    ...source,
    async *epoch(epoch, skip = 0) {
      let number = skip;
      for await (const batch of source.epoch(epoch, skip)) {
        const count = batch.batch.to - batch.batch.from;
        yield mixBatch(batch, drawMixture(count, options, { epoch, number }));
        number++;
      }
    },
  };
}

function mixBatch({ examples, batch: { order, from, to } }: SourceBatch, mixture: Mixture): SourceBatch {
  const mix = (rows: Rows | undefined): Rows | undefined => {
    if (rows === undefined) return undefined;
    const own = new Float32Array((to - from) * rows.size);
    gatherRows(rows, order, from, to, own);
    return { data: mixRows(own, mixture), scale: 1, size: rows.size, count: to - from };
  };
  const mixed = {
    ...examples,
    count: to - from,
    inputs: examples.inputs.map((rows) => mix(rows) as Rows),
    targets: examples.targets.map(mix),
    weights: examples.weights.map(mix),
  };
  return { examples: mixed, batch: wholeBatch(to - from) };
}

/** The samples of a batch, one after the other, mixed. */
export function mixRows(values: Float32Array, { partners, shares }: Mixture): Float32Array {
  const size = values.length / partners.length;
  const mixed = new Float32Array(values.length);
  for (const [row, partner] of partners.entries()) {
    const share = shares[row] as number;
    for (let place = 0, at = row * size, other = partner * size; place < size; place++, at++, other++) {
      mixed[at] = share * (values[at] as number) + (1 - share) * (values[other] as number);
    }
  }
  return mixed;
}
