/** The halves of a vector-quantized autoencoder, and the codebook between them. */
import type { Shape } from "../../graph/tensor-type.ts";
import { sizeOf } from "../../graph/tensor-type.ts";
import { conv2d, dense, reshape } from "../../nn/layers/index.ts";
import { randomUniform } from "../../nn/initializers/index.ts";
import { input } from "../../nn/layers/input-layer.ts";
import type { Layer, SymbolicTensor } from "../../nn/layers/layer.ts";
import { model } from "../../nn/model/functional.ts";
import type { Model } from "../../nn/model/model.ts";
import { asImage, asSample, convDecoder, convEncoder, imageShape } from "../parts/conv-parts.ts";
import { denseLayers, denseOutput } from "../parts/dense-parts.ts";
import type { EitherHalves } from "../parts/either-autoencoder.ts";
import { largestOnly, numbersOfOneHot, oneHotOfNumbers, similarityLayer, similarityWeights } from "./nearest-code.ts";

export interface VqVaeSettings extends Omit<EitherHalves, "code" | "codeActivation"> {
  /** Vectors in the codebook. */
  readonly codebook: number;
  /** Numbers in each of them. */
  readonly codeDim: number;
  /** Codes of a sample, where the halves are dense. */
  readonly codes: number | undefined;
}

/** The layers of the codebook: its vectors are kept twice, as they are looked up and as they are compared with. */
export interface CodebookLayers {
  /** The kernel is the vectors: [codes, dim]. */
  readonly vectors: Layer;
  /** Kernel [dim, codes] and bias [codes] that follow from them. */
  readonly similarity: Layer;
  /** The kernel [codes, 1] is how often each code is used: a moving average of its share of all places. */
  readonly use: Layer;
}

export interface VqVaeNetwork {
  /** From a sample to the vectors that are replaced by those of the codebook: [places..., dim]. */
  readonly features: Model;
  /** From vectors of the codebook to a sample. */
  readonly picture: Model;
  readonly codebook: CodebookLayers;
  /** From a sample to the numbers of its codes: [places...]. */
  readonly encoder: Model;
  /** From those numbers to a sample. */
  readonly decoder: Model;
  readonly whole: Model;
}

export function vqVaeNetwork(shape: Shape, settings: VqVaeSettings): VqVaeNetwork {
  const { codebook: numCodes, codeDim } = settings;
  const sample = input(shape, { name: "sample" });
  const found = settings.architecture === "conv" ? convFeatures(sample, settings) : denseFeatures(sample, settings);

  const similarity = similarityLayer(numCodes, "similarity");
  const oneHot = largestOnly(similarity(found));
  const use = dense(1, { name: "use", useBias: false, trainable: false, kernelInitializer: "zeros" });
  const numbers = numbersOfOneHot(oneHot);
  // The use is an output so that files hold it.
  const coded = model(sample, [numbers, use(oneHot)], { name: "encoder" });

  const vector = input(found.shape, { name: "vectors" });
  const drawn =
    settings.architecture === "conv" ? convSample(vector, shape, settings) : denseSample(vector, shape, settings);
  const picture = model(vector, drawn, { name: "picture" });

  const code = input(numbers.shape, { name: "code" });
  // As small as in the authors' program, so that no code begins far from all features.
  const kernelInitializer = randomUniform({ minval: -1 / numCodes, maxval: 1 / numCodes });
  const vectors = dense(codeDim, { name: "codebook", useBias: false, trainable: false, kernelInitializer });
  const decoder = model(code, picture(vectors(oneHotOfNumbers(code, numCodes))), { name: "decoder" });
  similarity.setWeights(similarityWeights(vectors.getWeights()[0] as Float32Array, codeDim));

  const [numbersOfSample] = coded.applyTo(sample) as [SymbolicTensor];
  return {
    features: model(sample, found, { name: "features" }),
    picture,
    codebook: { vectors, similarity, use },
    encoder: model(sample, numbers, { name: "encoder_of_numbers" }),
    decoder,
    whole: model(sample, decoder(numbersOfSample), { name: "vq_vae" }),
  };
}

/** A map of vectors: 28×28×1 → 7×7×dim after two halvings. */
function convFeatures(sample: SymbolicTensor, { filters = [], codeDim, ...settings }: VqVaeSettings): SymbolicTensor {
  const maps = convEncoder(asImage(sample, "vq-vae"), { ...settings, filters });
  return conv2d(codeDim, 1, { name: "features" })(maps);
}

function convSample(vectors: SymbolicTensor, shape: Shape, settings: VqVaeSettings): SymbolicTensor {
  const { decoderFilters = [], activation } = settings;
  const maps = conv2d(decoderFilters[0] ?? 1, 1, { activation })(vectors);
  const grown = convDecoder(maps, imageShape("vq-vae", shape), { ...settings, filters: decoderFilters });
  return asSample(grown, shape);
}

/** So many vectors: [codes, dim]. */
function denseFeatures(sample: SymbolicTensor, settings: VqVaeSettings): SymbolicTensor {
  const { units = [], activation, codes = 1, codeDim } = settings;
  return reshape([codes, codeDim])(dense(codes * codeDim)(denseLayers(sample, units, activation)));
}

function denseSample(
  vectors: SymbolicTensor,
  shape: Shape,
  { units = [], activation, outputActivation }: VqVaeSettings,
): SymbolicTensor {
  const flat = reshape([sizeOf(vectors.shape)])(vectors);
  return denseOutput(denseLayers(flat, units.toReversed(), activation), shape, outputActivation);
}
