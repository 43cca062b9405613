import { sizeOf } from "../graph/tensor-type.ts";
import type { Shape } from "../graph/tensor-type.ts";
import { dense, flatten, reshape } from "../nn/layers/index.ts";
import { input } from "../nn/layers/input-layer.ts";
import type { SymbolicTensor } from "../nn/layers/layer.ts";
import { model } from "../nn/model/functional.ts";
import type { Autoencoder } from "./model-family.ts";

/** What fully connected autoencoders fit. */
export const ANY_SHAPE = "samples of any shape";

export interface FullyConnectedOptions {
  /** Units of the encoder's layers; the last ones are the code, and the decoder has them in reverse. */
  readonly units: readonly number[];
  /** The name of the activation that makes the code. */
  readonly codeActivation: "linear" | "relu";
  /** The name of the activation that makes the output. */
  readonly outputActivation: "linear" | "sigmoid";
}

/** An autoencoder of dense layers, the hidden ones rectified: 784-100-30-100-784 for the units 100 and 30 and images of 28×28. */
export function buildFullyConnected(
  name: string,
  shape: Shape,
  { units, codeActivation, outputActivation }: FullyConnectedOptions,
): Autoencoder {
  const rectified = (tensor: SymbolicTensor, count: number): SymbolicTensor =>
    dense(count, { activation: "relu" })(tensor);

  const sample = input(shape, { name: "sample" });
  const [codeSize = 1, ...outward] = units.toReversed();
  const inner = outward.toReversed().reduce(rectified, flatten()(sample));
  const encoder = model(sample, dense(codeSize, { activation: codeActivation })(inner), { name: "encoder" });

  const latent = input([codeSize], { name: "code" });
  const hidden = outward.reduce(rectified, latent);
  const values = dense(sizeOf(shape), { activation: outputActivation })(hidden);
  const decoder = model(latent, reshape(shape)(values), { name: "decoder" });

  return { model: model(sample, decoder(encoder(sample)), { name }), encoder, decoder };
}
