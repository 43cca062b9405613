import { defineFamily } from "../define-family.ts";
import { codeMapExhibit } from "../exhibits.ts";
import { codeActivationOption, codeOptions, denseOptions, lossOptions } from "../options/common-options.ts";
import { denseAutoencoder } from "../parts/dense-parts.ts";
import { firstUnitsExhibit } from "../parts/first-weights.ts";
import { reconstructionPhase } from "../parts/reconstruction-phase.ts";
import { decideOutput } from "../parts/reconstruction-terms.ts";
import { decideDenseSizes } from "../parts/sizes.ts";

/** An autoencoder of several dense layers: each of the encoder's is narrower than the one before, and the decoder mirrors them. */
export const deep = defineFamily({
  name: "deep",
  title: "several fully connected layers",
  purpose: "the autoencoder for tables, and for anything else whose values have no neighbours",
  source: "G. E. Hinton, R. R. Salakhutdinov: Reducing the dimensionality of data with neural networks, 2006",
  cost: "seconds an epoch on 60,000 images of 28×28; the others are compared with it",
  options: { ...codeOptions, ...lossOptions, ...denseOptions, ...codeActivationOption },
  training: { epochs: 20, batchSize: 128, optimizer: "adam", learningRate: 0.001 },
  learnsTargets: true,
  decide: ({ shape, values }, options) => decideDenseSizes("deep", shape, decideOutput("deep", values, options)),
  build({ shape }, options) {
    const { model, encoder, decoder } = denseAutoencoder("deep", shape, options);
    return {
      model,
      encoder,
      decoder,
      phases: [reconstructionPhase(model, options.loss)],
      exhibits: async (exhibition) => [...firstUnitsExhibit(encoder, shape), ...(await codeMapExhibit(exhibition))],
    };
  },
});
