import { defineFamily } from "../define-family.ts";
import { codeMapExhibit } from "../exhibits.ts";
import {
  activationOption,
  codeActivationOption,
  convOptions,
  lossOptions,
  presetOptions,
} from "../options/common-options.ts";
import { whole } from "../options/option.ts";
import { convAutoencoder } from "../parts/conv-autoencoder.ts";
import { imageShape } from "../parts/conv-parts.ts";
import { firstFiltersExhibit } from "../parts/first-weights.ts";
import { reconstructionPhase } from "../parts/reconstruction-phase.ts";
import { decideOutput } from "../parts/reconstruction-terms.ts";
import { codeSize, decideFilters } from "../parts/sizes.ts";

/** An autoencoder of convolutions: weights that look for the same thing everywhere in an image. */
export const conv = defineFamily({
  name: "conv",
  title: "convolutions that halve images, and others that double them",
  purpose: "the autoencoder for images: sharper than dense layers with a tenth of their weights",
  source: "J. Masci et al.: Stacked convolutional auto-encoders for hierarchical feature extraction, 2011",
  cost: "about four times the deep one on images of 28×28, with the default filters",
  options: {
    ...presetOptions,
    code: whole({
      default: undefined,
      min: 0,
      help: "numbers in the code; 0 leaves it a small image (default: by the size of the samples)",
    }),
    ...lossOptions,
    ...convOptions,
    ...activationOption,
    ...codeActivationOption,
  },
  training: { epochs: 10, batchSize: 128, optimizer: "adam", learningRate: 0.001 },
  learnsTargets: true,
  decide: ({ shape, values }, options) => ({
    ...decideFilters("conv", imageShape("conv", shape), decideOutput("conv", values, options)),
    code: options.code ?? codeSize(shape),
  }),
  build({ shape }, options) {
    const { model, encoder, decoder } = convAutoencoder("conv", shape, options);
    return {
      model,
      encoder,
      decoder,
      phases: [reconstructionPhase(model, options.loss)],
      exhibits: async (exhibition) => [...firstFiltersExhibit(encoder), ...(await codeMapExhibit(exhibition))],
    };
  },
});
