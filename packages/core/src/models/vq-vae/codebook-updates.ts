/**
 * How a codebook learns: each vector is the moving average of the features that were replaced by it (van den Oord et al. 2017,
 * arXiv:1711.00937, appendix A.1), and one that is hardly used is moved to a feature of the batch, where it is of use again.
 */
import type { Node } from "../../graph/node.ts";
import { sizeOf } from "../../graph/tensor-type.ts";
import { add, div, equal, floor, greater, maximum, mul, square, sub, where } from "../../ops/elementwise.ts";
import { denseKernelGrad as sumOfProducts } from "../../ops/dense.ts";
import { sum, sumSamples } from "../../ops/reduce.ts";
import { reshape, transpose } from "../../ops/shape.ts";
import { constantTensor } from "../../nn/constant-tensor.ts";
import type { Layer } from "../../nn/layers/layer.ts";
import type { StepScope } from "../../nn/training/step-scope.ts";
import type { Variable } from "../../nn/variable.ts";
import type { CodebookLayers } from "./networks.ts";

export interface CodebookSettings {
  /** γ: how much of the moving averages each step keeps. */
  readonly codebookDecay: number;
  /** A code is revived that is used less than this share of the average use, 1 / codes; 0 revives none. */
  readonly revive: number;
}

/** Where the codebook is after a step. */
interface CodebookState {
  /** [codes, dim] */
  readonly vectors: Node;
  /** The share of all places that each code has: [codes, 1]. */
  readonly use: Node;
}

/** Keeps divisions finite for codes that were never used. */
const TINY = 1e-12;

/**
 * Moves the codebook after this step.
 *
 * @param features [places..., dim] of each sample.
 * @param oneHot the codes that they were replaced by: [places..., codes].
 */
export function updateCodebook(
  scope: StepScope,
  layers: CodebookLayers,
  features: Node,
  oneHot: Node,
  settings: CodebookSettings,
): void {
  const [vectors] = variablesOf(layers.vectors);
  const [use] = variablesOf(layers.use);
  const [kernel, bias] = variablesOf(layers.similarity);
  const places = sizeOf(features.type.shape.slice(0, -1));
  const dim = features.type.shape.at(-1) as number;
  const rows = reshape(features, [places, dim]);
  const chosen = reshape(oneHot, [places, use!.shape[0] as number]);

  const averaged = movingAverages(
    { vectors: vectors!.node, use: use!.node },
    rows,
    chosen,
    scope,
    settings.codebookDecay,
  );
  const moved = settings.revive === 0 ? averaged : revived(averaged, rows, scope, settings.revive);
  scope.update(vectors!, () => moved.vectors);
  scope.update(use!, () => moved.use);
  // As `similarityWeights`
  scope.update(kernel!, () => mul(transpose(moved.vectors, [1, 0]), 2));
  scope.update(bias!, () => mul(sum(square(moved.vectors), [1]), -1));
}

/** Of each code the share of the batch's places that it has: [codes]. */
export function useInBatch(oneHot: Node, sampleShare: Node): Node {
  const numCodes = oneHot.type.shape.at(-1) as number;
  const places = sizeOf(oneHot.type.shape) / numCodes;
  return sumSamples(mul(sum(reshape(oneHot, [places, numCodes]), [0]), div(sampleShare, places)));
}

/**
 * Nₜ = γ Nₜ₋₁ + (1 − γ) n and mₜ = γ mₜ₋₁ + (1 − γ) Σ z, e = m / N (equations 6 to 8), where n and Σ z belong to the batch; here
 * both as shares of its places. m is not kept: it is N·e.
 */
function movingAverages(
  { vectors, use }: CodebookState,
  rows: Node,
  oneHot: Node,
  { sampleShare, schedule }: StepScope,
  codebookDecay: number,
): CodebookState {
  const decay = schedule((batches) => Math.min(codebookDecay, (1 + batches) / (10 + batches)));
  const places = rows.type.shape[0] as number;
  const sums = sumOfProducts(mul(oneHot, div(sampleShare, places)), rows);
  const counts = reshape(useInBatch(oneHot, sampleShare), use.type.shape);
  const share = sub(1, decay);
  const nextUse = add(mul(use, decay), mul(counts, share));
  const nextSums = add(mul(mul(use, vectors), decay), mul(sums, share));
  return { use: nextUse, vectors: where(greater(nextUse, TINY), div(nextSums, maximum(nextUse, TINY)), vectors) };
}

/**
 * Each sample offers the feature of one of its places, drawn at random, to one code, drawn at random, so that each code is offered one
 * feature or less on average. Codes out of use take what they are offered, the mean where it is several, and count as used like
 * the average until the moving average says otherwise.
 */
function revived({ vectors, use }: CodebookState, rows: Node, scope: StepScope, share: number): CodebookState {
  const [places, numCodes] = [rows.type.shape[0] as number, use.type.shape[0] as number];
  const isSample = greater(scope.sampleShare, 0);
  const batchSize = div(1, maximum(scope.sampleShare, TINY));
  const code = floor(mul(scope.uniform([1]), maximum(batchSize, numCodes)));
  const offeredTo = mul(equal(code, numbers(numCodes)), isSample);
  const place = floor(mul(scope.uniform([1, 1]), places));
  const feature = sum(mul(rows, reshape(equal(reshape(place, [1]), numbers(places)), [places, 1])), [0]);

  const offers = reshape(sumSamples(offeredTo), use.type.shape);
  const offered = div(sumOfProducts(offeredTo, feature), maximum(offers, 1));
  const isDead = greater(share / numCodes, use);
  const isRevived = mul(isDead, greater(offers, 0));
  return { vectors: where(isRevived, offered, vectors), use: where(isRevived, 1 / numCodes, use) };
}

function numbers(count: number): Node {
  return constantTensor(
    "numbers",
    [count],
    Float32Array.from({ length: count }, (_, number) => number),
  );
}

function variablesOf({ variables }: Layer): readonly Variable[] {
  return variables;
}
