/** What a variational autoencoder makes smaller: the negative evidence lower bound (Kingma and Welling 2014, equations 3 and 10). */
import type { Node } from "../../graph/node.ts";
import { add, exp, greater, maximum, mul, square, sub } from "../../ops/elementwise.ts";
import { sum } from "../../ops/reduce.ts";
import type { StepTerms } from "../../nn/model/custom-trainer.ts";
import { overBatch } from "../../nn/training/model-graph.ts";
import type { StepScope } from "../../nn/training/step-scope.ts";
import { squaredError } from "../parts/reconstruction-terms.ts";
import { negativeLogLikelihood } from "./likelihood.ts";
import type { LikelihoodSettings } from "./likelihood.ts";
import type { VaeHalves } from "./vae-halves.ts";

export interface BoundSettings extends LikelihoodSettings {
  /** The weight of the divergence (Higgins et al. 2017). */
  readonly beta: number;
  /** Epochs over which the weight grows evenly from 0. */
  readonly warmup: number;
  /** Nats of divergence that each number of the code has without a price. */
  readonly freeBits: number;
  readonly binarize: "none" | "threshold" | "draw";
}

/**
 * The negative bound of each sample, in nats: with one draw of the code, z = μ + σ·ε,
 *
 *     −log p(x | z) + β · KL(N(μ, σ²) ‖ N(0, 1))
 *
 * Where the data have targets, the likelihood is that of the target y, −log p(y | z), and the code is still that of x.
 *
 * The figures are its two terms, unweighted, and the mean squared error: in training, of the decoding of the draw, and where the
 * model is measured of that of the mean, which is what `reconstruct` gives.
 */
export function boundTerms(
  scope: StepScope,
  { posterior, decoder }: Pick<VaeHalves, "posterior" | "decoder">,
  stepsPerEpoch: number,
  settings: BoundSettings,
): StepTerms {
  const { inputs, targets, call, normal, sampleShare, training } = scope;
  const [given, ...classes] = inputs as [Node, ...Node[]];
  const sample = binarized(scope, given, settings.binarize);
  const target = targets[0] === undefined ? sample : binarized(scope, targets[0], settings.binarize);
  const [mean, logVariance] = call(posterior, sample, ...classes) as [Node, Node];
  const code = add(mean, mul(exp(mul(logVariance, 0.5)), normal(mean.type.shape)));
  const [decoded] = call(decoder, code, ...classes) as [Node];
  const reconstruction = negativeLogLikelihood(settings, target, decoded, sampleShare);
  const divergences = divergenceOfEach(mean, logVariance);
  const shown = training ? decoded : (call(decoder, mean, ...classes)[0] as Node);
  return {
    loss: add(
      reconstruction,
      mul(pricedDivergence(divergences, settings, sampleShare), betaNow(scope, stepsPerEpoch, settings)),
    ),
    figures: { reconstruction, kl: sum(divergences), mse: squaredError(target, shown) },
  };
}

/** KL(N(μ, σ²) ‖ N(0, 1)) = ½ (μ² + σ² − 1 − log σ²) for each number of the code (appendix B of the paper): [code]. */
function divergenceOfEach(mean: Node, logVariance: Node): Node {
  return mul(sub(add(square(mean), exp(logVariance)), add(logVariance, 1)), 0.5);
}

/** Σ max(λ, the batch's mean divergence) over the numbers of the code (Kingma et al. 2016, arXiv:1606.04934, equation 15). */
function pricedDivergence(divergences: Node, { freeBits }: BoundSettings, sampleShare: Node): Node {
  if (freeBits === 0) return sum(divergences);
  return sum(maximum(overBatch(divergences, sampleShare), freeBits));
}

function betaNow({ schedule }: StepScope, stepsPerEpoch: number, { beta, warmup }: BoundSettings): Node | number {
  if (warmup === 0) return beta;
  return schedule((batches) => beta * Math.min(1, batches / (warmup * stepsPerEpoch)));
}

/** The sample in black and white: by comparison with ½, or drawn anew each time with the grey value as the probability of white. */
function binarized({ uniform }: StepScope, sample: Node, how: BoundSettings["binarize"]): Node {
  if (how === "none") return sample;
  return greater(sample, how === "draw" ? uniform(sample.type.shape) : 0.5);
}
