/** The layers of a stacked autoencoder, one by one: each hidden layer of the encoder with the one of the decoder that goes its way back. */
import { sizeOf } from "../../graph/tensor-type.ts";
import type { Shape } from "../../graph/tensor-type.ts";
import { dense, flatten, reshape } from "../../nn/layers/index.ts";
import { input } from "../../nn/layers/input-layer.ts";
import type { Layer, SymbolicTensor } from "../../nn/layers/layer.ts";
import { model } from "../../nn/model/functional.ts";
import type { Model } from "../../nn/model/model.ts";
import type { DenseHalves } from "../parts/dense-parts.ts";
import { tiedDense } from "./tied-dense.ts";

/** An autoencoder of one hidden layer: the encoding [inputs] → [units], and the decoding back. */
export interface LayerPair {
  readonly encoding: Layer;
  readonly decoding: Layer;
}

export interface Stack {
  readonly model: Model;
  readonly encoder: Model;
  readonly decoder: Model;
  /** From the outermost to the one that makes the code. */
  readonly pairs: readonly LayerPair[];
}

/** Builds the layers: 784-100-30-100-784 for images of 28×28, units [100] and a code of 30. Tied ones share their kernels in pairs. */
export function buildStack(
  shape: Shape,
  { units = [], code, activation, codeActivation, outputActivation, tied }: DenseHalves & { readonly tied: boolean },
  name = "stacked",
): Stack {
  const sample = input(shape, { name: "sample" });
  const encodings = [
    ...units.map((count) => dense(count, { activation })),
    dense(code, { activation: codeActivation }),
  ];
  const coded = through(encodings, shape.length === 1 ? sample : flatten()(sample));
  const encoder = model(sample, coded, { name: "encoder" });

  const sizes = [sizeOf(shape), ...units];
  const decodings = encodings.map((encoding, index) => {
    const way = index === 0 ? outputActivation : activation;
    return tied ? tiedDense(encoding, way) : dense(sizes[index] as number, { activation: way });
  });
  const latent = input([code], { name: "code" });
  const values = through(decodings.toReversed(), latent);
  const decoder = model(latent, shape.length === 1 ? values : reshape(shape)(values), { name: "decoder" });

  return {
    model: model(sample, decoder(encoder(sample)), { name }),
    encoder,
    decoder,
    pairs: encodings.map((encoding, index) => ({ encoding, decoding: decodings[index] as Layer })),
  };
}

function through(layers: readonly Layer[], tensor: SymbolicTensor): SymbolicTensor {
  return layers.reduce((before, layer) => layer(before), tensor);
}
