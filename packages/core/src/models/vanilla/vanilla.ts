import { input } from "../../nn/layers/input-layer.ts";
import { model } from "../../nn/model/functional.ts";
import { defineFamily } from "../define-family.ts";
import { reconstructionExhibit } from "../exhibits.ts";
import { codeOptions, lossOptions } from "../options/common-options.ts";
import { choice } from "../options/option.ts";
import { denseLayers, denseOutput } from "../parts/dense-parts.ts";
import { decideOutput, reconstructionTerms } from "../parts/reconstruction-terms.ts";
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
  decide: ({ shape, values }, options) => ({
    ...decideOutput("vanilla", values, options),
    code: options.code ?? codeSize(shape),
  }),
  build({ shape }, { code, activation, loss, outputActivation }) {
    const sample = input(shape, { name: "sample" });
    const encoder = model(sample, denseLayers(sample, [code], activation), { name: "encoder" });
    const latent = input([code], { name: "code" });
    const decoder = model(latent, denseOutput(latent, shape, outputActivation), { name: "decoder" });
    const whole = model(sample, decoder(encoder(sample)), { name: "vanilla" });
    return {
      model: whole,
      encoder,
      decoder,
      phases: [
        {
          kind: "trained",
          name: "training",
          share: 1,
          inputs: whole.inputs,
          steps: ({ optimizer }) => [
            {
              name: "train",
              optimizer: optimizer(),
              trains: [whole],
              terms: ({ inputs: [target], call }) => reconstructionTerms(loss, target!, call(whole, target!)[0]!),
            },
          ],
        },
      ],
      exhibits: async (exhibition) => [await reconstructionExhibit(exhibition)],
    };
  },
});
