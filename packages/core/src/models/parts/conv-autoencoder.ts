/** Convolutional autoencoders: halves of `conv-parts.ts`, with a code that is a small image, or a vector behind dense layers. */
import { sizeOf } from "../../graph/tensor-type.ts";
import type { Shape } from "../../graph/tensor-type.ts";
import { dense, flatten, reshape } from "../../nn/layers/index.ts";
import { input } from "../../nn/layers/input-layer.ts";
import type { SymbolicTensor } from "../../nn/layers/layer.ts";
import { model } from "../../nn/model/functional.ts";
import type { Model } from "../../nn/model/model.ts";
import { asImage, asSample, convDecoder, convEncoder, imageShape } from "./conv-parts.ts";
import type { ConvSettings } from "./conv-parts.ts";

export interface ConvHalves extends ConvSettings {
  /** Numbers in the code; 0 leaves it a small image. */
  readonly code: number;
  readonly decoderFilters: readonly number[];
  /** Of a code that is a vector. */
  readonly codeActivation: string;
  readonly downsampling: "pooling" | "strides";
  readonly upsampling: "nearest" | "transposed";
  readonly outputActivation: string;
}

/**
 * An autoencoder of convolutions: 28×28×1 → 14×14×16 → 7×7×8 → 4×4×8 and back for filters 16, 8, 8 and code 0.
 *
 * @throws GraphError when samples have neither the shape of an image nor that of columns.
 */
export function convAutoencoder(
  name: string,
  shape: Shape,
  options: ConvHalves,
): { readonly model: Model; readonly encoder: Model; readonly decoder: Model } {
  const { code, activation, codeActivation } = options;
  const sample = input(shape, { name: "sample" });
  const maps = convEncoder(asImage(sample, name), options);
  const coded = code === 0 ? maps : dense(code, { activation: codeActivation })(flatten()(maps));
  const encoder = model(sample, coded, { name: "encoder" });

  const latent = input(coded.shape, { name: "code" });
  const small = code === 0 ? latent : mapsOfCode(latent, maps.shape, activation);
  const grown = convDecoder(small, imageShape(name, shape), { ...options, filters: options.decoderFilters });
  const decoder = model(latent, asSample(grown, shape), { name: "decoder" });

  return { model: model(sample, decoder(encoder(sample)), { name }), encoder, decoder };
}

/** The small image that a decoder of convolutions begins with: [code] → [height, width, filters]. */
export function mapsOfCode(code: SymbolicTensor, maps: Shape, activation: string): SymbolicTensor {
  return reshape(maps)(dense(sizeOf(maps), { activation })(code));
}
