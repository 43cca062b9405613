import { sizeOf } from "../../graph/tensor-type.ts";
import type { Shape } from "../../graph/tensor-type.ts";
import { defineFamily } from "../define-family.ts";
import {
  architectureOption,
  convOptions,
  denseOptions,
  lossOptions,
  presetOptions,
} from "../options/common-options.ts";
import type { Preset } from "../options/common-options.ts";
import { number, whole } from "../options/option.ts";
import { decideArchitecture } from "../parts/architecture.ts";
import { decideOutput } from "../parts/reconstruction-terms.ts";
import { singlePhase } from "../parts/single-phase.ts";
import { codeSize, convFilters } from "../parts/sizes.ts";
import { MOST_CODES } from "./nearest-code.ts";
import { vqVaeNetwork } from "./networks.ts";
import { bitsOfCode, vqVaeExhibits } from "./vq-vae-exhibits.ts";
import { vqVaeTerms } from "./vq-vae-terms.ts";

/**
 * The vector-quantized autoencoder: a code is a few whole numbers, each the place of a vector in a codebook that all samples share.
 * `encode` gives those numbers and `decode` takes them, so that a sample can be kept as exactly so many bits.
 */
export const vqVae = defineFamily({
  name: "vq-vae",
  title: "vector-quantized: codes of whole numbers",
  purpose:
    "compression to a known number of bits; it draws no new samples and no ways between samples, for its codes have no known distribution",
  source:
    "A. van den Oord, O. Vinyals, K. Kavukcuoglu: Neural discrete representation learning, 2017, arXiv:1711.00937",
  cost: "about twice the convolutional one of the same width, by the size of its codebook",
  options: {
    ...presetOptions,
    ...lossOptions,
    ...architectureOption,
    ...denseOptions,
    ...convOptions,
    codebook: whole({
      default: undefined,
      min: 2,
      max: MOST_CODES,
      help: "vectors in the codebook (default: 512 with convolutions, else 64)",
    }),
    codeDim: whole({ default: 16, help: "numbers in each vector of the codebook" }),
    codes: whole({
      default: undefined,
      help: "codes of a sample, where it is fully connected; with convolutions it has one at each place of the smallest maps",
    }),
    commitment: number({
      default: 0.25,
      min: 0,
      help: "weight of keeping features near the vectors that replace them",
    }),
    codebookDecay: number({
      default: 0.99,
      min: 0,
      max: 1,
      help: "how much of its moving averages the codebook keeps in a step; less in the first ones",
    }),
    revive: number({
      default: 0.1,
      min: 0,
      max: 1,
      help: "codes used less than this share of the average are moved to where features are; 0 leaves them",
    }),
  },
  training: { epochs: 20, batchSize: 128, optimizer: "adam", learningRate: 0.001 },
  learnsTargets: true,
  decide: ({ shape, values }, options) => decideSizes(shape, decideOutput("vq-vae", values, options)),
  build({ shape }, options) {
    const network = vqVaeNetwork(shape, options);
    const { whole: all, encoder, decoder } = network;
    const map = encoder.outputs[0]!.shape;
    return {
      model: all,
      encoder,
      decoder,
      codeBits: sizeOf(map) * bitsOfCode(options.codebook),
      phases: [singlePhase(all, (scope) => vqVaeTerms(scope, network, options))],
      exhibits: (exhibition) => vqVaeExhibits(exhibition, { codebook: options.codebook, map }),
    };
  },
});

interface SizeChoices {
  readonly preset: Preset;
  readonly architecture: "dense" | "conv" | undefined;
  readonly layers: number | undefined;
  readonly units: readonly number[] | undefined;
  readonly filters: readonly number[] | undefined;
  readonly decoderFilters: readonly number[] | undefined;
  readonly codebook: number | undefined;
  readonly codeDim: number;
  readonly codes: number | undefined;
}

/**
 * Two halvings for images, as in the paper; for tables as many codes as other models have numbers in theirs.
 *
 * @throws RangeError when options do not go together.
 */
function decideSizes<Options extends SizeChoices>(
  shape: Shape,
  options: Options,
): Options & { readonly architecture: "dense" | "conv"; readonly codebook: number } {
  const { codes = codeSize(shape), codeDim, preset } = options;
  const { architecture, layers, units, filters, decoderFilters } = decideArchitecture("vq-vae", shape, {
    ...options,
    code: codes * codeDim,
  });
  if (architecture === "dense") {
    return { ...options, architecture, layers, units, codes, codebook: options.codebook ?? 64 };
  }
  if (options.codes !== undefined) {
    throw new RangeError(
      `the convolutional model "vq-vae" has a code at each place of its smallest maps; codes ${options.codes} came. Give more ` +
        'or fewer filters, each of which halves the sides, or the architecture "dense"',
    );
  }
  const isOpen = options.filters === undefined && options.decoderFilters === undefined;
  const two = convFilters(shape, preset).slice(-2);
  return {
    ...options,
    architecture,
    filters: isOpen ? two : filters,
    decoderFilters: isOpen ? two.toReversed() : decoderFilters,
    codebook: options.codebook ?? 512,
  };
}
