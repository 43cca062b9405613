import type { StepTerms } from "../../nn/model/custom-trainer.ts";
import type { StepScope } from "../../nn/training/step-scope.ts";
import { defineFamily } from "../define-family.ts";
import type { Network } from "../model-family.ts";
import {
  architectureOption,
  codeActivationOption,
  convOptions,
  denseOptions,
  lossOptions,
  presetOptions,
} from "../options/common-options.ts";
import { choice, number, whole } from "../options/option.ts";
import { decideArchitecture } from "../parts/architecture.ts";
import { checkSpatialCode, eitherAutoencoder } from "../parts/either-autoencoder.ts";
import { firstFiltersExhibit, firstUnitsExhibit } from "../parts/first-weights.ts";
import { decideOutput, reconstructionTerms, squaredError } from "../parts/reconstruction-terms.ts";
import { singlePhase } from "../parts/single-phase.ts";
import { targetOf } from "../parts/target-of.ts";
import { rangeOfValues } from "../values.ts";
import { decideNoise } from "./decide-noise.ts";
import { noiseExhibits } from "./noise-exhibits.ts";
import { addNoise, NOISE_LEVELS, NOISES } from "./noise.ts";

/**
 * An autoencoder that gets noisy samples and is to give back clean ones. `loss` and `val_loss` are those of noisy samples;
 * `val_clean_mse` is the error where nothing was done to them, as Keras measures a model that begins with a Dropout layer.
 */
export const denoising = defineFamily({
  name: "denoising",
  title: "clean samples of noisy ones",
  purpose: "to take noise out of samples, and codes that do not change for every speck",
  source: "P. Vincent et al.: Extracting and composing robust features with denoising autoencoders, 2008, section 2.3",
  cost: "as the deep or the convolutional one, and the drawing of the noise",
  options: {
    ...presetOptions,
    code: whole({
      default: undefined,
      min: 0,
      help: "numbers in the code; 0, the default of convolutions, leaves it a small image",
    }),
    ...lossOptions,
    ...architectureOption,
    ...denseOptions,
    ...convOptions,
    ...codeActivationOption,
    noise: choice(NOISES, {
      default: "gaussian",
      help: "gaussian; speckle, by which values are multiplied; masking, zeros; dropout, zeros and the rest larger; salt-and-pepper",
    }),
    noiseLevel: number({
      default: undefined,
      min: 0,
      help: "standard deviation of gaussian and speckle, of the others the share of the values (default: by noise and values)",
    }),
    noiseLevels: choice(NOISE_LEVELS, {
      default: "fixed",
      help: "that level for every sample, or varied ones from none to that, so that the model gets along with less noise too",
    }),
  },
  training: { epochs: 20, batchSize: 128, optimizer: "adam", learningRate: 0.001 },
  learnsTargets: true,
  decide({ shape, values }, options) {
    const sized = decideArchitecture("denoising", shape, decideOutput("denoising", values, options));
    const code = options.code ?? (sized.architecture === "conv" ? 0 : sized.code);
    const decided = decideNoise(values, { ...sized, code });
    checkSpatialCode("denoising", decided);
    return decided;
  },
  build({ shape, values }, options): Network {
    const { model, encoder, decoder } = eitherAutoencoder("denoising", shape, options);
    const { loss, noise, noiseLevel: level, noiseLevels: levels } = options;
    const settings = { noise, level, levels, range: rangeOfValues(values) };
    const terms = (scope: StepScope): StepTerms => {
      const noisy = addNoise(scope, scope.inputs[0]!, settings);
      return reconstructionTerms(loss, targetOf(scope), scope.call(model, noisy)[0]!);
    };
    return {
      model,
      encoder,
      decoder,
      corruptsInputs: true,
      phases: [
        singlePhase(model, terms, (scope) => {
          const noisy = terms(scope);
          const cleanError = squaredError(targetOf(scope), scope.call(model, scope.inputs[0]!)[0]!);
          return { ...noisy, figures: { ...noisy.figures, clean_mse: cleanError } };
        }),
      ],
      exhibits: async (exhibition) => [
        ...(await noiseExhibits(exhibition, model, { ...settings, levels: "fixed" })),
        ...(options.architecture === "conv" ? firstFiltersExhibit(encoder) : firstUnitsExhibit(encoder, shape)),
      ],
    };
  },
});
