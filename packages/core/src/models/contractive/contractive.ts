import { defineFamily } from "../define-family.ts";
import { codeMapExhibit } from "../exhibits.ts";
import type { Network } from "../model-family.ts";
import { codeOptions, convOptions, denseOptions, HIDDEN_ACTIVATIONS, lossOptions } from "../options/common-options.ts";
import { choice, flag, number, whole } from "../options/option.ts";
import { decideArchitecture } from "../parts/architecture.ts";
import { firstFiltersExhibit, firstUnitsExhibit } from "../parts/first-weights.ts";
import { penalizedTerms } from "../parts/penalized-terms.ts";
import { decideOutput } from "../parts/reconstruction-terms.ts";
import { singlePhase } from "../parts/single-phase.ts";
import { targetOf } from "../parts/target-of.ts";
import { buildContractive } from "./build-contractive.ts";
import { contractionWeight, decideLayers } from "./decide-contractive.ts";
import { jacobianExhibits } from "./jacobian-exhibits.ts";

const { batchNorm: _, ...convolutions } = convOptions;

/** An autoencoder whose codes hardly move when samples move a little: only the directions in which samples differ are worth it. */
export const contractive = defineFamily({
  name: "contractive",
  title: "codes that hardly move when samples do",
  purpose: "codes that stay the same under small changes, and that show in which directions samples vary",
  source:
    "S. Rifai et al.: Contractive auto-encoders: explicit invariance during feature extraction, 2011, equations 6 and 7",
  cost: "as the vanilla one with one layer; with more, another backward pass of the encoder for each projection",
  options: {
    ...codeOptions,
    ...lossOptions,
    architecture: choice(["dense", "conv"], {
      default: undefined,
      help: "fully connected or convolutional (default: dense, unless filters are given)",
    }),
    ...denseOptions,
    ...convolutions,
    codeActivation: choice(["linear", ...HIDDEN_ACTIVATIONS], {
      default: "elu",
      help: "activation of the code; the paper's is sigmoid, which learns slowly",
    }),
    tied: flag("the decoder's weights are the encoder's, transposed: about half as many to learn"),
    penaltyWeight: number({
      default: undefined,
      min: 0,
      help: "factor of the contraction in the loss (default: 0.1 by the number of values)",
    }),
    projections: whole({
      default: 1,
      max: 64,
      help: "random projections that estimate the contraction of several layers; that of one is exact",
    }),
  },
  training: { epochs: 20, batchSize: 128, optimizer: "adam", learningRate: 0.001 },
  learnsTargets: true,
  decide: ({ shape, values }, options) => {
    const layered = decideArchitecture(
      "contractive",
      shape,
      decideOutput("contractive", values, decideLayers(options)),
    );
    return { ...layered, penaltyWeight: options.penaltyWeight ?? contractionWeight(shape) };
  },
  build({ shape }, options): Network {
    const parts = buildContractive(shape, options);
    const { model, encoder, decoder } = parts;
    const { loss, penaltyWeight: weight } = options;
    return {
      model,
      encoder,
      decoder,
      phases: [
        singlePhase(model, (scope) => {
          const sample = scope.inputs[0]!;
          const code = scope.call(encoder, sample)[0]!;
          const prediction = scope.call(decoder, code)[0]!;
          const contraction = parts.contraction(scope, sample, code);
          return penalizedTerms(loss, targetOf(scope), prediction, { contraction: { value: contraction, weight } });
        }),
      ],
      exhibits: async (exhibition) => [
        ...(await jacobianExhibits(exhibition)),
        ...(options.architecture === "conv" ? firstFiltersExhibit(encoder) : firstUnitsExhibit(encoder, shape)),
        ...(await codeMapExhibit(exhibition)),
      ],
    };
  },
});
