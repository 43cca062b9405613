import { defineFamily } from "../define-family.ts";
import { codeMapExhibit } from "../exhibits.ts";
import { codeActivationOption, codeOptions, denseOptions, lossOptions } from "../options/common-options.ts";
import { choice, flag, number } from "../options/option.ts";
import { firstUnitsExhibit } from "../parts/first-weights.ts";
import { decideOutput } from "../parts/reconstruction-terms.ts";
import { decideDenseSizes } from "../parts/sizes.ts";
import { buildStack } from "./stacked-layers.ts";
import { stackedPhases } from "./stacked-phases.ts";

/** Autoencoders of one hidden layer, trained one after the other and stacked, and then trained together. */
export const stacked = defineFamily({
  name: "stacked",
  title: "dense layers, trained one after the other, then together",
  purpose: "many layers on few samples, and weights that both halves share",
  source: "Y. Bengio, P. Lamblin, D. Popovici, H. Larochelle: Greedy layer-wise training of deep networks, 2006",
  cost: "about that of the deep one, for batches of the same size",
  options: {
    ...codeOptions,
    ...lossOptions,
    ...denseOptions,
    ...codeActivationOption,
    tied: flag("the decoder's weights are the encoder's, transposed: about half as many to learn"),
    pretraining: choice(["greedy", "none"], {
      default: "greedy",
      help:
        "whether the layers are trained one after the other before all train together; " +
        "the loss is then that of the layer at hand, and mse always that of whole samples",
    }),
    fineTuning: number({
      default: 0.5,
      min: 0.01,
      max: 1,
      help: "after greedy pretraining, the share of the epochs in which all layers train together",
    }),
  },
  training: { epochs: 20, batchSize: 32, optimizer: "nadam", learningRate: 0.001 },
  learnsTargets: true,
  decide: ({ shape, values }, options) => decideDenseSizes("stacked", shape, decideOutput("stacked", values, options)),
  build({ shape }, options) {
    const stack = buildStack(shape, options);
    const { model, encoder, decoder } = stack;
    return {
      model,
      encoder,
      decoder,
      phases: stackedPhases(stack, options),
      exhibits: async (exhibition) => [...firstUnitsExhibit(encoder, shape), ...(await codeMapExhibit(exhibition))],
    };
  },
});
