/** Fully connected halves of models, as functions from tensor to tensor. */
import { sizeOf } from "../../graph/tensor-type.ts";
import type { Shape } from "../../graph/tensor-type.ts";
import { dense, flatten, reshape } from "../../nn/layers/index.ts";
import { input } from "../../nn/layers/input-layer.ts";
import type { SymbolicTensor } from "../../nn/layers/layer.ts";
import { model } from "../../nn/model/functional.ts";
import type { Model } from "../../nn/model/model.ts";

/** Dense layers one after the other: [...] → [units]. */
export function denseLayers(tensor: SymbolicTensor, units: readonly number[], activation: string): SymbolicTensor {
  const flat = tensor.shape.length === 1 ? tensor : flatten()(tensor);
  return units.reduce((inner, count) => dense(count, { activation })(inner), flat);
}

/** The last layer of a decoder: [features] → a sample of the shape. */
export function denseOutput(tensor: SymbolicTensor, shape: Shape, activation: string): SymbolicTensor {
  const values = dense(sizeOf(shape), { activation })(tensor);
  return shape.length === 1 ? values : reshape(shape)(values);
}

export interface DenseHalves {
  /** Of the encoder's hidden layers without the code; the decoder has them in reverse. */
  readonly units: readonly number[] | undefined;
  readonly code: number;
  readonly activation: string;
  readonly codeActivation: string;
  readonly outputActivation: string;
}

/** An autoencoder of dense layers: 784-128-64-32-64-128-784 for images of 28×28, units 128 and 64 and a code of 32. */
export function denseAutoencoder(
  name: string,
  shape: Shape,
  { units = [], code, activation, codeActivation, outputActivation }: DenseHalves,
): { readonly model: Model; readonly encoder: Model; readonly decoder: Model } {
  const sample = input(shape, { name: "sample" });
  const inner = denseLayers(sample, units, activation);
  const encoder = model(sample, denseLayers(inner, [code], codeActivation), { name: "encoder" });
  const latent = input([code], { name: "code" });
  const outer = denseLayers(latent, units.toReversed(), activation);
  const decoder = model(latent, denseOutput(outer, shape, outputActivation), { name: "decoder" });
  return { model: model(sample, decoder(encoder(sample)), { name }), encoder, decoder };
}
