import { rows } from "../../data/dataset.ts";
import { input } from "../../nn/layers/input-layer.ts";
import { model } from "../../nn/model/functional.ts";
import { defineFamily } from "../define-family.ts";
import type { Exhibit } from "../exhibit.ts";
import type { Exhibition } from "../exhibition.ts";
import { codeMapExhibit } from "../exhibits.ts";
import { architectureOption, codeOptions, convOptions, denseOptions, lossOptions } from "../options/common-options.ts";
import { number, sizes } from "../options/option.ts";
import { decideArchitecture } from "../parts/architecture.ts";
import { eitherAutoencoder } from "../parts/either-autoencoder.ts";
import { interpolationExhibit } from "../parts/interpolation-exhibit.ts";
import { normalCodes } from "../parts/normal-codes.ts";
import { decideOutput } from "../parts/reconstruction-terms.ts";
import { priorExhibit } from "../parts/prior-exhibit.ts";
import { sampleExhibit } from "../parts/sample-exhibit.ts";
import { buildCodeDiscriminator, codeGameSteps } from "./code-game.ts";
import { mismatchWarnings } from "./mismatch-warnings.ts";

/** Codes that are shown among points of the prior. */
const MOST_POINTS = 1500;

/** The adversarial autoencoder: an autoencoder whose codes a discriminator cannot tell from normally distributed numbers. */
export const adversarial = defineFamily({
  name: "adversarial",
  title: "codes that a discriminator cannot tell from drawn ones",
  purpose: "codes that can be drawn, as the variational one's, without noise in them: sharper, and less even",
  source: "A. Makhzani et al.: Adversarial autoencoders, 2016, arXiv:1511.05644, section 2",
  cost: "about one and a half times the deep or the convolutional one of the same width",
  options: {
    ...codeOptions,
    ...lossOptions,
    ...architectureOption,
    ...denseOptions,
    ...convOptions,
    discriminatorUnits: sizes("units of the hidden layers of the discriminator of codes (default: 256, 128)"),
    adversarialRate: number({
      default: 0.5,
      min: 0,
      max: 10,
      help: "learning rate of the discriminator and of the encoder against it, as a share of the reconstruction's",
    }),
  },
  training: { epochs: 30, batchSize: 128, optimizer: "adam", learningRate: 0.001 },
  decide: ({ shape, values }, options) => {
    const { discriminatorUnits = [256, 128] } = options;
    return {
      ...decideArchitecture("adversarial", shape, decideOutput("adversarial", values, options)),
      discriminatorUnits,
    };
  },
  build({ shape }, options) {
    const { code, discriminatorUnits, loss, adversarialRate } = options;
    // Codes of the prior take any value.
    const { encoder, decoder } = eitherAutoencoder("adversarial", shape, { ...options, codeActivation: "linear" });
    const discriminator = buildCodeDiscriminator(code, discriminatorUnits);
    const sample = input(shape, { name: "sample" });
    const coded = encoder(sample);
    const whole = model(sample, [decoder(coded), discriminator(coded)], { name: "adversarial" });
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
          steps: (plan) => codeGameSteps({ encoder, decoder, discriminator, code }, { loss, adversarialRate }, plan),
        },
      ],
      prior: normalCodes(code),
      warnings: mismatchWarnings,
      exhibits: async (exhibition) => [
        await sampleExhibit(exhibition),
        ...(await interpolationExhibit(exhibition)),
        ...(await codeMapExhibit(exhibition)),
        ...(await codesAndPrior(exhibition, code)),
      ],
    };
  },
});

async function codesAndPrior({ data, seed, encode }: Exhibition, size: number): Promise<readonly Exhibit[]> {
  const codes = await encode(rows(data, 0, Math.min(MOST_POINTS, data.count)));
  return priorExhibit({ codes, size, seed });
}
