import { defineFamily } from "../define-family.ts";
import { codeMapExhibit } from "../exhibits.ts";
import { codeOptions, lossOptions } from "../options/common-options.ts";
import { choice } from "../options/option.ts";
import { denseAutoencoder } from "../parts/dense-parts.ts";
import { firstUnitsExhibit } from "../parts/first-weights.ts";
import { reconstructionPhase } from "../parts/reconstruction-phase.ts";
import { decideOutput } from "../parts/reconstruction-terms.ts";
import { codeSize } from "../parts/sizes.ts";

/** An autoencoder with one hidden layer, its code. */
export const vanilla = defineFamily({
  name: "vanilla",
  title: "one hidden layer, the code",
  purpose: "the simplest autoencoder, to understand the idea and to compare with PCA",
  source: "D. E. Rumelhart, G. E. Hinton, R. J. Williams: Learning internal representations by error propagation, 1986",
  cost: "the least of all networks",
  options: {
    ...codeOptions,
    ...lossOptions,
    activation: choice(["relu", "linear", "tanh", "sigmoid"], { default: "relu", help: "activation of the code" }),
  },
  training: { epochs: 20, batchSize: 128, optimizer: "adam", learningRate: 0.001 },
  learnsTargets: true,
  decide: ({ shape, values }, options) => ({
    ...decideOutput("vanilla", values, options),
    code: options.code ?? codeSize(shape),
  }),
  build({ shape }, { activation, ...options }) {
    const { model, encoder, decoder } = denseAutoencoder("vanilla", shape, {
      ...options,
      units: undefined,
      activation,
      codeActivation: activation,
    });
    return {
      model,
      encoder,
      decoder,
      phases: [reconstructionPhase(model, options.loss)],
      exhibits: async (exhibition) => [...firstUnitsExhibit(encoder, shape), ...(await codeMapExhibit(exhibition))],
    };
  },
});
