/**
 * The halves of a variational autoencoder. The encoder gives the mean and the logarithm of the variance of each sample's code, two
 * vectors; the decoder takes a code. Conditional ones take the class beside, one-hot.
 */
import type { Shape } from "../../graph/tensor-type.ts";
import { concatenate, dense, flatten } from "../../nn/layers/index.ts";
import { input } from "../../nn/layers/input-layer.ts";
import type { SymbolicTensor } from "../../nn/layers/layer.ts";
import { model } from "../../nn/model/functional.ts";
import type { Model } from "../../nn/model/model.ts";
import { mapsOfCode } from "../parts/conv-autoencoder.ts";
import { asImage, asSample, convDecoder, convEncoder, halvedSides, imageShape } from "../parts/conv-parts.ts";
import { denseLayers, denseOutput } from "../parts/dense-parts.ts";
import type { EitherHalves } from "../parts/either-autoencoder.ts";

export interface VaeSettings extends Omit<EitherHalves, "codeActivation"> {
  /** Of dense layers between the convolutional encoder's maps and the code. */
  readonly headUnits: readonly number[] | undefined;
}

/** The parts of the training, and what is kept of them. */
export interface VaeHalves {
  /** From a sample, and a class, to the mean and the log-variance of its code. */
  readonly posterior: Model;
  /** From a sample, and a class, to the mean alone: the code that users get. */
  readonly encoder: Model;
  readonly decoder: Model;
  /** From a sample to the decoding of the mean. */
  readonly whole: Model;
}

/** @param numClasses 0 where the model takes no classes. */
export function vaeHalves(shape: Shape, settings: VaeSettings, numClasses: number): VaeHalves {
  const { code } = settings;
  const half = settings.architecture === "conv" ? CONV : DENSE;
  const classInput = (): SymbolicTensor[] => (numClasses === 0 ? [] : [input([numClasses], { name: "class" })]);

  const sample = input(shape, { name: "sample" });
  const given = classInput();
  const features = half.features(sample, given, settings);
  const mean = dense(code, { name: "mean" })(features);
  const logVariance = dense(code, { name: "log_variance" })(features);
  const posterior = model([sample, ...given], [mean, logVariance], { name: "encoder" });

  const latent = input([code], { name: "code" });
  const wanted = classInput();
  const decoder = model([latent, ...wanted], half.sample(joined([latent, ...wanted]), shape, settings), {
    name: "decoder",
  });

  const [meanOfSample] = posterior.applyTo([sample, ...given]) as [SymbolicTensor];
  return {
    posterior,
    encoder: model([sample, ...given], mean, { name: "encoder_of_means" }),
    decoder,
    whole: model([sample, ...given], decoder([meanOfSample, ...given]), { name: "vae" }),
  };
}

/** An architecture: what comes before the code, and what comes after. */
interface Half {
  features(sample: SymbolicTensor, classes: readonly SymbolicTensor[], settings: VaeSettings): SymbolicTensor;
  sample(code: SymbolicTensor, shape: Shape, settings: VaeSettings): SymbolicTensor;
}

const DENSE: Half = {
  features: (sample, classes, { units = [], activation }) =>
    denseLayers(joined([flat(sample), ...classes]), units, activation),
  sample: (code, shape, { units = [], activation, outputActivation }) =>
    denseOutput(denseLayers(code, units.toReversed(), activation), shape, outputActivation),
};

const CONV: Half = {
  features(sample, classes, { filters = [], headUnits = [], ...settings }) {
    const maps = convEncoder(asImage(sample, "vae"), { ...settings, filters });
    return denseLayers(joined([flat(maps), ...classes]), headUnits, settings.activation);
  },
  sample(code, shape, { filters = [], decoderFilters = [], ...settings }) {
    const image = imageShape("vae", shape);
    const maps = smallestMaps(image, filters);
    const grown = mapsOfCode(code, maps, settings.activation);
    return asSample(convDecoder(grown, image, { ...settings, filters: decoderFilters }), shape);
  },
};

/** What the encoder's convolutions leave: 7×7×64 of 28×28 after filters 32 and 64. */
function smallestMaps([height, width]: readonly number[], filters: readonly number[]): [number, number, number] {
  const [rows, columns] = halvedSides([height as number, width as number], filters.length).at(-1) as [number, number];
  return [rows, columns, filters.at(-1) as number];
}

function flat(tensor: SymbolicTensor): SymbolicTensor {
  return tensor.shape.length === 1 ? tensor : flatten()(tensor);
}

function joined(tensors: readonly SymbolicTensor[]): SymbolicTensor {
  return tensors.length === 1 ? (tensors[0] as SymbolicTensor) : concatenate(tensors);
}
