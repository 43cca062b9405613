/**
 * Whether a generator still makes different samples. Two figures tell, both within the classes where there are classes: a conditional
 * generator that makes ten pictures, one of each class, is as collapsed as one that makes a single one.
 */
import type { Node } from "../../graph/node.ts";
import { sizeOf } from "../../graph/tensor-type.ts";
import { div, greater, maximum, mul, square, sub } from "../../ops/elementwise.ts";
import { sum, sumSamples } from "../../ops/reduce.ts";
import { reshape } from "../../ops/shape.ts";
import type { StepScope } from "../../nn/training/step-scope.ts";

/** Two samples are as good as the same that are closer than this share of the distance of two real ones. */
const CLOSE = 0.02;

/** Keeps a division finite where a batch holds equal samples only. */
const TINY = 1e-12;

export interface Diversity {
  /** The variance of generated samples by that of the real ones of the batch, both within classes: 1 where they vary alike. */
  readonly diversity: Node;
  /**
   * The share of pairs of generated samples, of different noise and the same class, that are as good as the same. Of a generator
   * that has K pictures only it is 1/K: the birthday test of Arora and Zhang 2017, arXiv:1706.08224, in expectation.
   */
  readonly duplicates: Node;
}

/**
 * Both figures of a batch. The real samples are the scope's first input, the classes, one-hot, its second.
 *
 * @param pair generated samples of the batch's classes, each time of other noise.
 */
export function diversityFigures(scope: StepScope, pair: readonly [Node, Node]): Diversity {
  const [sample, label] = scope.inputs as readonly [Node, Node?];
  const { sampleShare } = scope;
  const [real, first, second] = [sample, ...pair].map(flat) as [Node, Node, Node];
  const [ofReal, ofGenerated] = [real, first].map((rows) => varianceWithin(rows, label, sampleShare)) as [Node, Node];
  // Two independent samples are 2·Var apart on average.
  const isClose = greater(mul(ofReal, 2 * CLOSE), sum(square(sub(first, second))));
  return {
    diversity: div(ofGenerated, maximum(ofReal, TINY)),
    duplicates: sumSamples(mul(isClose, sampleShare)),
  };
}

/**
 * The variance over the batch, added up over the values of a sample: Σ E[x²] − E[x]², and with classes the mean over the classes of
 * theirs, by how often they occur: E‖x‖² − Σ_c p_c ‖E[x | c]‖².
 */
function varianceWithin(rows: Node, label: Node | undefined, sampleShare: Node): Node {
  const secondMoment = sumSamples(mul(sum(square(rows)), sampleShare));
  if (label === undefined) return sub(secondMoment, sum(square(sumSamples(mul(rows, sampleShare)))));
  const [numClasses] = label.type.shape as readonly [number];
  const weights = mul(label, sampleShare);
  const frequencies = sumSamples(weights);
  // p_c · E[x | c]: [classes, values]
  const sums = sumSamples(mul(reshape(weights, [numClasses, 1]), reshape(rows, [1, sizeOf(rows.type.shape)])));
  return sub(secondMoment, sum(div(sum(square(sums), [1]), maximum(frequencies, TINY))));
}

function flat(node: Node): Node {
  return reshape(node, [sizeOf(node.type.shape)]);
}
