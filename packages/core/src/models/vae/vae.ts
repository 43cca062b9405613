import { defineFamily } from "../define-family.ts";
import type { Brief } from "../model-family.ts";
import { architectureOption, codeOptions, convOptions, denseOptions, lossOptions } from "../options/common-options.ts";
import { choice, flag, number, sizes } from "../options/option.ts";
import { decideArchitecture } from "../parts/architecture.ts";
import { decideOutput } from "../parts/reconstruction-terms.ts";
import { checkClasses } from "../parts/check-classes.ts";
import { normalCodes } from "../parts/normal-codes.ts";
import { singlePhase } from "../parts/single-phase.ts";
import { isUnitInterval } from "../values.ts";
import { vaeExhibits } from "./vae-exhibits.ts";
import { vaeHalves } from "./vae-halves.ts";
import { boundTerms } from "./vae-terms.ts";

/**
 * The variational autoencoder: codes are distributions, held near the standard normal one, so that what is drawn from that decodes to new
 * samples. `loss` says which likelihood: `bce` Bernoulli, `mse` Gaussian, `mae` Laplacian.
 *
 * A code is the mean of its distribution, and the score of a sample the squared error of its reconstruction, as in all families.
 */
export const vae = defineFamily({
  name: "vae",
  title: "variational: codes that can be drawn",
  purpose: "new samples, smooth ways from one sample to another, and codes whose numbers have a meaning each",
  source: "D. P. Kingma, M. Welling: Auto-encoding variational Bayes, 2014, arXiv:1312.6114, equation 10",
  cost: "as the deep or the convolutional one of the same width",
  options: {
    ...codeOptions,
    ...lossOptions,
    ...architectureOption,
    ...denseOptions,
    ...convOptions,
    headUnits: sizes("units of dense layers between the convolutions and the code, in the encoder alone"),
    sigma: number({
      default: undefined,
      min: 1e-3,
      help: "width of the Gaussian (mse) or Laplacian (mae) likelihood (default: the likeliest for each batch)",
    }),
    beta: number({
      default: 1,
      min: 0,
      help: "weight of the divergence: above 1, codes that are tidier and hold less",
    }),
    warmup: number({ default: 0, min: 0, help: "epochs over which that weight grows from 0" }),
    freeBits: number({ default: 0, min: 0, help: "nats that each number of the code may hold without a price" }),
    binarize: choice(["none", "threshold", "draw"], {
      default: "none",
      help: "train with black and white: values above ½, or drawn anew each time by the grey values",
    }),
    conditional: flag("give the class to both halves, so that samples of a class can be drawn"),
  },
  training: { epochs: 30, batchSize: 128, optimizer: "adam", learningRate: 0.001 },
  learnsTargets: true,
  decide(brief, options) {
    checkBrief(brief, options);
    return decideArchitecture("vae", brief.shape, decideOutput("vae", brief.values, options));
  },
  build({ shape, numClasses }, options) {
    const halves = vaeHalves(shape, options, options.conditional ? numClasses : 0);
    const { encoder, decoder, whole } = halves;
    return {
      model: whole,
      encoder,
      decoder,
      isConditional: options.conditional,
      phases: [singlePhase(whole, (scope, { stepsPerEpoch }) => boundTerms(scope, halves, stepsPerEpoch, options))],
      prior: normalCodes(options.code),
      exhibits: (exhibition) => vaeExhibits(exhibition, halves, options),
    };
  },
});

function checkBrief(
  brief: Brief,
  { binarize, conditional }: { readonly binarize: string; readonly conditional: boolean },
): void {
  const { values } = brief;
  if (binarize !== "none" && !isUnitInterval(values)) {
    throw new RangeError(
      `binarize "${binarize}" of the model "vae" takes values from 0 to 1; values from ${values.min} to ${values.max} came. ` +
        "Scale the data, or leave the option out",
    );
  }
  if (conditional) checkClasses("vae", brief);
}
