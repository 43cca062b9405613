/** How the losses of samples become one number, as Keras's `reduction`. */
import type { Node } from "../../graph/node.ts";
import { div, greater, maximum, mul } from "../../ops/elementwise.ts";
import { mean, sum, sumSamples } from "../../ops/reduce.ts";
import { describeUnknown } from "../nearest-name.ts";
import { maskOf } from "./mask.ts";

/**
 * - `sumOverBatchSize`: the mean over samples and positions; with sample weights Σwₙlₙ / N.
 * - `sum`: the sum over samples and positions.
 * - `meanWithSampleWeight`: the mean, weighted: Σwₙlₙ / Σwₙ.
 */
export type Reduction = "sumOverBatchSize" | "sum" | "meanWithSampleWeight";

const KERAS_NAMES: Readonly<Record<Reduction, string>> = {
  sumOverBatchSize: "sum_over_batch_size",
  sum: "sum",
  meanWithSampleWeight: "mean_with_sample_weight",
};

// Far below the share that one value has in any batch.
const SMALLEST = 1e-30;

/** What a reduction needs of the batch. */
export interface BatchWeights {
  /** 1 / (number of samples), or 0 for lanes that the batch does not fill. */
  readonly sampleShare: Node;
  /** A weight for each sample; undefined for equal ones. */
  readonly sampleWeight: Node | undefined;
}

/** One shared number of a loss's values: per sample, of any shape. In means, values that a mask hides do not count. */
export function reduceLoss(values: Node, reduction: Reduction, { sampleShare, sampleWeight }: BatchWeights): Node {
  const perSample = reduction === "sum" ? sum(values) : mean(values);
  const weighted = sampleWeight === undefined ? perSample : mul(perSample, sampleWeight);
  if (reduction === "sum") return sumSamples(mul(weighted, isSample(sampleShare)));
  const total = sumSamples(mul(weighted, sampleShare));
  const mask = maskOf(values);
  const divisors = [mask && mean(mask), reduction === "meanWithSampleWeight" ? sampleWeight : undefined].filter(
    (divisor) => divisor !== undefined,
  );
  if (divisors.length === 0) return total;
  const counted = sumSamples(divisors.reduce((product, divisor) => mul(product, divisor), sampleShare));
  // Where a mask hides all, the total is 0, and so is the loss.
  return div(total, mask === undefined ? counted : maximum(counted, SMALLEST));
}

/** 1 for each sample of the batch, 0 for lanes that it does not fill. */
export function isSample(sampleShare: Node): Node {
  return greater(sampleShare, 0);
}

export function reductionToKeras(reduction: Reduction): string {
  return KERAS_NAMES[reduction];
}

/** @throws RangeError when the name is none of Keras's. `mean` is another name of Keras's for the default. */
export function reductionFromKeras(name: string): Reduction {
  const found = Object.entries(KERAS_NAMES).find(([, known]) => known === name)?.[0] as Reduction | undefined;
  if (found !== undefined) return found;
  if (name === "mean") return "sumOverBatchSize";
  throw new RangeError(`unknown reduction ${describeUnknown(name, Object.values(KERAS_NAMES))}`);
}
