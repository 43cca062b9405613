import { defineFamily } from "../define-family.ts";
import type { Network } from "../model-family.ts";
import { codeOptions, denseOptions, HIDDEN_ACTIVATIONS, lossOptions } from "../options/common-options.ts";
import { choice, number } from "../options/option.ts";
import { denseAutoencoder } from "../parts/dense-parts.ts";
import { penalizedTerms } from "../parts/penalized-terms.ts";
import { decideOutput } from "../parts/reconstruction-terms.ts";
import { singlePhase } from "../parts/single-phase.ts";
import { targetOf } from "../parts/target-of.ts";
import { codeSize, decideDenseSizes } from "../parts/sizes.ts";
import { copyingExhibits } from "./copying.ts";
import { decideSparsity } from "./decide-sparsity.ts";
import { SPARSITY_PENALTIES, sparsityPenalties } from "./sparsity.ts";
import { unitExhibits } from "./unit-exhibits.ts";

/** How many times larger than that of other autoencoders the code is, unless the user says: larger than the samples' own structure. */
const OVERCOMPLETE = 8;

/** An autoencoder with many units in its code, few of which are active for any one sample. */
export const sparse = defineFamily({
  name: "sparse",
  title: "a large code of which each sample uses little",
  purpose: "to find the parts that samples are made of: few of many units answer to each",
  source:
    "A. Ng: Sparse autoencoder, CS294A lecture notes, 2011; L1 as in A. Géron: Hands-On Machine Learning, chapter 17",
  cost: "that of the deep one with a larger code",
  options: {
    ...codeOptions,
    ...lossOptions,
    ...denseOptions,
    codeActivation: choice(["linear", ...HIDDEN_ACTIVATIONS], {
      default: undefined,
      help: "activation of the code (default: sigmoid for kl, else relu)",
    }),
    penalty: choice(SPARSITY_PENALTIES, {
      default: "l1",
      help: "what keeps the code sparse: l1, the sum of its activities; kl, a mean activity that each unit should have; none",
    }),
    penaltyWeight: number({
      default: undefined,
      min: 0,
      help: "factor of the penalty in the loss (default: by the penalty and how much the values vary)",
    }),
    targetActivity: number({
      default: 0.05,
      min: 0.0001,
      max: 0.9999,
      help: "mean activity that kl wants of each unit",
    }),
  },
  training: { epochs: 20, batchSize: 128, optimizer: "adam", learningRate: 0.001 },
  learnsTargets: true,
  decide: (brief, options) => {
    const code = options.code ?? OVERCOMPLETE * codeSize(brief.shape);
    const decided = decideOutput("sparse", brief.values, { ...options, code });
    return decideSparsity(brief.values, decideDenseSizes("sparse", brief.shape, decided));
  },
  build({ shape }, options): Network {
    const { loss } = options;
    const { model, encoder, decoder } = denseAutoencoder("sparse", shape, options);
    return {
      model,
      encoder,
      decoder,
      phases: [
        singlePhase(model, (scope) => {
          const code = scope.call(encoder, scope.inputs[0]!)[0]!;
          const prediction = scope.call(decoder, code)[0]!;
          const penalties = sparsityPenalties(code, scope.sampleShare, options);
          return penalizedTerms(loss, targetOf(scope), prediction, penalties);
        }),
      ],
      exhibits: async (exhibition) => [...(await unitExhibits(exhibition)), ...(await copyingExhibits(exhibition))],
    };
  },
});
