import type { Node } from "../../graph/node.ts";
import { add, exp, log, maximum, mul, neg, square, sub } from "../../ops/elementwise.ts";
import { mean, sum } from "../../ops/reduce.ts";
import { dense } from "../../ops/dense.ts";
import { stopGradient } from "../../ops/stop-gradient.ts";
import { isClass } from "../../nn/losses/class-numbers.ts";
import { firstLargest } from "../../nn/metrics/first-largest.ts";
import type { StepTerms } from "../../nn/model/custom-trainer.ts";
import type { StepScope } from "../../nn/training/step-scope.ts";
import type { ReconstructionLoss } from "../options/common-options.ts";
import { reconstructionLoss, squaredError } from "../parts/reconstruction-terms.ts";
import { targetOf } from "../parts/target-of.ts";
import { updateCodebook, useInBatch } from "./codebook-updates.ts";
import type { CodebookSettings } from "./codebook-updates.ts";
import type { VqVaeNetwork } from "./networks.ts";

export interface VqVaeTerms extends CodebookSettings {
  readonly loss: ReconstructionLoss;
  /** β of the paper. */
  readonly commitment: number;
}

/** Below any share of a batch. */
const TINY = 1e-12;

/**
 * The reconstruction loss and β · mean (z − e)², which keeps the features z near the vectors e of the codebook that replace them (van den
 * Oord et al. 2017, equation 3). What the decoder's input wants goes to the features as if nothing were between them.
 * The codebook itself moves by averages; the perplexity says how many codes the batch uses, as if it used them equally.
 */
export function vqVaeTerms(scope: StepScope, network: VqVaeNetwork, settings: VqVaeTerms): StepTerms {
  const [sample] = scope.inputs as [Node];
  const target = targetOf(scope);
  const { features, picture, codebook } = network;
  const [found] = scope.call(features, sample) as [Node];
  const [similarities] = scope.call(codebook.similarity, stopGradient(found)) as [Node];
  const oneHot = isClass(firstLargest(similarities, { keepDims: true }), similarities);
  const vectors = stopGradient(dense(oneHot, codebook.vectors.variables[0]!.node));
  const [drawn] = scope.call(picture, add(found, stopGradient(sub(vectors, found)))) as [Node];
  if (scope.training) updateCodebook(scope, codebook, stopGradient(found), oneHot, settings);

  const reconstruction = reconstructionLoss(settings.loss, target, drawn);
  const commitment = mean(square(sub(found, vectors)));
  return {
    loss: add(reconstruction, mul(commitment, settings.commitment)),
    figures: {
      reconstruction,
      commitment,
      perplexity: perplexity(useInBatch(oneHot, scope.sampleShare)),
      ...(settings.loss !== "mse" && { mse: squaredError(target, drawn) }),
    },
  };
}

/** e to the entropy −Σ p log p of shares [codes]. */
function perplexity(shares: Node): Node {
  return exp(neg(sum(mul(shares, log(maximum(shares, TINY))))));
}
